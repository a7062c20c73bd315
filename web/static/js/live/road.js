// Which way to the server: a socket, or a feed where no socket gets through. What a session has learned is kept for it.

const NAME = "road";
const RETRY = 30_000; // Milliseconds on a feed until a socket is tried again; twice as long each time ...
const LONGEST = 600_000; // ... up to this.
const DOUBTED = 3; // Sockets worked here before: so many failures until that is doubted.

let proven = false; // A socket has brought a word to this page.
let failures = 0; // Sockets in a row that brought none.
let feedFailed = false; // The last try was a feed, and brought none.
let blocked = remembered();

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME)) ?? { times: 0, until: 0 };
  } catch {
    return { times: 0, until: 0 }; // Storage is forbidden: each page learns for itself.
  }
}

function remember(times, until) {
  blocked = { times, until };
  try {
    sessionStorage.setItem(NAME, JSON.stringify(blocked));
  } catch { /* see above */ }
}

/** The road of the next try: "socket" or "feed". */
export function road() {
  if (feedFailed) return "socket";
  return Date.now() < blocked.until || failures >= (proven ? DOUBTED : 1) ? "feed" : "socket";
}

/** This road has brought its first word. */
export function worked(kind) {
  feedFailed = false;
  if (kind === "socket") {
    proven = true;
    failures = 0;
    if (blocked.times) remember(0, 0);
  } else if (failures) {
    remember(blocked.times + 1, Date.now() + Math.min(LONGEST, RETRY * 2 ** blocked.times));
    failures = 0;
    proven = false; // Here they do not get through, wherever they did before.
  }
}

/** This road has brought nothing; silence weighs more than a refusal, which a restarting server gives as well. */
export function failed(kind, silent) {
  feedFailed = kind === "feed";
  if (kind === "socket") failures += silent ? 2 : 1;
}

/** Whether a page on a feed should try a socket again by now. */
export const ripe = () => Date.now() >= blocked.until;
