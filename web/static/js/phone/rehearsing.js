// A page of a rehearsal ends with it: what is typed afterwards would be meant for nobody.

import { audience, code, main } from "live/place";

document.addEventListener("live:patched", () => {
  if (audience === "rehearsal" && !main.querySelector(".standing[data-state=rehearsal]")) location.replace(`/d/${code}`);
});
