// Shared code of zoomable drawings.
import { select } from "d3-selection";
import { zoomIdentity } from "d3-zoom";

/** Leaves scrolling by wheel and by one finger to the page. */
export function isMeant(event) {
  if (event.type === "wheel") return event.ctrlKey || event.metaKey;
  if (event.type.startsWith("touch")) return event.touches.length > 1;
  return !event.button && !event.ctrlKey;
}

/** Returns the selection to move: without animation if the reader prefers reduced motion. */
export function moved(svg) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return isStill ? select(svg) : select(svg).transition().duration(400);
}

/** Shows the buttons of a figure: each zooms by its factor, or resets the view. */
export function enableButtons(figure, svg, behaviour) {
  for (const button of figure.querySelectorAll("button[data-zoom]")) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener("click", () =>
      factor ? moved(svg).call(behaviour.scaleBy, factor) : moved(svg).call(behaviour.transform, zoomIdentity),
    );
  }
  figure.querySelector(".zoom").hidden = false;
}
