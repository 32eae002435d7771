// What a reader does with the map in Chromium: opens a cluster, looks closer in, comes back, and follows a mark.
import { launch, watch } from "../browser/chromium.mjs";

const [executable, site] = process.argv.slice(2);
const seen = { logged: [], blocked: [] };
const browser = await launch(executable);
const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, reducedMotion: "reduce" });
const page = await context.newPage();
watch(page, seen);
const asked = new Set();
page.on("request", (request) => asked.add(new URL(request.url()).pathname.replace(/\.[0-9a-f]{16}\./, ".")));

const marks = (seenBy = page) =>
  seenBy.$$eval(".marks a", (links) =>
    links.map((link) => ({
      kind: link.getAttribute("class"),
      title: link.querySelector("title").textContent,
      x: Number(link.querySelector("circle").getAttribute("cx")),
    })),
  );
const land = () => page.$eval(".land", (path) => [path.getAttribute("transform"), path.getAttribute("d").length]);

await page.goto(`${site}/map`);
await page.waitForSelector(".zoom:not([hidden])");
const told = { first: await marks(), land: [await land()] };
const cluster = told.first.find(({ kind }) => kind.endsWith("cluster"));
await page.locator(".marks a.cluster circle").first().click();
await page.waitForFunction((before) => document.querySelector(".land").getAttribute("transform") !== before, told.land[0][0]);
told.address = page.url().replace(site, "");
told.cluster = cluster.title;
told.opened = await marks();
const other = await context.newPage();
watch(other, seen);
await other.goto(page.url());
await other.waitForSelector(".zoom:not([hidden])");
told.sent = await marks(other);
await other.close();
await page.goBack();
await page.waitForFunction((before) => document.querySelector(".land").getAttribute("transform") === before, told.land[0][0]);
told.before = await marks();
await page.locator(".marks a.cluster").first().press("Enter");
await page.waitForFunction((before) => document.querySelector(".land").getAttribute("transform") !== before, told.land[0][0]);
told.focused = await page.evaluate(() => document.activeElement.querySelector("title").textContent.split(/,| \(/)[0]);
for (let time = 0; time < 3; time++) await page.click("button[data-zoom='2']");
await page.waitForFunction((before) => document.querySelector(".land").getAttribute("d").length !== before, told.land[0][1]);
told.land.push(await land());
await page.click("button[data-zoom='0']");
told.back = await marks();
told.land.push(await land());
told.plainAddress = page.url().replace(site, "");
await page.locator(".marks a:not(.cluster) circle").first().click();
await page.waitForLoadState();
told.followed = page.url().replace(site, "");

const withoutScript = await browser.newContext({ javaScriptEnabled: false });
const plain = await withoutScript.newPage();
await plain.goto(`${site}/map`);
told.plain = await plain.$$eval(".marks a", (links) => links.length);
await plain.locator(".marks a.cluster circle").first().click();
await plain.waitForURL("**place=**");
told.closer = await plain.$$eval(".marks a", (links) => links.length);

await browser.close();
console.log(JSON.stringify({ ...told, ...seen, asked: [...asked] }));
