// To speak from a phone is rare: the script for it comes when somebody is invited to.

function look() {
  const src = document.getElementById("my-microphone")?.dataset.script;
  if (!src || document.querySelector(`script[src="${src}"]`)) return;
  document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
}

document.addEventListener("live:patched", look);
look();
