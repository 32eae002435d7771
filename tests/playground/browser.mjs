// Looks at the playground as a person would and tells what it saw, as JSON: node browser.mjs CHROMIUM URL FOLDER
import { join } from "node:path";

import { barriers, launch, watch } from "../browser/chromium.mjs";

const [executablePath, endpoint, folder] = process.argv.slice(2);
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const EDITORS = { query: ".graphiql-query-editor", variables: ".graphiql-editor-tool", answer: ".result-window" };

// what must not happen, gathered over all scenes
const logged = [];
const asked = new Set();
const blocked = [];
const operations = [];

const browser = await launch(executablePath);

async function visit(options = {}, search = "") {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error("blocked", event.violatedDirective));
  });
  const page = await context.newPage();
  watch(page, { logged, blocked });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol === "data:") return;
    asked.add(url.origin + url.pathname);
    if (request.method() === "POST") operations.push(request.postDataJSON().operationName ?? null);
  });
  await page.goto(endpoint + search);
  await isReady(page);
  await isAnswered(page);
  return page;
}

/** The editors are drawn, and the one for the query knows the schema. */
function isReady(page) {
  return page.waitForFunction((editors) => {
    const drawn = editors.map((at) => document.querySelector(`${at} .CodeMirror`)?.CodeMirror);
    return drawn.every(Boolean) && drawn[0].options.hintOptions.schema;
  }, Object.values(EDITORS));
}

/** There is an answer: what stands in front is asked by itself on a first visit and by a link. */
function isAnswered(page) {
  return page.waitForFunction((at) => document.querySelector(`${at} .CodeMirror`).CodeMirror.getValue(), EDITORS.answer);
}

function shows(page, editor) {
  return page.evaluate((at) => document.querySelector(`${at} .CodeMirror`).CodeMirror.getValue(), EDITORS[editor]);
}

async function changes(page, editor, act) {
  const before = await shows(page, editor);
  await act();
  await page.waitForFunction(
    ([at, was]) => ![was, ""].includes(document.querySelector(`${at} .CodeMirror`).CodeMirror.getValue()),
    [EDITORS[editor], before],
  );
  return shows(page, editor);
}

async function answered(page, act) {
  await page.evaluate((at) => document.querySelector(`${at} .CodeMirror`).CodeMirror.setValue(""), EDITORS.answer);
  return JSON.parse(await changes(page, "answer", act));
}

function picture(page, name) {
  return page.screenshot({ path: join(folder, `${name}.png`) });
}

function titles(page) {
  return page.locator(".graphiql-tab-button").allTextContents();
}

function inFront(page) {
  return page.locator('.graphiql-tab-button[aria-current="true"]').allTextContents();
}

function focused(page) {
  return page.evaluate(() => {
    const { role, ariaLabel, textContent } = document.activeElement;
    return [role ?? document.activeElement.localName, ariaLabel ?? textContent].join(" ");
  });
}

