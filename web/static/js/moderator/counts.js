// How many cards lie where: <span data-counts="deck queue">.

function count() {
  for (const place of document.querySelectorAll("[data-counts]")) {
    const regions = place.dataset.counts.split(" ").map((name) => document.getElementById(name));
    const sum = regions.reduce((all, region) => all + region.querySelectorAll(":scope > li:not([data-ghost])").length, 0);
    if (place.textContent !== String(sum)) place.textContent = sum;
  }
}

document.addEventListener("live:patched", count);
