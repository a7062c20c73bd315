// Every card of the lists has a tick (moderator/bulk). What the server draws has none: without script it would do nothing.

const tick = document.getElementById("tick").content.firstElementChild;

function put() {
  for (const head of document.querySelectorAll("[data-card]:not([data-ghost]) > .staff-card__head")) {
    if (head.firstElementChild.matches(".pick")) continue;
    const own = head.insertBefore(document.importNode(tick, true), head.firstChild);
    own.setAttribute("aria-label", `${own.dataset.label} ${head.parentElement.dataset.card}`);
  }
}

document.addEventListener("live:patched", put);
put();
