// Where this page is: which dialogue, as whom, and up to which entry it is drawn. Kept on <main id="live">.

import { lineTo } from "lib/line-to";

export const main = document.getElementById("live");

export const code = main?.dataset.code ?? "";
export const audience = main?.dataset.as ?? "";

/** What this page keeps on the device lies under this name: a desk may share its browser with a phone, and what is tried
 * in a rehearsal is nothing for the evening. */
export const drawer = audience === "phone" ? code : `${code}-${audience}`;

/** Of which making of the pages this one is; the server tells when it has gone on to another. */
const version = document.getElementById("live-status")?.dataset.version ?? "";

/** The last entry this page shows. */
export function shown() {
  return Number(main.dataset.n);
}

export function nowShows(n, epoch = main.dataset.epoch) {
  main.dataset.n = n;
  main.dataset.epoch = epoch;
}

/** Where to, by socket or feed: from here on, or for a whole new page when this one may have a gap. */
export function address(road, whole) {
  const { as, epoch, language } = main.dataset;
  const url = road === "socket" ? lineTo(`/d/${code}/live`) : new URL(`/d/${code}/feed`, location.href);
  url.search = new URLSearchParams({ as, lang: language, v: version, ...(whole ? {} : { since: shown(), epoch }) });
  return url.href;
}
