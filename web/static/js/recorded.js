// A page that is not live asks now and then whether the dialogue is being recorded, and says so as long as it is.

const OFTEN = 20_000; // Milliseconds; and whenever somebody comes back to the page.
const banner = document.getElementById("recorded");

async function look() {
  if (document.hidden) return;
  const answer = await fetch(`/d/${banner.dataset.code}/recording`, { cache: "no-store" }).catch(() => null);
  if (answer?.ok) banner.hidden = !(await answer.json()).recording;
}

setInterval(look, OFTEN);
document.addEventListener("visibilitychange", look);
