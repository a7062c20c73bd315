// The clerk's page: after each question the way it came stays chosen, the words go.
import "live/page";
import "elements/photo-field";
import "elements/similar-questions";
import "elements/turn-clock";
import "staff/aloud";

const form = document.getElementById("ask-form");

function clear() {
  for (const name of ["text", "name", "locality", "card", "reason", "topic"]) form.elements[name].value = "";
  form.elements.publish_name.checked = form.elements.read_back.checked = false;
}

form.dataset.onward = ""; // The next card is not held up by a network.
form.addEventListener("live:onward", clear);
form.addEventListener("live:done", () => {
  clear();
  form.elements.text.focus();
});

// A clerk of a linked site looks at what that site has sent; the list is the same for all clerks.
const live = document.getElementById("live");

function keepOwn() {
  for (const card of document.querySelectorAll("#done > [data-site]")) card.hidden = card.dataset.site !== live.dataset.site;
}

if (live.dataset.site) {
  document.addEventListener("live:patched", keepOwn);
  keepOwn();
}
