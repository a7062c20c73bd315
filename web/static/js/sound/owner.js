// Whose microphone it is: one person's own, or one that goes round, of which the floor says who speaks.

const { source, role, owner } = document.getElementById("capture").elements;

/** As the wire tells it. */
export const owned = () => ({ role: role.value, owner: owner.value.trim() });

/** The microphone on the chair's desk is the chair's, unless somebody says otherwise. */
function usual() {
  if (source.value === "chair" && role.value === "unknown") role.value = "chair";
  else if (source.value !== "chair" && role.value === "chair" && !owner.value) role.value = "unknown";
}

source.addEventListener("change", usual);
usual();
