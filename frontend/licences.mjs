// Licence texts of the packages in a bundle.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const FILE = /^(licen[cs]e|copying|notice)/i;
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

// packages published without a licence text: the text of a package from the same repository or author is used
const TEXT_OF = {
  "@graphiql/plugin-doc-explorer": "graphiql",
  "@graphiql/plugin-explorer": "graphiql",
  "@graphiql/plugin-history": "graphiql",
  "react-compiler-runtime": "react",
  "react-remove-scroll-bar": "react-remove-scroll",
  "toggle-selection": "copy-to-clipboard",
};

/** Returns one text for all packages in a bundle. Fails if a package has no licence text. */
export async function licences(root, files) {
  const folders = new Set(files.map((file) => PACKAGE.exec(file)?.[1]).filter(Boolean));
  const sections = await Promise.all([...folders].map((folder) => section(root, folder)));
  return `Packages contained in the scripts and styles in this folder, and their licences.\n${sections.sort().join("")}`;
}

async function section(root, folder) {
  const about = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
  const other = TEXT_OF[about.name];
  const texts = await textsIn(join(root, other ? join("node_modules", other) : folder));
  if (texts.length === 0) throw new Error(`${about.name} has no licence text`);
  const whose = other ? `, published without its text; that of ${other} stands for it` : "";
  const heading = `${about.name} ${about.version} (${about.license}${whose})`;
  return `\n${"=".repeat(78)}\n${heading}\n${"=".repeat(78)}\n\n${texts.join("\n\n")}\n`;
}

async function textsIn(folder) {
  const names = (await readdir(folder)).filter((name) => FILE.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.map((text) => text.replaceAll("\r\n", "\n").trim());
}
