// Second readings: how far they are, a choice without losing one's place, and the sound of a row.

const main = document.getElementById("main");
const player = document.getElementById("player");
const unsent = document.getElementById("unsent");
const EVERY = 2_000;

async function look() {
  const going = [...document.querySelectorAll("[data-state=reading], [data-state=waiting]")];
  if (!going.length) return;
  const answer = await fetch(`/d/${main.dataset.code}/readings.json`).catch(() => null);
  for (const one of answer?.ok ? await answer.json() : []) {
    const card = document.querySelector(`[data-reading="${one.source}-${one.reading}"]`);
    if (!card) continue;
    if (card.dataset.state !== one.state && !document.activeElement?.closest("form")) return location.reload();
    card.querySelector("progress").value = one.seconds;
    card.querySelector("[data-seconds]").textContent = one.seconds;
  }
  setTimeout(look, EVERY);
}

async function sent(form, button) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
  return { ok: answer.ok, text: await answer.text() };
}

/** The row as it is now takes the place of the old one; the rest of the page stays where it is. */
async function choose(form, button) {
  const row = form.closest("[data-row]");
  const answer = await sent(form, button).catch(() => null);
  if (!answer) {
    row.append(unsent);
    unsent.hidden = false;
    return;
  }
  const page = new DOMParser().parseFromString(answer.text, "text/html");
  const now = answer.ok && page.getElementById(row.id);
  if (!now) {
    form.dataset.plain = ""; // The whole page then says what is wrong.
    form.requestSubmit(button);
    return;
  }
  unsent.hidden = true;
  main.append(unsent); // Out of a row that goes.
  row.replaceWith(now);
  document.querySelector("[data-all]").replaceWith(page.querySelector("[data-all]")); // How many are left.
  now.querySelector("button")?.focus();
}

main.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-row]") || "plain" in form.dataset) return;
  event.preventDefault();
  choose(form, event.submitter);
});

main.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-play]");
  if (!link) return;
  event.preventDefault();
  if (player.dataset.of === link.href && !player.paused) return player.pause();
  player.dataset.of = link.href;
  player.src = link.href;
  player.play().catch(() => {});
});

setTimeout(look, EVERY);
