// Where this page is: which dialogue, as whom, and up to which entry it is drawn. Kept on <main id="live">.

export const main = document.getElementById("live");

export const code = main?.dataset.code ?? "";
export const audience = main?.dataset.as ?? "";

/** The last entry this page shows. */
export function shown() {
  return Number(main.dataset.n);
}

export function nowShows(n, epoch = main.dataset.epoch) {
  main.dataset.n = n;
  main.dataset.epoch = epoch;
}

/** The address of the socket: from here on, or a whole new page when this one may have a gap. */
export function socketAddress(whole) {
  const { as, epoch, language } = main.dataset;
  const url = new URL(`/d/${code}/live`, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  url.search = new URLSearchParams({ as, lang: language, ...(whole ? {} : { since: shown(), epoch }) });
  return url.href;
}
