// The poster moves from side to side on a phone: by keys too, so it takes the focus. It is one picture, whose
// alternative text says what it shows.
addEventListener("DOMContentLoaded", () => {
  for (const poster of document.querySelectorAll(".tag_poster .cell_output")) poster.tabIndex = 0;
});
