// Search in all cards of the page, without regard to marks: "duong thon dong" finds "Đường thôn Đông".

const field = document.getElementById("seek");
const found = document.getElementById("sought");

export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
}

function seek() {
  const terms = fold(field.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const card of document.querySelectorAll("[data-card]")) {
    const words = fold([...card.querySelectorAll("p")].map((part) => part.textContent).join(" "));
    const fits = terms.every((term) => words.includes(term));
    count += fits;
    if (fits) delete card.dataset.sought;
    else card.dataset.sought = "no";
  }
  found.textContent = terms.length ? found.dataset.words.replace("{count}", count) : "";
}

field.addEventListener("input", seek);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  field.value = "";
  seek();
  field.blur();
});
document.addEventListener("live:patched", () => field.value && seek());
