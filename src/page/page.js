// Keys of the review queue: a accepts the first value, c corrects it, n goes to the next contract. Without this script
// the same buttons are there.
"use strict";

document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, select, textarea");
  if (writes || event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("ol.review")) {
    return;
  }
  if (event.key === "a") {
    document.querySelector(".accept button")?.click();
  } else if (event.key === "c") {
    const details = document.querySelector("details.correct");
    if (details) {
      details.open = true;
      details.querySelector("input[name=value]").focus();
      event.preventDefault();
    }
  } else if (event.key === "n") {
    document.getElementById("next")?.click();
  }
});
