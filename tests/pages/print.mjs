// Prints pages and tells what is on the paper, as JSON: node print.mjs CHROMIUM SITE FOLDER PATHS
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { launch } from "../browser/chromium.mjs";

const [executablePath, site, folder, paths] = process.argv.slice(2);
const browser = await launch(executablePath);
const told = {};
for (const [number, path] of JSON.parse(paths).entries()) {
  const page = await (await browser.newContext({ colorScheme: "dark" })).newPage();
  await page.goto(`${site}${path}`);
  const pdf = await page.pdf({ format: "A4", printBackground: true });
  await writeFile(join(folder, `${number}.pdf`), pdf);
  await page.emulateMedia({ media: "print" });
  told[path] = {
    pages: (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length,
    text: await page.evaluate(() => document.body.innerText),
    // what has a box is printed
    shown: await page.evaluate(() =>
      ["form", "nav", "button", "h1", "main svg", ".printed", ".licence"].filter((selector) =>
        [...document.querySelectorAll(selector)].some((each) => each.checkVisibility()),
      ),
    ),
    paper: await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
    // wider than the paper would be cut
    isCut: await page.evaluate(() => {
      document.documentElement.style.width = "190mm";
      return document.documentElement.scrollWidth > document.documentElement.clientWidth;
    }),
  };
}
await browser.close();
console.log(JSON.stringify(told));
