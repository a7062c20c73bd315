// Hear a line again, from the recording on the server.

const player = document.getElementById("player");
let playing = null;

function mark(line) {
  playing?.removeAttribute("data-playing");
  playing = line;
  playing?.setAttribute("data-playing", "");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-play]");
  if (!link) return;
  event.preventDefault();
  const line = link.closest("[data-line]");
  if (line === playing && !player.paused) {
    player.pause();
    return;
  }
  // A recording grows: its address carries the line, so that the browser does not answer with a shorter copy.
  player.src = link.href.replace("#", `?line=${line.dataset.line}#`);
  mark(line);
  player.play().catch(() => mark(null));
});

player.addEventListener("pause", () => mark(null));
