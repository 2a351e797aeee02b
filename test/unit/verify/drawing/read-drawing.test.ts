import { expect, test } from "vitest";
import { memorySource } from "../../../../electron/pdf/memory-source.ts";
import { isStream, ref } from "../../../../electron/pdf/objects.ts";
import { openPdf } from "../../../../electron/pdf/open-pdf.ts";
import type { DrawingKind } from "../../../../electron/verify/drawing/painted-ground.ts";
import { readDrawing } from "../../../../electron/verify/drawing/read-drawing.ts";
import { shows, withField } from "../../../attacks/concealing-documents.ts";
import { bytesOfText } from "../../../attacks/raw-document.ts";

/** A drawing of 100 by 20 points in front of the text "100", which starts at 2. */
function read(before: string, kind: DrawingKind = {}) {
  const document = withField({ field: "/FT /Tx /AP << /N 11 0 R >>", drawing: `${before} 0 g ${shows("100")}` });
  const file = openPdf(memorySource(bytesOfText(document.text)));
  const stream = file.fetch(ref(11));
  return isStream(stream) ? readDrawing(file, stream, { isTrustedFont: () => true, ...kind }) : undefined;
}

test.each([
  ["a sign of lines behind the text", "0 G 1.5 w 40 5 m 40 14 l S"],
  ["a sign of a line in the margin", "0 G 2 4 m 2 14 l S"],
  ["a bar in the margin, as high as a sign", "0.6 g 1 4 2 11 re f"],
  ["a minus in the margin", "0 G 0 1 m 6 1 l S"],
  ["a line through the text", "0 G 0 8 m 100 8 l S"],
  ["a line across everything", "0 G 0 0 m 100 20 l S"],
  ["a sign of several lines", "0 G 40 5 m 45 14 l 50 5 l S"],
  ["a sign of curves", "0 G 40 5 m 40 15 50 15 50 5 c S"],
  ["a filled sign in grey", "0.5 g 40 5 m 45 14 l 50 5 l f"],
  ["a filled bar in grey, which is a minus", "0.5 g 40 8 8 2 re f"],
  ["a frame around nothing, which is a zero", "0 G 40 5 6 9 re S"],
])("is unclear with %s", (_name, before) => {
  expect(read(before)).toMatchObject({ clear: false });
});

test.each([
  ["a background", "0.9 g 0 0 100 20 re f"],
  ["a border", "0 G 0.5 0.5 99 19 re s"],
  ["a border of four lines", "0 G 1 1 m 1 19 l 99 19 l 99 1 l s"],
  ["a line below", "0 G 0 0.5 m 100 0.5 l S"],
  [
    "a bevelled border",
    "0.75 g 1 1 m 1 19 l 99 19 l 97 17 l 3 17 l 3 3 l f 0.5 g 99 19 m 99 1 l 1 1 l 3 3 l 97 3 l 97 17 l f",
  ],
])("reads the text on %s", (_name, before) => {
  expect(read(before)).toMatchObject({ clear: true, text: "100" });
});

const BETWEEN = "0 G 25 0 m 25 20 l 50 0 m 50 20 l 75 0 m 75 20 l S";
const UPRIGHT = `${BETWEEN} 0.5 0.5 99 19 re S`;

test("reads the text on lines between the cells of a comb", () => {
  expect(read(UPRIGHT, { cells: 4 })).toMatchObject({ clear: true, text: "100" });
});

test("is unclear with lines between cells that stand alone, which are ones", () => {
  expect(read(BETWEEN, { cells: 4 })).toMatchObject({ clear: false });
});

test.each([
  ["one side of a border, which is a one", "0 G 1 0 m 1 20 l S"],
  ["two sides of a border, which are a seven", "0 G 1 19 m 99 19 l 99 1 l S"],
  ["a border whose other sides nobody sees", "1 G 0.5 0.5 99 19 re S 0 G 1 0 m 1 20 l S"],
  ["a line that closes a path across it", "0 G 1 1 m 1 19 l 99 19 l 99 1 l 1 1 l 1 19 l 99 19 l s"],
])("is unclear with %s", (_name, before) => {
  expect(read(before)).toMatchObject({ clear: false });
});

