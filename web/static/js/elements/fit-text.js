const SMALLEST = 40; // Per cent of the size that CSS gives by length: small from the back row, but nothing is ever cut.
const LARGEST = 200;

/** Gives the text inside [data-fit] the largest size at which it fits its box: the box is what the grid leaves for it. */
function fit() {
  const text = document.querySelector("[data-fit]");
  if (!text) return;
  text.style.fontSize = "";
  const given = Number.parseFloat(getComputedStyle(text).fontSize);
  let [fits, tooLarge] = [SMALLEST, LARGEST];
  while (tooLarge - fits > 1) {
    const tried = Math.floor((fits + tooLarge) / 2);
    text.style.fontSize = `${(given * tried) / 100}px`;
    if (text.scrollHeight <= text.clientHeight && text.scrollWidth <= text.clientWidth) fits = tried;
    else tooLarge = tried;
  }
  text.style.fontSize = `${(given * fits) / 100}px`;
}

document.addEventListener("live:patched", fit);
addEventListener("resize", fit);
document.fonts.ready.then(fit);
