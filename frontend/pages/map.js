// Lets the map be moved and looked at closer in; clusters open. The places are read from the table beside the picture,
// put together as service/pages/drawing/clusters.py does it, and named as names.py there does.
import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform } from "d3-zoom";

import { enableButtons, isMeant, moved } from "./shared/zooming.js";

const SPACING = 22;
const SVG = "http://www.w3.org/2000/svg";
// closer in, coordinates and outlines are no more exact
const LARGEST_SCALE = 62.5;
const FINE_ABOVE = 5;
const MOST_NAMES = 40;
const GAP = 4;

const svg = document.querySelector("svg.map");
const figure = svg.closest("figure");
const land = svg.querySelector(".land");
const marks = svg.querySelector(".marks");
const { width, height } = svg.viewBox.baseVal;
const home = { scale: Number(svg.dataset.scale), left: Number(svg.dataset.left), top: Number(svg.dataset.top) };
const coarse = land.getAttribute("d");
const sites = [...document.querySelectorAll("table.sites tr[data-x]")].map(readSite);
let outlines;
let view;

const behaviour = zoom()
  .scaleExtent([1, Math.max(1, LARGEST_SCALE / home.scale)])
  .extent([[0, 0], [width, height]])
  .translateExtent([[0, 0], [width, height]])
  .filter(isMeant)
  .on("zoom", ({ transform }) => show(transform));

select(svg).call(behaviour);
enableButtons(figure, svg, behaviour);
show(zoomIdentity);

function readSite(row) {
  const [place, state, number] = row.cells;
  const link = number.querySelector("a") ?? place.querySelector("a");
  return {
    x: Number(row.dataset.x),
    y: Number(row.dataset.y),
    isState: "state" in row.dataset,
    slug: decodeURIComponent(new URL(place.querySelector("a").href).pathname.split("/").at(-1)),
    url: row.dataset.url ?? link.href,
    label: place.textContent,
    // what is marked at its state is called by the state
    name: row.dataset.url ? state.querySelector("a").lastChild.textContent.trim() : place.textContent,
    count: Number(number.textContent),
  };
}

function show({ k, x, y }) {
  view = { scale: home.scale * k, left: home.left * k + x, top: home.top * k + y };
  land.setAttribute("transform", `translate(${view.left} ${view.top}) scale(${view.scale})`);
  const links = clusters().filter(([first]) => isSeen(first)).map(mark);
  marks.replaceChildren(...links);
  if (links.length <= MOST_NAMES) nameMarks(links);
  if (k > 1 && view.scale > FINE_ABOVE) showOutlines();
  else land.setAttribute("d", coarse);
}

async function showOutlines() {
  outlines ??= fetch(svg.dataset.land).then((response) => response.json());
  const { cell, fine } = await outlines;
  // by now it may be looked at from farther off again
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

function isSeen(site) {
  const { x, y } = place(site);
  return x >= 0 && x <= width && y >= 0 && y <= height;
}

function radius(count) {
  return 5 + 4.5 * Math.log10(count);
}

function clusters() {
  const groups = [];
  for (const site of sites) {
    const near = groups
      .map((group) => [Math.hypot(group[0].x - site.x, group[0].y - site.y) * view.scale, group])
      .filter(([distance, [first]]) => distance < Math.max(SPACING, radius(first.count) + SPACING / 4))
      .sort(([one], [other]) => one - other);
    if (near.length > 0) near[0][1].push(site);
    else groups.push([site]);
  }
  const size = (group) => group.reduce((sum, { count }) => sum + count, 0);
  return groups.sort((one, other) => size(other) - size(one));
}

function mark(group) {
  const [first] = group;
  const count = group.reduce((sum, each) => sum + each.count, 0);
  const [left, right] = [Math.min(...group.map(({ x }) => x)), Math.max(...group.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...group.map(({ y }) => y)), Math.max(...group.map(({ y }) => y))];
  const spread = Math.max(right - left, bottom - top);
  const isCluster = spread * LARGEST_SCALE > SPACING;
  const kind = isCluster ? "cluster" : group.every(({ isState }) => isState) ? "state" : "place";
  const at = place(first);

  const name = isCluster ? `${first.name} + ${group.length - 1}` : first.name;
  const link = element("a", { "data-name": name, href: isCluster ? closerUrl(group) : first.url, class: `site ${kind}` });
  const more = group.length > 3 ? ` + ${group.length - 3}` : "";
  const names = group.slice(0, 3).map(({ label }) => label).join(", ");
  link.append(element("title", {}, `${names}${more} (${svg.dataset.meetings}: ${count})`));
  link.append(element("circle", { cx: at.x, cy: at.y, r: radius(count) }));
  if (count > 1) link.append(element("text", { x: at.x, y: at.y }, String(count)));
  if (isCluster) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open((left + right) / 2, (top + bottom) / 2, spread);
    });
  }
  return link;
}

/** Writes names beside marks, behind them or before them, where they lie upon no mark and no other name. */
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

/** Where a cluster leads in another window. */
function closerUrl(group) {
  const url = new URL(location.href);
  url.searchParams.set("place", group.map(({ slug }) => slug).join(","));
  return url.href;
}

/** Shows a cluster so that its places stand apart. */
function open(x, y, spread) {
  const { k } = zoomTransform(svg);
  const closer = Math.min(Math.max(2 * k, (height * 0.7) / spread / home.scale), behaviour.scaleExtent()[1]);
  const middle = [home.left + x * home.scale, home.top + y * home.scale];
  const target = zoomIdentity.translate(width / 2, height / 2).scale(closer).translate(-middle[0], -middle[1]);
  moved(svg).call(behaviour.transform, behaviour.constrain()(target, behaviour.extent()(), behaviour.translateExtent()));
}

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}