test.each([
  ["no comb", undefined],
  ["a comb with other cells", 3],
])("is unclear with upright lines in %s", (_name, cells) => {
  expect(read(UPRIGHT, { cells })).toMatchObject({ clear: false });
});

/** The rounded rectangle of a program that draws corners as curves, 0.5523 of the radius long. */
const rounded = (
  radius: number,
  [l, b, r, t]: readonly [number, number, number, number] = [0.5, 0.5, 99.5, 19.5],
): string => {
  const k = radius * 0.4477;
  return [
    `${l + radius} ${b} m ${r - radius} ${b} l ${r - k} ${b} ${r} ${b + k} ${r} ${b + radius} c`,
    `${r} ${t - radius} l ${r} ${t - k} ${r - k} ${t} ${r - radius} ${t} c`,
    `${l + radius} ${t} l ${l + k} ${t} ${l} ${t - k} ${l} ${t - radius} c`,
    `${l} ${b + radius} l ${l} ${b + k} ${l + k} ${b} ${l + radius} ${b} c h`,
  ].join(" ");
};

test.each([
  ["a rounded border", `0 G ${rounded(4)} S`],
  ["a rounded ground", `0.9 g ${rounded(6)} f`],
  ["a rounded ground with its border", `0.9 g 0 G ${rounded(3)} B`],
  ["a dashed border", "0 G [3] 0 d 0.5 0.5 99 19 re s"],
])("reads the text on %s", (_name, before) => {
  expect(read(before)).toMatchObject({ clear: true, text: "100" });
});

test.each([
  ["corners so round that they reach in", `0 G ${rounded(9.5, [0.5, 0.5, 19.5, 19.5])} S`],
  ["a rounded box beside the text", `0 G ${rounded(3, [40, 4, 50, 16])} S`],
  ["a rounded border with a stroke more", `0 G ${rounded(4)} 40 5 m 40 14 l S`],
  ["a corner of four numbers", `0 G ${rounded(4).replace(/\S+ \S+ (\S+ \S+ c)/u, "$1")} S`],
  ["a corner of six numbers where four belong", `0 G ${rounded(4).replace(" c", " v")} S`],
  ["a corner of eight numbers", `0 G ${rounded(4).replace(" c", " 40 5 c")} S`],
  ["a corner that swings in", "0 G 0.5 4 m 0.5 0.5 40 15 4 0.5 c 99.5 0.5 l 99.5 19.5 l 0.5 19.5 l h S"],
])("is unclear with %s", (_name, before) => {
  expect(read(before)).toMatchObject({ clear: false });
});

/** At the right edge, 18 by 18 points: ground, frame and arrow. */
const BUTTON = "0.9 g 81 1 18 18 re f 0.5 G 81.5 1.5 17 17 re S";
const ARROW = "0 g 86 12 m 94 12 l 90 8 l h f";

test("reads the text of a combo box beside the arrow of its button", () => {
  expect(read(`${BUTTON} ${ARROW}`, { isCombo: true })).toMatchObject({ clear: true, text: "100" });
});

test.each([
  ["no combo box", `${BUTTON} ${ARROW}`, {}],
  ["a button without an arrow", BUTTON, { isCombo: true }],
  ["an arrow without a button", ARROW, { isCombo: true }],
  ["an arrow that is not seen", `${BUTTON} ${ARROW.replace("0 g", "0.85 g")}`, { isCombo: true }],
  ["a second arrow", `${BUTTON} ${ARROW} ${ARROW}`, { isCombo: true }],
  ["an arrow that points up", `${BUTTON} 0 g 86 8 m 94 8 l 90 12 l h f`, { isCombo: true }],
  ["a button in the middle", "0.9 g 41 1 18 18 re f 0 g 46 12 m 54 12 l 50 8 l h f", { isCombo: true }],
  ["a button over the text", "0.9 g 5 1 94 18 re f 0 g 46 12 m 54 12 l 50 8 l h f", { isCombo: true }],
] as const)("is unclear with %s", (_name, before, kind) => {
  expect(read(before, kind)).toMatchObject({ clear: false });
});
