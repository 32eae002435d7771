// Goes through the pages as a reader would and tells what it saw, as JSON: node journey.mjs CHROMIUM SITE FOLDER PATHS
import { join } from "node:path";

import { barriers, launch, watch } from "../browser/chromium.mjs";

const [executablePath, site, folder, paths] = process.argv.slice(2);
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };
const logged = [];
const blocked = [];
const asked = new Set();
const browser = await launch(executablePath);

async function open(options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error("blocked", event.violatedDirective));
  });
  const page = await context.newPage();
  page.on("request", (request) => request.url().startsWith("data:") || asked.add(new URL(request.url()).origin));
  watch(page, { logged, blocked });
  return page;
}

function heading(page) {
  return page.locator("h1").innerText();
}

async function journey() {
  const page = await open();
  await page.goto(`${site}/`);
  const steps = [await heading(page)];
  const field = page.locator("header input[type=search]");
  // at once: what is asked letter by letter and given up for the next would count as blocked
  await field.fill("Hanoi");
  await page.waitForFunction(() => document.querySelectorAll("header datalist option").length > 0);
  const suggested = await page.locator("header datalist option").evaluateAll((all) => all.map((each) => each.value));
  await field.press("Enter");
  await page.waitForURL("**/search?**");
  steps.push(await heading(page));
  await page.locator('ol.found a[href$="/summits/hanoi-2019"]').first().click();
  await page.waitForURL("**/summits/hanoi-2019");
  steps.push(await heading(page));
  const evidence = page.locator("main details").first();
  await evidence.locator("summary").first().click();
  const claims = await evidence.locator("li").count();
  await evidence.locator('a[href*="/sources/"]').first().click();
  await page.waitForURL("**/sources/**");
  const source = await heading(page);
  await page.goBack();
  await page.fill("#as-of", "2019-04-30");
  await page.locator("section.as-of button").click();
  await page.waitForURL("**as_of=2019-04-30**");
  const then = await page.locator("[role=note]").innerText();
  await page.locator("[role=note] a").click();
  await page.waitForURL((url) => !url.search.includes("as_of"));
  return { steps, suggested, claims, source, then, end: new URL(page.url()).pathname };
}

async function look(path, options, name) {
  const page = await open(options);
  await page.goto(site + path);
  const found = await barriers(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.screenshot({ path: join(folder, `${path.replace(/\W+/g, "-")}${name}.png`), fullPage: true });
  await page.context().close();
  return { barriers: found, overflow };
}

async function withoutScript() {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${site}/`);
  await page.fill("header input[type=search]", "Hanoi");
  await page.press("header input[type=search]", "Enter");
  await page.waitForURL("**/search?**");
  return page.locator("ol.found li").count();
}

const told = { journey: await journey(), foundWithoutScript: await withoutScript(), looks: {} };
for (const path of JSON.parse(paths)) {
  told.looks[path] = {
    light: await look(path, { colorScheme: "light" }, "light"),
    dark: await look(path, { colorScheme: "dark", viewport: NARROW }, "dark"),
  };
}
await browser.close();
console.log(JSON.stringify({ ...told, logged, blocked, asked: [...asked] }));
