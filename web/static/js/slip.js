// The slip: one press prints it.
const button = document.querySelector("[data-print]");
button.addEventListener("click", () => print());
button.focus();
