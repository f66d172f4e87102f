// Paper is light: in the dark theme, its letters would hardly be seen there.
matchMedia("print").addEventListener("change", ({ matches }) => {
  const { dataset } = document.documentElement;
  if (matches) {
    dataset.onScreen = dataset.theme;
    dataset.theme = "light";
  } else if (dataset.onScreen) {
    dataset.theme = dataset.onScreen;
  }
});
