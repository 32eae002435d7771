// Builds the browser files into the service folder: `node build.mjs [SERVICE]`; the default is ../service.
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { drawLand } from "./land.mjs";
import { licences } from "./licences.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SERVICE = resolve(process.argv[2] ?? join(HERE, "..", "service"));
const FONT_FACE = /@font-face\s*\{[^}]*\}/g;

// system fonts are used: the fonts bundled with GraphiQL are larger than its code
const withoutFonts = {
  name: "without fonts",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(FONT_FACE, ""),
      loader: "css",
    }));
  },
};

// the explorer does not take focus from a <textarea>, but the editors here are not <textarea> elements
const GUARD = "activeElement instanceof HTMLTextAreaElement";
const leavingFocus = {
  name: "leaving focus",
  setup({ onLoad }) {
    onLoad({ filter: /graphiql-explorer\/dist\/Explorer\.js$/ }, async ({ path }) => {
      const parts = (await readFile(path, "utf8")).split(GUARD);
      if (parts.length !== 2) throw new Error(`${path} no longer asks whether ${GUARD}`);
      return { contents: parts.join("activeElement.isContentEditable"), loader: "js" };
    });
  },
};

/** Builds each entry point into `folder` as one file, with the licences of the packages in them and others. */
async function bundle(entryPoints, folder, options = {}, others = []) {
  const { metafile } = await build({
    absWorkingDir: HERE,
    entryPoints,
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome111", "firefox121", "safari16.4"],
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    ...options,
  });
  await writeFile(join(folder, "LICENSES.txt"), await licences(HERE, [...Object.keys(metafile.inputs), ...others]));
}

async function buildPlayground() {
  const sources = join(HERE, "playground");
  const folder = join(SERVICE, "web", "playground");
  await bundle([join(sources, "playground.jsx")], folder, {
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".graphql": "text" },
    alias: { "react-style-singleton": join(sources, "singleton.js") },
    plugins: [withoutFonts, leavingFocus],
  });
  await copyFile(join(sources, "playground.html"), join(folder, "playground.html"));
}

// each file in pages/ is a module that a page loads; shared code is in subfolders
async function buildModules() {
  const sources = join(HERE, "pages");
  const names = (await readdir(sources)).filter((name) => name.endsWith(".js")).sort();
  const folder = join(SERVICE, "pages", "modules");
  await bundle(names.map((name) => join(sources, name)), folder, {}, ["node_modules/world-atlas/land-50m.json"]);
  await writeFile(join(folder, "land.json"), await drawLand());
}

await buildPlayground();
await buildModules();
