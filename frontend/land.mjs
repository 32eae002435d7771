// Converts the Natural Earth land of the npm package world-atlas to SVG paths for the maps.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const WIDTH = 960;
const CELL = 60;
// cells overlap slightly, otherwise gaps would be visible at their edges
const BLEED = 0.25;

/** Returns the content of land.json for service/pages/drawing/land.py: the land by cell, in low and high resolution. */
export async function drawLand() {
  const projection = geoEqualEarth().fitWidth(WIDTH, { type: "Sphere" });
  const height = 2 * projection.translate()[1];
  const { version, license } = require("world-atlas/package.json");
  const land = {
    source: `Natural Earth 4.1 (public domain), as the npm package world-atlas ${version} (${license}) has it`,
    projection: "Equal Earth",
    width: WIDTH,
    height,
    cell: CELL,
    coarse: cells(projection, await atlas("land-110m"), height, 1),
    fine: cells(projection, await atlas("land-50m"), height, 2),
  };
  return `${JSON.stringify(land, null, 1)}\n`;
}

async function atlas(name) {
  const topology = JSON.parse(await readFile(require.resolve(`world-atlas/${name}.json`), "utf8"));
  return feature(topology, topology.objects.land);
}

/** Cells by column and row, "3,1". Cells with only sea are left out. */
function cells(projection, land, height, digits) {
  const drawn = {};
  for (let row = 0; row * CELL < height; row++) {
    for (let column = 0; column * CELL < WIDTH; column++) {
      const [left, top] = [column * CELL, row * CELL];
      projection.clipExtent([[left - BLEED, top - BLEED], [left + CELL + BLEED, top + CELL + BLEED]]);
      const d = path(projection, land, digits);
      if (d) drawn[`${column},${row}`] = d;
    }
  }
  return drawn;
}

/** Returns the path of a shape, with each point relative to the previous one, rounded to the given digits. */
function path(projection, shape, digits) {
  const unit = 10 ** digits;
  const rings = [];
  geoPath(projection, {
    moveTo: (x, y) => rings.push([[Math.round(x * unit), Math.round(y * unit)]]),
    lineTo: (x, y) => rings.at(-1).push([Math.round(x * unit), Math.round(y * unit)]),
    closePath: () => {},
  })(shape);
  return rings.map((ring) => written(ring, unit)).join("");
}

function written(ring, unit) {
  let [x, y] = ring[0];
  const steps = [];
  for (const [nextX, nextY] of ring.slice(1)) {
    if (nextX === x && nextY === y) continue;
    steps.push(pair((nextX - x) / unit, (nextY - y) / unit));
    [x, y] = [nextX, nextY];
  }
  // shapes smaller than one digit would be invisible
  return steps.length < 3 ? "" : `M${pair(ring[0][0] / unit, ring[0][1] / unit)}l${steps.join(" ").replaceAll(" -", "-")}z`;
}

function pair(x, y) {
  return `${number(x)} ${number(y)}`;
}

function number(value) {
  return String(Number(value.toFixed(2))).replace(/^(-?)0\./, "$1.");
}
