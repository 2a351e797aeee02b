import { describe, expect, test } from "vitest";

import { memorySource } from "../../../../electron/pdf/memory-source.ts";
import { openPdf } from "../../../../electron/pdf/open-pdf.ts";
import { ref } from "../../../../electron/pdf/objects.ts";
import { PdfProblem } from "../../../../electron/pdf/pdf-problem.ts";
import { readNameTree } from "../../../../electron/verify/evidence/name-tree.ts";
import { baseDocument } from "../../../attacks/base-documents.ts";
import { bytesOfText } from "../../../attacks/raw-document.ts";

const treeOf = (objects: Readonly<Record<number, string>>) => {
  const file = openPdf(memorySource(bytesOfText(baseDocument(objects).text)));
  const { entries, nodes, isOrdered } = readNameTree(file, ref(40));
  return { names: entries.map(({ key }) => Buffer.from(key.bytes).toString()), nodes: [...nodes], isOrdered };
};

test("a tree of several levels is read in its order, with the objects that it is made of", () => {
  expect(
    treeOf({
      40: "<< /Kids 41 0 R >>",
      41: "[42 0 R 43 0 R]",
      42: "<< /Limits [(a) (b)] /Names [(a) 1 0 R (b) 2 0 R] >>",
      43: "<< /Limits [(c) (d)] /Kids [44 0 R] >>",
      44: "<< /Limits [(c) (d)] /Names 45 0 R >>",
      45: "[(c) 3 0 R (d) 4 0 R]",
    }),
  ).toEqual({ names: ["a", "b", "c", "d"], nodes: [40, 41, 42, 43, 44, 45], isOrdered: true });
});

/** Ends of nodes with limits are no nodes. */
test("a tree may have 5000 nodes, whatever they say about their limits", () => {
  const key = (index: number) => `(${String(index).padStart(4, "0")})`;
  const kids = Array.from({ length: 4999 }, (_, index) => {
    return `<< /Limits [${key(index)} ${key(index)}] /Names [${key(index)} 1 0 R] >>`;
  });
  const { names, isOrdered } = treeOf({ 40: `<< /Kids [${kids.join(" ")}] >>` });
  expect([names.length, isOrdered]).toEqual([4999, true]);
});

describe("a tree is out of order", () => {
  test.each([
    ["names that descend", { 40: "<< /Names [(b) 1 0 R (a) 2 0 R] >>" }],
    [
      "limits that leave a name out",
      { 40: "<< /Kids [41 0 R] >>", 41: "<< /Limits [(a) (a)] /Names [(a) 1 0 R (b) 2 0 R] >>" },
    ],
    ["limits that are none", { 40: "<< /Kids [41 0 R] >>", 41: "<< /Limits (a) /Names [(a) 1 0 R] >>" }],
    ["limits of nothing", { 40: "<< /Kids [41 0 R] >>", 41: "<< /Limits [(a) (b)] /Names [] >>" }],
  ])("%s", (_, objects) => {
    expect(treeOf(objects).isOrdered).toBe(false);
  });
});

describe("a tree cannot be read", () => {
  test.each([
    ["that leads back to itself", { 40: "<< /Kids [41 0 R] >>", 41: "<< /Kids [40 0 R] >>" }],
    ["that uses a leaf twice", { 40: "<< /Kids [41 0 R 41 0 R] >>", 41: "<< /Names [(a) 1 0 R] >>" }],
    ["with a name and no value", { 40: "<< /Names [(a)] >>" }],
    ["with a name that is no string", { 40: "<< /Names [/a 1 0 R] >>" }],
    ["with names and kids", { 40: "<< /Names [(a) 1 0 R] /Kids [41 0 R] >>", 41: "<< /Names [(b) 1 0 R] >>" }],
    ["whose node is a number", { 40: "<< /Kids [7] >>" }],
    ["that is no tree", { 40: "(a)" }],
    ["without end", { 40: `<< /Kids [${Array.from({ length: 5001 }, () => "<< /Names [] >>").join(" ")}] >>` }],
  ])("%s", (_, objects) => {
    expect(() => treeOf(objects)).toThrow(PdfProblem);
  });
});
