// A button that is pressed here goes, or sleeps, at once: whoever works by keys is brought to what took its place.

/** Make a change to the form. If it takes away the field or button that has the focus, `next` has it. */
export function keepFocus(form, change, next) {
  const at = form.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (at && (at.disabled || at.hidden)) next.focus();
}

// A key that is held down repeats itself: it must not press what has just come under it, which would undo the first press.
addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && event.target.matches?.("button")) event.preventDefault();
});
