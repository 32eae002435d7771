// Goes through the pages as a reader would and tells what it saw, as JSON: node journey.mjs CHROMIUM SITE PATHS
import { barriers, launch, watch } from "../browser/chromium.mjs";

const [executablePath, site, paths] = process.argv.slice(2);
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 844 };
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
  await page.fill("#filter-as_of", "2019-04-30");
  await page.locator("section.as-of button").click();
  await page.waitForURL("**as_of=2019-04-30**");
  const then = await page.locator("[role=note]").innerText();
  await page.locator("[role=note] a").click();
  await page.waitForURL((url) => !url.search.includes("as_of"));
  return { steps, suggested, claims, source, then, end: new URL(page.url()).pathname };
}

// another day by the keyboard alone, and back to today
async function slide() {
  const page = await open();
  watch(page, { logged, blocked });
  await page.goto(`${site}/summits/hanoi-2019`);
  const slider = page.getByRole("slider");
  const text = () => slider.getAttribute("aria-valuetext");
  await slider.focus();
  const places = [await text()];
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  places.push(await text(), await page.inputValue("#filter-as_of"));
  await page.locator("section.as-of button").click();
  await page.waitForURL(`**as_of=${places[2]}**`);
  const then = await page.locator("[role=note]").innerText();
  places.push(await text());
  await slider.focus();
  await page.keyboard.press("End");
  places.push(await text(), await page.inputValue("#filter-as_of"));
  await page.context().close();
  return { places, then };
}

// a timeline, looked at closer by the keyboard and by a button
async function zoom() {
  const page = await open();
  watch(page, { logged, blocked });
  await page.goto(`${site}/timeline/kim-jong-un`);
  const region = page.locator(".drawing .scroll");
  const seen = async () => ({
    days: await page.locator(".zoom output").innerText(),
    ticks: await page.locator(".ticks text").count(),
    inside: await page.locator(".marks").evaluateAll((groups) => groups.every((group) => group.hasAttribute("clip-path"))),
    spread: await page.locator("a.mark").evaluateAll((marks) => {
      const places = marks.map((mark) => mark.getBoundingClientRect().x);
      return Math.round(Math.max(...places) - Math.min(...places));
    }),
  });
  const views = [await seen()];
  await region.focus();
  for (const key of ["+", "+", "ArrowRight"]) await page.keyboard.press(key);
  views.push(await seen());
  await page.locator("a.mark").first().focus();
  views.push(await seen());
  await page.locator(".zoom button").last().click();
  views.push(await seen());
  await page.context().close();
  return views;
}

// one look at each path, in one window: what all pages load comes from its cache
async function look(options) {
  const looks = {};
  const page = await open(options);
  for (const path of JSON.parse(paths)) {
    await page.goto(site + path);
    const found = await barriers(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    looks[path] = { barriers: found, overflow };
  }
  return looks;
}

// where on each line of the calendar the name of the meeting begins
async function calendar(viewport) {
  const page = await open({ viewport });
  await page.goto(`${site}/calendar`);
  const begins = await page.locator(".calendar .day + a").evaluateAll((names) => names.map((name) => name.getClientRects()[0].x));
  return { lines: begins.length, begins: new Set(begins).size };
}

// on a phone: what is wider than the screen, and whether an edge shows that it scrolls, by the colour of a few pixels
async function phone(path) {
  const page = await open({ viewport: { width: 390, height: 844 } });
  await page.goto(site + path);
  const regions = await page.locator("main .scroll:visible").evaluateAll((all) =>
    all.map((each) => ({
      isWide: each.scrollWidth > each.clientWidth,
      isReachable: each.tabIndex === 0 && (each.hasAttribute("aria-label") || each.hasAttribute("aria-labelledby")),
    })),
  );
  const edges = [];
  const region = page.locator("main .scroll:visible").first();
  if (regions.length > 0) {
    for (const share of [0, 0.5, 1]) {
      await region.evaluate((each, share) => (each.scrollLeft = share * (each.scrollWidth - each.clientWidth)), share);
      const picture = (await region.screenshot()).toString("base64");
      edges.push(await page.evaluate(darkAtEdges, picture));
    }
  }
  const wide = await page.locator("main table").evaluateAll((all) =>
    all.filter((each) => !each.closest(".scroll") && each.scrollWidth > innerWidth).length,
  );
  await page.context().close();
  return { regions, edges, wide };
}

// whether the outermost column of pixels is darker than one further in, on the left and on the right, in the lowest row
async function darkAtEdges(base64) {
  const picture = Object.assign(new Image(), { src: `data:image/png;base64,${base64}` });
  await picture.decode();
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, picture.height - 3, picture.width, 1);
  const grey = (x) => data[4 * x + 1];
  return [grey(1) < grey(40) - 20, grey(picture.width - 2) < grey(picture.width - 41) - 20];
}

async function withoutScript() {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${site}/`);
  await page.fill("header input[type=search]", "Hanoi");
  await page.press("header input[type=search]", "Enter");
  await page.waitForURL("**/search?**");
  return page.locator("ol.found li").count();
}

async function network() {
  const page = await open({ reducedMotion: "reduce" });
  await page.goto(`${site}/people/kim-jong-un`);
  await page.locator("main a[href*='/network?']").click();
  const steps = [await heading(page)];
  const ground = page.locator(".network .ground");
  const lit = () => page.locator(".network .near").count();
  const litBySlug = {};
  for (const slug of ["sergey-lavrov", "kim-jong-un"]) {
    await page.locator(`.node[data-slug=${slug}] circle`).hover();
    litBySlug[slug] = await lit();
  }
  await page.mouse.move(0, 0);
  const litByNobody = await lit();
  await page.locator(".node[data-slug=sergey-lavrov] a").first().focus();
  const litByFocus = await lit();
  await page.locator("button[data-zoom='2']").click();
  const closer = await ground.getAttribute("transform");
  await page.locator("button[data-zoom='0']").click();
  const before = await ground.getAttribute("transform");
  await page.locator(".node[data-slug=donald-trump] a").first().click();
  await page.waitForURL("**/network?**around=donald-trump**");
  steps.push(await heading(page));
  return { steps, litBySlug, litByNobody, litByFocus, closer, before };
}

const told = {
  journey: await journey(),
  network: await network(),
  foundWithoutScript: await withoutScript(),
  slide: await slide(),
  zoom: await zoom(),
  calendar: [await calendar(WIDE), await calendar(NARROW)],
  phone: {
    map: await phone("/map"),
    timeline: await phone("/timeline/kim-jong-un"),
    summit: await phone("/summits/singapore-2018"),
  },
};
const [light, dark] = await Promise.all([
  look({ colorScheme: "light" }),
  look({ colorScheme: "dark", viewport: NARROW }),
]);
await browser.close();
console.log(JSON.stringify({ ...told, looks: { light, dark }, logged, blocked, asked: [...asked] }));
