// Hear a line again, from the recording on the server; the player's own controls seek, and change the pace.
// Where sound was lost there is silence: it is passed over.

const player = document.getElementById("player");
const RATE = 16_000; // Samples a second; gaps say their places in samples.
const EDGE = 0.2; // Seconds before the end of a gap that are not worth a jump.
const STEP = 5; // Seconds that a key goes back or on.
let playing = null;
let source = "";

function mark(row) {
  playing?.removeAttribute("data-playing");
  playing = row;
  playing?.setAttribute("data-playing", "");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-play]");
  if (!link) return;
  event.preventDefault();
  const row = link.closest("[data-line], [data-gap]");
  if (row === playing && !player.paused) {
    player.pause();
    return;
  }
  // A recording grows: its address carries the row, so that the browser does not answer with a shorter copy.
  player.src = link.href.replace("#", `?row=${row.id}#`);
  source = link.pathname.match(/([^/]+)\.wav$/)?.[1] ?? "";
  mark(row);
  player.hidden = false;
  player.play().catch(() => mark(null));
});

/** The row of the lost sound that would be played now. */
function lost() {
  const at = player.currentTime;
  const rows = document.querySelectorAll(`[data-gap="lost"][data-source="${source}"]`);
  return [...rows].find(({ dataset: { start, end } }) => at >= start / RATE && at < end / RATE - EDGE);
}

player.addEventListener("timeupdate", () => {
  const row = lost();
  if (!row) return;
  player.currentTime = row.dataset.end / RATE;
  mark(row);
});

player.addEventListener("pause", () => mark(null));

/** Hands stay on the words: back and on without leaving the line that is being corrected. */
document.addEventListener("keydown", (event) => {
  const step = { KeyJ: -STEP, KeyL: STEP }[event.code];
  if (!event.altKey || !step || player.hidden) return;
  event.preventDefault();
  player.currentTime += step;
});
