// A note is for the question that is spoken of when its writing begins, whatever comes to the stage meanwhile.

const part = document.getElementById("note-on");
const { question, text } = part.querySelector("form").elements;
let isChosen = false; // The number was typed by whoever writes.

const spoken = () => document.getElementById("stage")?.dataset.number || document.querySelector("#next > [data-card]")?.dataset.card || "";

function follow() {
  if (!isChosen && !text.value) question.value = spoken();
}

question.addEventListener("input", () => (isChosen = question.value !== ""));
document.addEventListener("live:patched", follow);
part.addEventListener("live:done", () => {
  isChosen = false;
  follow();
});
follow();
