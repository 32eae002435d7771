// Frames cards and pages on a page of another origin and tells what came of it, as JSON: node frames.mjs CHROMIUM SITE PATHS
import { createServer } from "node:http";
import { launch } from "../browser/chromium.mjs";

const [executablePath, site, paths] = process.argv.slice(2);

const server = createServer((request, response) => {
  const frames = paths.split(" ").map((path) => `<iframe src="${site}${path}" title="${path}" width="480" height="400"></iframe>`);
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html><html lang="en"><title>Another site</title><main>${frames.join("")}</main>`);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const other = `http://127.0.0.1:${server.address().port}/`;

const browser = await launch(executablePath);
const context = await browser.newContext();
const page = await context.newPage();
await page.goto(other, { waitUntil: "networkidle" });
const told = { other, frames: {} };
for (const path of paths.split(" ")) {
  const frame = await (await page.locator(`iframe[title="${path}"]`).elementHandle()).contentFrame();
  told.frames[path] = {
    heading: await frame.evaluate(() => ["blockquote", "h1"].map((name) => document.querySelector(`.card ${name}`)).find(Boolean)?.textContent ?? null),
    // what is told of a meeting stands above the foot of its card, without scrolling
    whole: await frame.evaluate(() => {
      const foot = document.querySelector(".card footer")?.getBoundingClientRect().top;
      return [...document.querySelectorAll(".card dd")].map((told) => told.getBoundingClientRect().bottom <= foot);
    }),
    scripts: await frame.evaluate(() => document.scripts.length),
    links: await frame.evaluate(() =>
      [...document.links].every((link) => link.target === "_blank" && link.rel === "noopener")),
  };
}
const opened = context.waitForEvent("page");
await page.frameLocator("iframe").first().locator("h1 a").click();
told.opened = await (await opened).evaluate(() => [location.pathname, window.opener]);
told.cookies = (await context.cookies()).length;
await browser.close();
server.close();
console.log(JSON.stringify(told));
