// What pictures that can be looked at closer in have in common.
import { select } from "d3-selection";
import { zoomIdentity } from "d3-zoom";

/** The page goes on scrolling by wheel and by one finger. */
export function isMeant(event) {
  if (event.type === "wheel") return event.ctrlKey || event.metaKey;
  if (event.type.startsWith("touch")) return event.touches.length > 1;
  return !event.button && !event.ctrlKey;
}

/** The picture, to be moved: at once for those who want nothing to move by itself. */
export function moved(svg) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return isStill ? select(svg) : select(svg).transition().duration(400);
}

/** Shows the buttons of a figure: each takes the picture closer by its factor, or back. */
export function enableButtons(figure, svg, behaviour) {
  for (const button of figure.querySelectorAll("button[data-zoom]")) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener("click", () =>
      factor ? moved(svg).call(behaviour.scaleBy, factor) : moved(svg).call(behaviour.transform, zoomIdentity),
    );
  }
  figure.querySelector(".zoom").hidden = false;
}
