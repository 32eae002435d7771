// Pans and zooms the map; clusters open, and the URL hash contains the view. The table next to the map lists which
// places are drawn as one mark at which scale, as computed by service/pages/drawing/clusters.py.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

import { enableButtons, isMeant, moved } from "./shared/zooming.js";

const SVG = "http://www.w3.org/2000/svg";
const FINE_ABOVE = 5;
const MOST_NAMES = 40;
const GAP = 4;
const ADDRESS = /^#map=(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/;

const svg = document.querySelector("svg.map");
const figure = svg.closest("figure");
const land = svg.querySelector(".land");
const marks = svg.querySelector(".marks");
const { width, height } = svg.viewBox.baseVal;
const home = { scale: Number(svg.dataset.scale), left: Number(svg.dataset.left), top: Number(svg.dataset.top) };
const [largest, closer] = [Number(svg.dataset.largest), Number(svg.dataset.closer)];
const [leastRadius, radiusStep] = svg.dataset.radius.split(" ").map(Number);
const coarse = land.getAttribute("d");
const points = readPoints();
let outlines;
let view;

const behaviour = zoom()
  .scaleExtent([1, Math.max(1, largest / home.scale)])
  .extent([[0, 0], [width, height]])
  .translateExtent([[0, 0], [width, height]])
  .filter(isMeant)
  .on("zoom", ({ transform }) => show(transform))
  .on("end", ({ transform }) => keepInAddress(transform));

select(svg).call(behaviour);
enableButtons(figure, svg, behaviour);
show(zoomIdentity);
if (asked()) select(svg).call(behaviour.transform, asked());
addEventListener("hashchange", () => moved(svg).call(behaviour.transform, asked() ?? zoomIdentity));

/** The points of the map by number, each with the rows of its places. */
function readPoints() {
  const found = [];
  for (const row of document.querySelectorAll("table.sites tr[data-point]")) {
    const point = (found[row.dataset.point] ??= { number: Number(row.dataset.point), sites: [] });
    const [place] = row.cells;
    point.sites.push({ label: place.textContent, count: Number(row.dataset.count) });
    if (row.dataset.url) {
      Object.assign(point, {
        x: Number(row.dataset.x),
        y: Number(row.dataset.y),
        isState: "state" in row.dataset,
        url: row.dataset.url,
        name: row.dataset.name ?? place.textContent,
        heads: row.dataset.heads?.split(" ").map(Number) ?? [],
      });
    }
  }
  return found;
}

function show({ k, x, y }) {
  view = { k, scale: home.scale * k, left: home.left * k + x, top: home.top * k + y };
  land.setAttribute("transform", `translate(${view.left} ${view.top}) scale(${view.scale})`);
  const links = clusters().filter(([first]) => isSeen(first)).map(mark);
  const focused = marks.contains(document.activeElement) && document.activeElement.dataset.point;
  marks.replaceChildren(...links);
  // focus stays on its mark, or moves to the first mark that a cluster opens into
  if (focused) links.find((link) => link.dataset.point === focused)?.focus({ preventScroll: true });
  if (links.length <= MOST_NAMES) nameMarks(links);
  if (k > 1 && view.scale > FINE_ABOVE) showOutlines();
  else land.setAttribute("d", coarse);
}

/** Returns the view in the URL hash, limited to what the map can show; null if there is none. */
function asked() {
  const [, scale, x, y] = ADDRESS.exec(location.hash)?.map(Number) ?? [];
  return scale ? around(x, y, scale) : null;
}

/** Returns the transform for a scale, centred on a point of the world map. */
function around(x, y, scale) {
  const [least, most] = behaviour.scaleExtent();
  const k = Math.min(Math.max(least, scale / home.scale), most);
  const target = zoomIdentity
    .translate(width / 2, height / 2)
    .scale(k)
    .translate(-home.left - x * home.scale, -home.top - y * home.scale);
  return behaviour.constrain()(target, behaviour.extent()(), behaviour.translateExtent());
}

/** Writes the scale and centre to the URL hash, so that the view can be shared regardless of window size. */
function keepInAddress({ k }) {
  const hash = k > 1 ? addressOf((width / 2 - view.left) / view.scale, (height / 2 - view.top) / view.scale, view.scale) : "";
  if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search);
}

