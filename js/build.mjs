/**
 * Build lossviz/static/lossviz.js and lossviz.css. `--outdir=DIR` puts them elsewhere (a test compares).
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = import.meta.dirname;
const { values } = parseArgs({ options: { outdir: { type: "string" } } });
const outdir = values.outdir ?? join(here, "../lossviz/static");
const look = JSON.parse(await readFile(join(here, "../lossviz/look.json"), "utf8"));

// The ground a figure stands on is its host's: VS Code, JupyterLab, the book; elsewhere that of the look.
const GROUND = ["--vscode-editor-background", "--jp-layout-color0", "--pst-color-background"];

/**
 * The look as CSS variables.
 * @param {"light" | "dark"} theme
 */
function variables(theme) {
  const colours = { ...look.ink, ...look.losses };
  for (const i in look.others) colours[`other-${i}`] = look.others[i];
  return Object.entries(colours)
    .map(([name, colour]) => {
      const value =
        name === "surface"
          ? GROUND.reduceRight((other, host) => `var(${host}, ${other})`, colour[theme])
          : colour[theme];
      return `  --lossviz-${name.replaceAll("_", "-")}: ${value};\n`;
    })
    .join("");
}

// How each host says that it is dark: the book, JupyterLab, VS Code, Colab.
const DARK = [
  'html[data-theme="dark"]',
  '[data-jp-theme-light="false"]',
  ".vscode-dark",
  ".vscode-high-contrast:not(.vscode-high-contrast-light)",
  'html[theme="dark"]',
].join(", ");
// Where the system's colours are forced on a page, these alone say whether it is dark.
const FORCED = `@media (forced-colors: active) {
.lossviz.lossviz.lossviz.lossviz {
${variables("light")}}
}
@media (forced-colors: active) and (prefers-color-scheme: dark) {
.lossviz.lossviz.lossviz.lossviz {
${variables("dark")}}
}
@media (forced-colors: active) {
.lossviz.lossviz.lossviz.lossviz {
  --lossviz-text: CanvasText;
  --lossviz-muted: CanvasText;
  --lossviz-line: CanvasText;
  --lossviz-surface: Canvas;
}
}
`;
const sizes = ["font", "curve", "target"]
  .map((name) => `  --lossviz-${name}: ${look.size[name]}px;\n`)
  .join("");
const basins = look.basins
  .map((/** @type {string} */ colour, /** @type {number} */ i) => `  --lossviz-basin-${i}: ${colour};\n`)
  .join("");
const css = `/* Made by js/build.mjs from lossviz/look.json and js/src/style.css. */
.lossviz {
${sizes}${basins}${variables("light")}}
:is(${DARK}) .lossviz {
${variables("dark")}}
${FORCED}${await readFile(join(here, "src/style.css"), "utf8")}`;
await writeFile(join(outdir, "lossviz.css"), css);

await build({
  absWorkingDir: here,
  entryPoints: ["src/index.js"],
  outfile: join(outdir, "lossviz.js"),
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: {
    js: "/* Built from js/src by `make bundle`; contains D3 modules, © Mike Bostock, ISC licence. */",
  },
});
