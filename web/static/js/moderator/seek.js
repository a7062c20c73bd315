// Search in all cards of the page, without regard to marks: "duong thon dong" finds "Đường thôn Đông"; and their sieve.

import { clear, fits as isWanted, isChosen } from "moderator/sieve";

const field = document.getElementById("seek");
const list = document.getElementById("sieve");
const found = document.getElementById("sought");

export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
}

function seek() {
  const terms = fold(field.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const card of document.querySelectorAll("[data-card]")) {
    const words = fold([...card.querySelectorAll("p")].map((part) => part.textContent).join(" "));
    const fits = isWanted(card) && terms.every((term) => words.includes(term));
    count += fits && !("ghost" in card.dataset);
    if (fits) delete card.dataset.sought;
    else card.dataset.sought = "no";
  }
  found.textContent = terms.length || isChosen() ? found.dataset.words.replace("{count}", count) : "";
}

function again() {
  if (field.value || isChosen()) seek();
}

field.addEventListener("input", seek);
list.addEventListener("change", seek);
for (const part of [field, list]) {
  part.addEventListener("keydown", (event) => {
    if (event.key === "Enter") part.blur(); // Back to the cards, which j and k walk through.
    if (event.key !== "Escape") return;
    if (part === list) clear();
    else field.value = "";
    seek();
    part.blur();
  });
}
for (const news of ["live:patched", "live:hinted"]) document.addEventListener(news, again);
again();