const scenes = {
  async first() {
    const page = await visit();
    const found = {
      title: await page.title(),
      heading: await page.locator("h1").allTextContents(),
      tabs: await titles(page),
      inFront: await inFront(page),
      variables: await shows(page, "variables"),
      atFirst: JSON.parse(await shows(page, "answer")),
      barriersAtFirst: await barriers(page),
    };
    found.answer = await answered(page, () => page.getByRole("button", { name: "Execute query" }).click());
    await picture(page, "wide");
    await page.context().close();
    return found;
  },

  async everyTab() {
    const page = await visit();
    const found = {};
    for (const title of await titles(page)) {
      await page.getByRole("button", { name: title, exact: true }).click();
      await page.waitForFunction(
        (name) => document.querySelector(".graphiql-query-editor .CodeMirror").CodeMirror.operationName === name,
        title,
      );
      const { data } = await answered(page, () => page.getByRole("button", { name: "Execute query" }).click());
      found[title] = Object.keys(data);
    }
    await page.context().close();
    return found;
  },

  async schema() {
    const page = await visit();
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    const found = { root: await page.locator(".graphiql-doc-explorer-root-type").first().textContent() };
    found.about = await page.locator(".graphiql-doc-explorer-content .graphiql-markdown-description").first().innerText();
    found.types = await page.locator(".graphiql-doc-explorer-section-content").last().locator("a").allTextContents();
    await page.locator(".graphiql-doc-explorer-content a", { hasText: /^Summit$/ }).click();
    found.description = await page.locator(".graphiql-doc-explorer-content .graphiql-markdown-description").first().innerText();
    await picture(page, "wide-documentation");
    found.barriers = await barriers(page);
    await page.context().close();
    return found;
  },

  async explorer() {
    const page = await visit({}, `?query=${encodeURIComponent("query Q {\n  dataset {\n    contract\n  }\n}")}`);
    await page.getByRole("button", { name: "Show GraphiQL Explorer" }).click();
    const field = page.locator('[data-field-name="licence"]');
    const found = { byMouse: await changes(page, "query", () => field.click()) };
    await picture(page, "wide-explorer");
    await page.locator('[data-field-name="contract"]').focus();
    found.focused = await focused(page);
    found.byKeyboard = await changes(page, "query", () => page.keyboard.press("Space"));
    await page.keyboard.press("ArrowDown");
    found.below = await focused(page);
    found.answer = await answered(page, () => page.getByRole("button", { name: "Execute query" }).click());
    found.barriers = await barriers(page);
    await page.context().close();
    return found;
  },

  async objects() {
    const page = await visit({}, `?query=${encodeURIComponent("query Q {\n  __typename\n}")}`);
    await page.getByRole("button", { name: "Show GraphiQL Explorer" }).click();
    const click = (field, within = "") =>
      changes(page, "query", () => page.locator(`${within} [data-field-name="${field}"]`).first().click());
    const run = () => answered(page, () => page.getByRole("button", { name: "Execute query" }).click());
    const found = { atTheRoot: await click("summits"), answer: await run() };
    found.deeper = await click("place", ".graphiql-explorer-nodes");
    await picture(page, "wide-explorer-objects");
    found.deeperAnswer = await run();
    await click("label", ".graphiql-explorer-nodes");
    await page.locator(".graphiql-explorer-nodes .graphiql-explorer-place [data-field-name=label]").click();
    found.emptied = await shows(page, "query");
    await click("summits");
    found.everyRootField = {};
    const fields = await page.evaluate(
      (at) => Object.keys(document.querySelector(`${at} .CodeMirror`).CodeMirror.options.hintOptions.schema.getQueryType().getFields()),
      EDITORS.query,
    );
    for (const field of fields) {
      const query = await click(field);
      found.everyRootField[field] = { query, ...(await run()) };
      if (field === "path") found.barriers = await barriers(page);
      await click(field);
    }
    await page.context().close();
    return found;
  },

  async link() {
    const query = "query Other { dataset { name } }\n\nquery Named($slug: String!) { summit(slug: $slug) { name } }\n";
    const link = new URLSearchParams({ query, variables: '{"slug":"hanoi-2019"}', operationName: "Named" });
    const before = operations.length;
    const page = await visit({}, `?${link}`);
    const found = {
      tabs: await titles(page),
      inFront: await inFront(page),
      query: await shows(page, "query"),
      variables: await shows(page, "variables"),
      askedUnbidden: operations.slice(before),
    };
    await page.getByRole("textbox", { name: "Query", exact: true }).focus();
    found.answer = await answered(page, () => page.keyboard.press("Control+Enter"));
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy a link to this query" }).click();
    found.copied = Object.fromEntries(new URL(await page.evaluate(() => navigator.clipboard.readText())).searchParams);
    found.isToldVisibly = await page.getByText("Link copied.").isVisible();
    await picture(page, "wide-link");
    found.told = await page.locator("[role=status].told").textContent();
    await page.getByRole("button", { name: "Search", exact: true }).click();
    found.addressAfterwards = page.url();
    await page.context().close();
    return found;
  },

  async return() {
    const page = await visit();
    await page.getByRole("button", { name: "SpellingsOfAName", exact: true }).click();
    // GraphiQL stores the tabs half a second after a change
    await page.waitForFunction(() => Object.values(localStorage).some((kept) => kept.includes('"activeTabIndex":4')));
    await page.reload();
    await isReady(page);
    const found = { tabs: await titles(page), inFront: await inFront(page), variables: await shows(page, "variables") };
    await page.goto(`${endpoint}?query=${encodeURIComponent("query Linked { dataset { name } }")}`);
    await isReady(page);
    found.withLink = await titles(page);
    found.linkInFront = await inFront(page);
    found.linkVariables = await shows(page, "variables");
    await page.context().close();
    return found;
  },

  async keyboard() {
    const page = await visit();
    const stops = [];
    while (stops.length < 60 && !stops.at(-1)?.startsWith("textbox Answer")) {
      await page.keyboard.press("Tab");
      stops.push(await focused(page));
      if (stops.at(-1) === "textbox Query") {
        stops.push(await answered(page, () => page.keyboard.press("Control+Enter")).then(({ data }) => data.now.status));
      }
    }
    await page.context().close();
    return stops;
  },

  async typing() {
    const page = await visit();
    await page.getByRole("button", { name: "Show GraphiQL Explorer" }).click();
    await page.getByRole("button", { name: "New tab" }).click();
    await page.getByRole("textbox", { name: "Query", exact: true }).focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("{ summits(first: 1) { nodes { slu", { delay: 30 });
    await page.locator(".CodeMirror-hint-active", { hasText: "slug" }).waitFor();
    const found = { query: await changes(page, "query", () => page.keyboard.press("Enter")) };
    await page.context().close();
    return found;
  },

  async dialogues() {
    const page = await visit();
    const found = {};
    for (const name of ["short keys", "settings"]) {
      await page.getByRole("button", { name: `Open ${name} dialog` }).click();
      await page.getByRole("dialog").waitFor();
      found[name] = await barriers(page);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    found.focusAfterwards = await focused(page);
    await page.context().close();
    return found;
  },

  async narrow() {
    const page = await visit({ viewport: NARROW, hasTouch: true, isMobile: true });
    await answered(page, () => page.getByRole("button", { name: "Execute query" }).tap());
    await picture(page, "narrow");
    const found = { barriers: await barriers(page) };
    found.widths = await page.evaluate((editors) => [
      document.documentElement.scrollWidth,
      ...editors.map((at) => Math.round(document.querySelector(`${at} .CodeMirror`).getBoundingClientRect().width)),
    ], Object.values(EDITORS));
    await page.getByRole("button", { name: "Show GraphiQL Explorer" }).tap();
    await picture(page, "narrow-explorer");
    await page.getByRole("button", { name: "Open settings dialog" }).tap();
    await page.getByRole("dialog").waitFor();
    await picture(page, "narrow-settings");
    await page.context().close();
    return found;
  },

  async dark() {
    const page = await visit({ colorScheme: "dark" });
    await answered(page, () => page.getByRole("button", { name: "Execute query" }).click());
    await picture(page, "dark");
    const found = { barriers: await barriers(page) };
    await page.context().close();
    return found;
  },

  async withoutScript() {
    const context = await browser.newContext({ viewport: WIDE, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(endpoint);
    const found = { heading: await page.locator("h1").allTextContents(), schema: await page.locator("a").getAttribute("href") };
    await picture(page, "without-script");
    await context.close();
    return found;
  },
};

const seen = {};
for (const [name, scene] of Object.entries(scenes)) seen[name] = await scene();
await browser.close();
console.log(JSON.stringify({ ...seen, logged, blocked, asked: [...asked] }));
