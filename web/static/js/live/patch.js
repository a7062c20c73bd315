// Changes of the page, as the server sends them. What a person is doing here (typing, reading an opened part) stays.

import { remembered } from "live/focus";
import { beingWritten, keepLeft } from "live/left";

const KEPT_OPEN = new Set(["DETAILS", "DIALOG"]);

// Not ignoreActiveValue: it would leave the old words on a button that has just been pressed. Typed fields are kept below.
const morphing = {
  restoreFocus: true,
  callbacks: {
    beforeNodeMorphed: (old, fresh) => !(old instanceof Element) || !(isLeft(old, fresh) || isTyped(old)),
    beforeNodeRemoved: (old) => !(old instanceof Element) || !isLeft(old, null),
    beforeAttributeUpdated: (name, element, kind) =>
      !(name === "open" && KEPT_OPEN.has(element.tagName)) && !(name === "tabindex" && kind === "remove"), // Given by live/focus.
  },
};

const missed = new WeakMap(); // A form left alone while its answer was on the way -> what the server wants there.

/** Written by a script of this page, which the server's HTML knows nothing of: left as it is. */
function isLeft(element, fresh) {
  const isOurs = element.hasAttribute("data-own");
  if (isOurs && element.tagName === "FORM") missed.set(element, fresh?.cloneNode(true) ?? null);
  return isOurs;
}

/** The answer is here: make the form what patches wanted it to be meanwhile. Of one that is gone, what it `said` stays. */
export function catchUp(form, said = null) {
  if (!missed.has(form)) return;
  const fresh = missed.get(form);
  const back = remembered();
  missed.delete(form);
  if (fresh) globalThis.Idiomorph.morph(form, fresh, morphing);
  else if (said) form.replaceChildren(said);
  else form.remove();
  back();
}

/** A field that says something else than what the server last put into it. */
function isTyped(element) {
  if (element.tagName === "TEXTAREA") return element.value !== element.defaultValue;
  if (element.tagName === "SELECT") return element.hasAttribute("data-touched");
  if (element.tagName !== "INPUT") return false;
  if (element.type === "checkbox" || element.type === "radio") return element.checked !== element.defaultChecked;
  return element.type !== "hidden" && element.value !== element.defaultValue;
}

function built(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function byId(key) {
  const element = document.getElementById(key);
  if (!element) throw new LookupFailed(`this page has no ${key}`);
  return element;
}

/** A page that does not fit the patch has a gap: the answer is a whole new page. */
export class LookupFailed extends Error {}

/** Insert; an element of the same id moves over as it is and is then morphed, so that typed text goes with it. */
function insert(content, put) {
  for (const fresh of [...content.children]) {
    const old = fresh.id && document.getElementById(fresh.id);
    put(old || fresh);
    if (old) globalThis.Idiomorph.morph(old, fresh, morphing);
  }
}

const verbs = {
  append: (region, html) => insert(built(html), (element) => byId(region).append(element)),
  before: (anchor, html) => insert(built(html), (element) => byId(anchor).before(element)),
  replace: (key, html) => globalThis.Idiomorph.morph(byId(key), built(html), morphing),
  remove: (key) => document.getElementById(key)?.remove(),
  move: (key, region, anchor) => byId(region).insertBefore(byId(key), anchor === null ? null : byId(anchor)),
  fill: (region, html) => globalThis.Idiomorph.morph(byId(region), built(html), { ...morphing, morphStyle: "innerHTML" }),
};

/** Apply patches in order, then say so ("live:patched" on the document) to whoever adds personal touches. */
export function apply(patches) {
  const back = remembered();
  const written = beingWritten();
  try {
    for (const [verb, ...rest] of patches) {
      if (!verbs[verb]) throw new LookupFailed(`this page cannot ${verb}`);
      verbs[verb](...rest);
    }
  } finally {
    keepLeft(written);
  }
  document.dispatchEvent(new CustomEvent("live:patched"));
  back();
}
