import { NOWHERE, type Region } from "./cell-grid.ts";

/** In cells. */
export type Point = readonly [number, number];
export type Polygon = readonly Point[];
/** ISO 32000-2 8.5.3.3. */
export type FillRule = "nonzero" | "even-odd";

/** SECURITY: a drawing of a thousand lines is no cover that somebody put over a text. */
const MAXIMUM_EDGES = 1000;
const STRAIGHT = 0.01;

/** The cells whose middles lie in polygons that close themselves ; nowhere for very many edges. */
export function regionOf(polygons: readonly Polygon[], rule: FillRule, height: number): Region {
  const [first] = polygons;
  const rectangle = polygons.length === 1 && first !== undefined ? rectangleOf(first, height) : undefined;
  if (rectangle !== undefined) {
    return rectangle;
  }
  const edges = polygons.flatMap(edgesOf);
  if (edges.length > MAXIMUM_EDGES) {
    return NOWHERE;
  }
  const bottom = Math.max(0, middle(Math.min(...edges.map((edge) => Math.min(edge.y1, edge.y2)))));
  const top = Math.min(height, middle(Math.max(...edges.map((edge) => Math.max(edge.y1, edge.y2)))));
  const crossings: (readonly [number, number])[][] = Array.from({ length: Math.max(0, top - bottom) }, () => []);
  for (const { x1, y1, x2, y2 } of edges) {
    const [low, high] = [Math.min(y1, y2), Math.max(y1, y2)];
    for (let row = Math.max(bottom, middle(low)); row < Math.min(top, middle(high)); row += 1) {
      crossings[row - bottom]?.push([x1 + ((row + 0.5 - y1) / (y2 - y1)) * (x2 - x1), y2 > y1 ? 1 : -1]);
    }
  }
  return { kind: "rows", bottom, rows: crossings.map((row) => spansOf(row, rule)) };
}

/** The first cell whose middle is not before this place. */
const middle = (place: number): number => Math.ceil(place - 0.5);

function edgesOf(polygon: Polygon): { x1: number; y1: number; x2: number; y2: number }[] {
  return polygon.flatMap(([x1, y1], index) => {
    const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [x1, y1];
    return y1 === y2 ? [] : [{ x1, y1, x2, y2 }];
  });
}

function spansOf(row: readonly (readonly [number, number])[], rule: FillRule): number[] {
  const spans: number[] = [];
  let winding = 0;
  let from = 0;
  for (const [x, direction] of [...row].sort(([a], [b]) => a - b)) {
    const before = rule === "nonzero" ? winding : winding % 2;
    winding += rule === "nonzero" ? direction : 1;
    const after = rule === "nonzero" ? winding : winding % 2;
    if (before === 0 && after !== 0) {
      from = middle(x);
    } else if (before !== 0 && after === 0 && middle(x) > from) {
      spans.push(from, middle(x));
    }
  }
  return spans;
}

/** By far the most shapes are rectangles along the axes. */
function rectangleOf(polygon: Polygon, height: number): Region | undefined {
  const [first, second, third, fourth, fifth] = polygon;
  const closed =
    polygon.length === 4 || (polygon.length === 5 && fifth?.[0] === first?.[0] && fifth?.[1] === first?.[1]);
  if (!closed || first === undefined || second === undefined || third === undefined || fourth === undefined) {
    return undefined;
  }
  const same = (a: number, b: number): boolean => Math.abs(a - b) < STRAIGHT;
  const isUpright =
    (same(first[1], second[1]) &&
      same(second[0], third[0]) &&
      same(third[1], fourth[1]) &&
      same(fourth[0], first[0])) ||
    (same(first[0], second[0]) && same(second[1], third[1]) && same(third[0], fourth[0]) && same(fourth[1], first[1]));
  return isUpright
    ? {
        kind: "rectangle",
        left: middle(Math.min(first[0], third[0])),
        bottom: Math.max(0, middle(Math.min(first[1], third[1]))),
        right: middle(Math.max(first[0], third[0])),
        top: Math.min(height, middle(Math.max(first[1], third[1]))),
      }
    : undefined;
}
