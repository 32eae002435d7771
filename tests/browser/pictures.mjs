// Takes the pictures of pages that README.md shows: `node pictures.mjs CHROMIUM SITE`, of a running service.
import { fileURLToPath } from "node:url";

import { launch } from "./chromium.mjs";

const [executable, site] = process.argv.slice(2);
const PICTURES = [
  ["summit", "/summits/hanoi-2019", 1000],
  ["timeline", "/timeline/donald-trump/kim-jong-un", 900],
  ["network", "/network?around=kim-jong-un", 1150],
];
const browser = await launch(executable);
for (const [name, path, height] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: 1200, height }, locale: "en", reducedMotion: "reduce" });
  await page.goto(`${site}${path}`, { waitUntil: "networkidle" });
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/page-${name}.png`, import.meta.url)) });
  await page.close();
}
await browser.close();
