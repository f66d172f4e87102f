// The poster moves from side to side on a phone: by keys too, so it takes the focus. It is one picture, whose
// alternative text says what it shows.
addEventListener("DOMContentLoaded", () => {
  for (const poster of document.querySelectorAll(".tag_poster .cell_output")) poster.tabIndex = 0;
});

// So does a formula that is wider than its column, and only as long as it is.
function letKeysMoveFormulas() {
  for (const formula of document.querySelectorAll("mjx-container[display]")) {
    formula.tabIndex = formula.scrollWidth > formula.clientWidth ? 0 : -1;
  }
}
addEventListener("load", () => globalThis.MathJax?.startup.promise.then(letKeysMoveFormulas));
addEventListener("resize", letKeysMoveFormulas);
