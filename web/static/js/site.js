// What every page has, live or not.
import "elements/theme-switch";

document.documentElement.dataset.script = ""; // Scripts run here: what needs one (.needs-script) is shown from now on.
