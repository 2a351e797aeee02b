import { join } from "node:path";
import { openSync, type Font } from "fontkit";
import { describe, expect, test } from "vitest";
import { isStar, isTickShape } from "../../../../electron/verify/drawing/mark-outlines.ts";

type Point = readonly [number, number];

const FONTS = join(import.meta.dirname, "../../../../node_modules/pdfjs-dist/standard_fonts");
const FACES = ["Regular", "Bold", "Italic", "BoldItalic"];
const STEPS = 6;

/** The rings of a glyph, its curves as many short lines. */
function ringsOf(font: Font, sign: string): readonly (readonly Point[])[] {
  const rings: Point[][] = [];
  for (const { command, args } of font.layout(sign).glyphs[0]?.path.commands ?? []) {
    const [a = 0, b = 0, c = 0, d = 0] = args;
    const from = rings.at(-1)?.at(-1) ?? [0, 0];
    switch (command) {
      case "moveTo":
        rings.push([[a, b]]);
        break;
      case "lineTo":
        rings.at(-1)?.push([a, b]);
        break;
      case "quadraticCurveTo":
        for (let step = 1; step <= STEPS; step += 1) {
          const t = step / STEPS;
          const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
          rings.at(-1)?.push([p * from[0] + q * a + r * c, p * from[1] + q * b + r * d]);
        }
        break;
      case "bezierCurveTo":
      case "closePath":
        break;
    }
  }
  return rings;
}

/** One outline: from the nearest corner of each hole a cut leads to the edge. */
function outlineOf(rings: readonly (readonly Point[])[]): readonly Point[] {
  const widthOf = (ring: readonly Point[]): number =>
    Math.max(...ring.map(([x]) => x)) - Math.min(...ring.map(([x]) => x));
  const [outer = [], ...holes] = [...rings].sort((a, b) => widthOf(b) - widthOf(a));
  return holes.reduce<readonly Point[]>((outline, hole) => {
    const pairs = outline.flatMap((a, i) => hole.map((b, j) => ({ i, j, away: Math.hypot(a[0] - b[0], a[1] - b[1]) })));
    const { i, j } = pairs.reduce((best, pair) => (pair.away < best.away ? pair : best));
    return [...outline.slice(0, i + 1), ...hole.slice(j), ...hole.slice(0, j + 1), ...outline.slice(i)];
  }, outer);
}

describe.each(FACES)("in LiberationSans %s", (face) => {
  const font = openSync(join(FONTS, `LiberationSans-${face}.ttf`)) as Font;
  test.each(Array.from("0123456789"))("the digit %s, slanted and stretched, is neither tick nor cross", (digit) => {
    const outline = outlineOf(ringsOf(font, digit));
    expect(outline.length).toBeGreaterThan(5);
    const taken: string[] = [];
    for (let slant = -1.5; slant <= 2; slant += 0.1) {
      for (const stretch of [0.5, 1, 2, 3]) {
        const drawn = outline.map(([x, y]): Point => [stretch * x + slant * y, y]);
        if (isTickShape(drawn) || isStar(drawn)) {
          taken.push(`slant ${slant}, stretch ${stretch}`);
        }
      }
    }
    expect(taken).toEqual([]);
  });
});

const star = (corners: number, inner: number): readonly Point[] =>
  Array.from({ length: 2 * corners }, (_, index): Point => {
    const angle = (Math.PI * index) / corners;
    const radius = index % 2 === 0 ? 10 : inner;
    return [50 + radius * Math.sin(angle), 50 + radius * Math.cos(angle)];
  });

test.each([
  ["a star of five", star(5, 4)],
  ["a star of six", star(6, 5)],
  ["a star of four, which is a cross", star(4, 3)],
])("%s is one", (_name, corners) => {
  expect(isStar(corners)).toBe(true);
});

test.each([
  [
    "a bar",
    [
      [0, 0],
      [2, 0],
      [2, 12],
      [0, 12],
    ],
  ],
  [
    "a seven",
    [
      [0, 12],
      [10, 12],
      [4, 0],
      [2, 0],
      [7, 10],
      [0, 10],
    ],
  ],
] as const)("%s is no star", (_name, corners) => {
  expect(isStar(corners)).toBe(false);
});

test("a tick with sharp corners is one", () => {
  expect(
    isTickShape([
      [0, 5],
      [2, 7],
      [5, 3],
      [13, 14],
      [15, 13],
      [5, 0],
    ]),
  ).toBe(true);
});

test.each([
  [
    "a tick that comes from above, which is a V",
    [
      [0, 13],
      [2, 14],
      [6, 4],
      [13, 14],
      [15, 13],
      [6, 0],
    ],
  ],
  [
    "a tick upside down",
    [
      [0, 9],
      [2, 7],
      [5, 11],
      [13, 0],
      [15, 1],
      [5, 14],
    ],
  ],
  [
    "a tick as narrow as a digit",
    [
      [0, 5],
      [1, 7],
      [2, 3],
      [5, 14],
      [6, 13],
      [2, 0],
    ],
  ],
] as const)("%s is none", (_name, corners) => {
  expect(isTickShape(corners)).toBe(false);
});