function addressOf(x, y, scale) {
  return `#map=${scale.toFixed(2)}/${x.toFixed(2)}/${y.toFixed(2)}`;
}

async function showOutlines() {
  outlines ??= fetch(svg.dataset.land).then((response) => response.json());
  const { cell, fine } = await outlines;
  // the reader may have zoomed out again by now
  if (view.scale <= FINE_ABOVE) return;
  const first = [-view.left, -view.top].map((start) => Math.floor(start / view.scale / cell));
  const last = [width - view.left, height - view.top].map((end) => Math.floor(end / view.scale / cell));
  let path = "";
  for (let row = first[1]; row <= last[1]; row++) {
    for (let column = first[0]; column <= last[0]; column++) path += fine[`${column},${row}`] ?? "";
  }
  land.setAttribute("d", path);
}

function place({ x, y }) {
  return { x: view.left + x * view.scale, y: view.top + y * view.scale };
}

function isSeen(point) {
  const { x, y } = place(point);
  return x >= 0 && x <= width && y >= 0 && y <= height;
}

function countOf(group) {
  return group.reduce((sum, { sites }) => sites.reduce((more, { count }) => more + count, sum), 0);
}

/** Groups the points drawn as one mark at this scale, each group with the point at which it is drawn. */
function clusters() {
  // slightly below a scale counts as that scale
  const level = view.scale * 1.0001 < largest ? Math.floor(Math.log(view.k * 1.0001) / Math.log(closer)) : Infinity;
  const groups = new Map(points.map((point) => [point.number, []]));
  for (const point of points) groups.get(point.heads[level] ?? point.number).push(point);
  return [...groups.values()].filter((group) => group.length > 0).sort((one, other) => countOf(other) - countOf(one));
}

function mark(group) {
  const [first] = group;
  const count = countOf(group);
  const sites = group.flatMap((point) => point.sites).sort((one, other) => other.count - one.count);
  const isCluster = group.length > 1;
  const kind = isCluster ? "cluster" : first.isState ? "state" : "place";
  const at = place(first);

  const name = isCluster ? `${first.name} + ${sites.length - 1}` : first.name;
  const link = element("a", { "data-point": first.number, "data-name": name, href: isCluster ? closerAddress(group) : first.url, class: `site ${kind}` });
  const more = sites.length > 3 ? ` + ${sites.length - 3}` : "";
  const names = sites.slice(0, 3).map(({ label }) => label).join(", ");
  const written = count.toLocaleString(document.documentElement.lang);
  link.append(element("title", {}, `${names}${more} (${svg.dataset.meetings}${written})`));
  link.append(element("circle", { cx: at.x, cy: at.y, r: leastRadius + radiusStep * Math.log10(count) }));
  if (count > 1) link.append(element("text", { x: at.x, y: at.y }, written));
  return link;
}

/** Returns the URL of the map at a scale at which the places of a cluster are separate. */
function closerAddress(group) {
  const [left, right] = [Math.min(...group.map(({ x }) => x)), Math.max(...group.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...group.map(({ y }) => y)), Math.max(...group.map(({ y }) => y))];
  const scale = Math.max(2 * view.scale, (height * 0.7) / Math.max(right - left, bottom - top));
  return addressOf((left + right) / 2, (top + bottom) / 2, Math.min(scale, largest));
}

/** Writes names after or before marks, if they do not cover a mark or another name. */
function nameMarks(links) {
  const taken = links.map((link) => link.querySelector("circle").getBBox());
  for (const [index, link] of links.entries()) {
    const { x, y, width: size, height: depth } = taken[index];
    const text = link.appendChild(element("text", { class: "name", y: y + depth / 2 }, link.dataset.name));
    const length = text.getComputedTextLength();
    const frames = [x + size + GAP, x - GAP - length].map((left) => ({ x: left, y: y + depth / 2 - 8, width: length, height: 16 }));
    const free = frames.find((frame) => frame.x >= 0 && frame.x + length <= width && !taken.some(overlaps(frame)));
    if (free) {
      text.setAttribute("x", free.x);
      taken.push(free);
    } else text.remove();
  }
}

function overlaps(one) {
  return (other) =>
    one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}
