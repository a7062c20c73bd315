// Runs before the first paint, so that a chosen theme never flashes. Blocked storage means nothing was chosen.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* private windows may refuse storage: the system's theme holds */ }
