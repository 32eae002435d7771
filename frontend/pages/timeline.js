// Zooms a timeline drawn by the server: days move apart, and a mark is as wide as its days or wide enough to select.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

import { DAY, marksOf } from "./timeline/marks.js";
import { ticksBetween } from "./timeline/ticks.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const FEWEST_DAYS = 8;
const STEP = 2;
const KEYS = { "+": "closer", "=": "closer", "-": "wider", 0: "whole", ArrowLeft: "back", ArrowRight: "forward" };
const SIGNS = { closer: "+", wider: "−", back: "←", forward: "→", whole: "↔" };

for (const svg of document.querySelectorAll("svg.timeline")) enhance(svg);

function enhance(svg) {
  const region = svg.parentElement;
  const [left, right] = [Number(svg.dataset.left), Number(svg.dataset.right)];
  const { width, height } = svg.viewBox.baseVal;
  const first = Date.parse(svg.dataset.first);
  const span = Date.parse(svg.dataset.last) + DAY - first;
  const marks = marksOf(svg, left, right);
  const range = document.createElement("output");
  const dayAt = (x) => new Date(first + ((x - left) / (right - left)) * span);
  const placeOf = (day) => left + ((day - first) / span) * (right - left);

  clip(svg, left, width, height);
  const behaviour = zoom()
    .extent([[left, 0], [right, height]])
    .translateExtent([[left, 0], [right, height]])
    .scaleExtent([1, Math.max(1, span / DAY / FEWEST_DAYS)])
    // the wheel scrolls the page and one finger the drawing, unless the gesture is a zoom
    .filter((event) => !event.button && (event.type === "wheel" ? event.ctrlKey || event.metaKey : !event.touches || event.touches.length > 1))
    .on("zoom", ({ transform }) => draw(transform));
  const drawing = select(svg).call(behaviour);

  function draw(transform) {
    const [from, to] = [left, right].map((x) => dayAt(transform.invertX(x)));
    for (const move of marks) move(transform);
    const ticks = ticksBetween(from, to).map(({ day, label }) => [transform.applyX(placeOf(day)), label]);
    svg.querySelector(".ticks").replaceChildren(...ticks.flatMap(([x, label]) => tick(x, label, height)));
    svg.classList.toggle("zoomed", transform.k > 1);
    range.value = `${from.toISOString().slice(0, 10)} – ${new Date(to - DAY).toISOString().slice(0, 10)}`;
  }

  const pan = (share) => drawing.call(behaviour.translateBy, (share * (right - left)) / currentScale(svg), 0);
  const moves = {
    closer: () => drawing.call(behaviour.scaleBy, STEP),
    wider: () => drawing.call(behaviour.scaleBy, 1 / STEP),
    back: () => pan(0.25),
    forward: () => pan(-0.25),
    whole: () => drawing.call(behaviour.transform, zoomIdentity),
  };
  region.before(toolbar(region.dataset, moves, range));
  region.addEventListener("keydown", (event) => {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    // if not zoomed in, arrow keys scroll the drawing in narrow windows
    if (event.key.startsWith("Arrow") && currentScale(svg) === 1) return;
    event.preventDefault();
    moves[name]();
  });
  // scroll to marks that are reached by keyboard
  svg.addEventListener("focusin", ({ target }) => {
    const mark = target.closest("a.mark");
    if (mark && currentScale(svg) > 1) {
      drawing.call(behaviour.translateTo, (Number(mark.dataset.start) + Number(mark.dataset.end)) / 2, 0);
    }
  });
  draw(zoomIdentity);
}

function currentScale(svg) {
  return svg.__zoom.k;
}

function element(name, attributes) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function tick(x, label, height) {
  const text = element("text", { class: "tick", x: x + 3, y: 18 });
  text.textContent = label;
  return [element("line", { class: "grid", x1: x, y1: 22, x2: x, y2: height }), text];
}

// marks outside the axis are not drawn over the names of the lanes
function clip(svg, left, width, height) {
  const path = element("clipPath", { id: "timeline-days" });
  path.append(element("rect", { x: left - 6, y: 0, width: width - left + 6, height }));
  svg.prepend(path);
  for (const group of svg.querySelectorAll(".marks")) group.setAttribute("clip-path", "url(#timeline-days)");
}

function toolbar(words, moves, range) {
  const bar = document.createElement("div");
  bar.className = "zoom";
  for (const [name, move] of Object.entries(moves)) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: SIGNS[name] });
    button.title = words[name];
    button.setAttribute("aria-label", words[name]);
    button.addEventListener("click", move);
    bar.append(button);
  }
  bar.append(range);
  return bar;
}
