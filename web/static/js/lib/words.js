// The sentences a page may need to say, written by the server in the page's language (templates/live_page.html).

const sentences = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** The sentence `name`, with {places} filled. A missing one shows its name, so that a test can see it. */
export function say(name, places = {}) {
  const sentence = sentences[name] ?? name;
  return sentence.replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}
