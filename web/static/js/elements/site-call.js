// On the screen of a linked site: the page says so when the question in the hall comes from there.
import { main } from "live/place";

function mark() {
  const site = main.dataset.site;
  const asking = document.querySelector("#stage-place [data-site]");
  main.toggleAttribute("data-ours", Boolean(site) && asking?.dataset.site === site);
  dispatchEvent(new Event("resize")); // The question has more or less room now.
}

if (main.dataset.site) {
  document.addEventListener("live:patched", mark);
  mark();
}
