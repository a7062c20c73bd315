// Says that scripts run here: what needs one (.needs-script) is shown from now on.
document.documentElement.dataset.script = "";
