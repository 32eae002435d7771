// The parts of a timeline that move when it is zoomed.
export const DAY = 86_400_000;
const NARROWEST = 11;

/** Returns, for each part, a function that draws it at its place for a transform of the axis. */
export function marksOf(svg, left, right) {
  return [
    ...[...svg.querySelectorAll("a.mark")].map((mark) => moverOfMark(mark, left, right)),
    ...[...svg.querySelectorAll(".tone .marks rect")].map(moverOfBar),
    ...[...svg.querySelectorAll(".over")].map(moverOfNumber),
  ];
}

function moverOfMark(mark, left, right) {
  const [start, end] = [Number(mark.dataset.start), Number(mark.dataset.end)];
  const [drawnX, drawnWidth] = widened(start, end, left, right);
  return (transform) => {
    // the server keeps narrow marks within the axis; zoomed marks may extend beyond it
    const edges = transform.k > 1 ? [-Infinity, Infinity] : [left, right];
    const [x, width] = widened(transform.applyX(start), transform.applyX(end), ...edges);
    const wider = width - drawnWidth;
    mark.setAttribute("transform", `translate(${x - drawnX} 0)`);
    mark.querySelector("rect")?.setAttribute("width", width);
    for (const part of mark.querySelectorAll(".at-middle")) part.setAttribute("transform", `translate(${wider / 2} 0)`);
    for (const part of mark.querySelectorAll(".at-end")) part.setAttribute("transform", `translate(${wider} 0)`);
  };
}

// never too narrow to select, and within these ends
function widened(start, end, least, most) {
  if (end - start >= NARROWEST) return [start, end - start];
  return [Math.min(Math.max((start + end - NARROWEST) / 2, least), most - NARROWEST), NARROWEST];
}

function moverOfBar(bar) {
  const [x, width] = [Number(bar.getAttribute("x")), Number(bar.getAttribute("width"))];
  return (transform) => {
    bar.setAttribute("x", transform.applyX(x));
    bar.setAttribute("width", width * transform.k);
  };
}

function moverOfNumber(text) {
  const x = Number(text.getAttribute("x"));
  return (transform) => text.setAttribute("x", transform.applyX(x));
}
