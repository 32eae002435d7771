// What each script begins with that looks at a page through Chromium.
import axe from "axe-core";
import { chromium } from "playwright-core";

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

export function launch(executablePath) {
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** Gathers what must not happen on a page: in `logged` what is logged or thrown, in `blocked` what cannot be fetched. */
export function watch(page, { logged, blocked }) {
  page.on("console", (message) => logged.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => logged.push(`thrown: ${error.stack}`));
  page.on("requestfailed", (request) => {
    const { errorText } = request.failure();
    // who leaves a page before its icon has come gives up the icon
    const isLeft = errorText === "net::ERR_ABORTED" && request.url().includes("/assets/favicon");
    if (!isLeft) blocked.push(`${request.url()}: ${errorText}`);
  });
  page.on("response", (response) => response.status() < 400 || blocked.push(`${response.url()}: ${response.status()}`));
}

/** What axe-core finds against WCAG 2.2 A and AA and its own rules of good practice. */
export async function barriers(page) {
  // animations and fading tooltips have colours of their own
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  return page.evaluate(`${axe.source}; axe.run({ selectors: false }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 200)).join(", ")))`);
}
