// Uses the React example as a person would and tells what it showed, as JSON: node react.mjs CHROMIUM PAGE SERVICE FOLDER
import { join } from "node:path";

import { barriers, launch, watch } from "../browser/chromium.mjs";

const [executablePath, address, service, folder] = process.argv.slice(2);
const logged = [];
const blocked = [];
const crossings = new Set();

const browser = await launch(executablePath);
const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
const page = await context.newPage();
watch(page, { logged, blocked });
page.on("response", async (response) => {
  if (!response.url().startsWith(service)) return;
  const { origin } = await response.request().allHeaders();
  crossings.add(`${response.request().method()} from ${origin}, allowed to ${response.headers()["access-control-allow-origin"]}`);
});

/** The texts of what `selector` finds, once the page has been answered. */
async function texts(selector) {
  await page.locator("h1, .cards, main > p:not([role=status])").first().waitFor();
  return page.locator(selector).allInnerTexts();
}

async function shows(name) {
  await page.locator("h1", { hasText: name }).waitFor();
}

function picture(name) {
  return page.screenshot({ path: join(folder, `${name}.png`) });
}

const seen = {};

await page.goto(address);
seen.summits = { heading: await texts("h1"), cards: await texts(".cards > li") };
await picture("summits");
await page.getByRole("button", { name: "More" }).click();
await page.locator(".cards > li").nth(seen.summits.cards.length).waitFor();
seen.summits.names = await texts(".cards h2");
seen.summits.isAtItsEnd = (await page.getByRole("button", { name: "More" }).count()) === 0;
seen.summits.barriers = await barriers(page);

await page.getByRole("link", { name: "Kim Jong Un" }).first().click();
await shows("Kim Jong Un");
seen.person = {
  spellings: await texts("[aria-label=Spellings] li"),
  offices: await texts("[aria-label=Offices] li"),
  others: await texts("[aria-label='With whom'] li"),
  headings: await texts("h2"),
  facts: await texts(".facts li"),
};
await picture("person");
await page.getByRole("button", { name: "More" }).click();
await page.locator(".facts > li").nth(seen.person.facts.length).waitFor();
seen.person.afterMore = (await texts(".facts li")).length;
seen.person.barriers = await barriers(page);

await page.getByRole("link", { name: "Vladimir Putin" }).click();
await shows("Kim Jong Un and Vladimir Putin");
seen.timeline = { meetings: await texts("h1 + p"), facts: await texts(".facts li") };
await picture("timeline");
seen.timeline.barriers = await barriers(page);

await page.getByLabel("As known on").fill("2019-04-18");
await page.getByText("Meetings: 0").waitFor();
seen.asOf = { facts: await texts(".facts li"), address: new URL(page.url()).search };
await page.getByRole("link", { name: "Summits" }).click();
await page.locator(".cards h2").first().waitFor();
seen.asOf.summits = (await texts(".cards > li")).filter((card) => card.includes("Vladivostok 2019"));
await picture("as-of");
await page.reload();
seen.asOf.afterReload = (await texts(".cards > li")).filter((card) => card.includes("Vladivostok 2019"));
await page.goto(`${address}?asOf=2010-01-01#/people/kim-jong-un`);
seen.asOf.nobody = await texts("main > p");
await page.getByRole("button", { name: "Now" }).click();
await shows("Kim Jong Un");
seen.asOf.afterwards = page.url().replace(address, "");

await page.getByRole("link", { name: "Search" }).click();
await page.getByRole("searchbox").fill("Wladiwostok");
await page.keyboard.press("Enter");
await page.locator("mark").first().waitFor();
seen.search = { hits: await texts(".cards > li"), marked: await texts("mark"), address: new URL(page.url()).hash };
await picture("search");
seen.search.barriers = await barriers(page);
await page.getByRole("searchbox").fill("Xyzzyx");
await page.getByRole("button", { name: "Search" }).click();
seen.search.nothing = await page.getByText("Nothing is found.").innerText();

// what follows goes wrong on purpose
Object.assign(seen, { logged: [...logged], blocked: [...blocked] });
await page.goto(`${address}?asOf=yesterday#/`);
seen.refused = await page.getByRole("alert").innerText();
await page.route(`${service}/**`, (route) => route.abort());
await page.reload();
seen.unreachable = await page.getByRole("alert").innerText();

await browser.close();
console.log(JSON.stringify({ ...seen, crossings: [...crossings].sort() }));
