// Another question on the stage is told to whoever listens instead of looking: once, and when they have heard the rest.

const stage = () => document.getElementById("stage");
const line = Object.assign(document.createElement("p"), { className: "visually-hidden", id: "stage-aloud" });
line.setAttribute("role", "status");
document.getElementById("live").append(line);

let told = stage()?.dataset.number;

const words = (part) => part.textContent.replace(/\s+/g, " ").trim();

document.addEventListener("live:patched", () => {
  const number = stage()?.dataset.number;
  if (number === told) return;
  told = number;
  line.textContent = [...stage().querySelectorAll(".now__number, .now__text, .now__empty")].map(words).join(". ");
});
