// Zooms the network, and highlights the ties of the person under the pointer or with the focus.
import { select } from "d3-selection";
import { zoom } from "d3-zoom";

import { enableButtons, isMeant } from "./shared/zooming.js";

const figure = document.querySelector("figure.network");
if (figure) {
  enhanceZoom(figure);
  enhanceNeighbours(figure);
}

function enhanceZoom(figure) {
  const svg = figure.querySelector(".scroll > svg");
  const ground = svg.querySelector(".ground");
  const { width, height } = svg.viewBox.baseVal;
  const extent = [[0, 0], [width, height]];
  const behaviour = zoom()
    .scaleExtent([1, 8])
    .extent(extent)
    .translateExtent(extent)
    .filter(isMeant)
    .on("zoom", ({ transform }) => ground.setAttribute("transform", transform));
  select(svg).call(behaviour);
  enableButtons(figure, svg, behaviour);
}

function enhanceNeighbours(figure) {
  const nodes = new Map([...figure.querySelectorAll(".node")].map((node) => [node.dataset.slug, node]));
  const ties = [...figure.querySelectorAll("a.tie")].map((tie) => ({ tie, ends: tie.dataset.ends.split(" ") }));

  function show(slug) {
    const near = ties.filter(({ ends }) => ends.includes(slug));
    figure.classList.add("looked-at");
    for (const { tie } of near) tie.classList.add("near");
    for (const each of new Set([slug, ...near.flatMap(({ ends }) => ends)])) nodes.get(each).classList.add("near");
  }

  function hide() {
    figure.classList.remove("looked-at");
    for (const each of figure.querySelectorAll(".near")) each.classList.remove("near");
  }

  for (const [slug, node] of nodes) {
    for (const event of ["pointerenter", "focusin"]) {
      node.addEventListener(event, () => {
        hide();
        show(slug);
      });
    }
    for (const event of ["pointerleave", "focusout"]) node.addEventListener(event, hide);
  }
}
