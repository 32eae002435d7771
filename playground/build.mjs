// Builds the page into a folder: `node build.mjs [FOLDER]`, by default where the service reads it.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { licences } from "./licences.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(HERE, "src");
const BUILT = resolve(process.argv[2] ?? join(HERE, "..", "service", "web", "playground"));
const FONT_FACE = /@font-face\s*\{[^}]*\}/g;

// the reader's system has fonts; those that GraphiQL carries are longer than its program
const withoutFonts = {
  name: "without fonts",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(FONT_FACE, ""),
      loader: "css",
    }));
  },
};

// the explorer leaves the focus to whoever types in a <textarea>, but our editors are none
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

const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: [join(SOURCES, "playground.jsx")],
  outdir: BUILT,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox121", "safari16.4"],
  jsx: "automatic",
  charset: "utf8",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".graphql": "text" },
  alias: { "react-style-singleton": join(SOURCES, "singleton.js") },
  plugins: [withoutFonts, leavingFocus],
  metafile: true,
});
await copyFile(join(SOURCES, "playground.html"), join(BUILT, "playground.html"));
await writeFile(join(BUILT, "LICENSES.txt"), await licences(HERE, Object.keys(metafile.inputs)));
