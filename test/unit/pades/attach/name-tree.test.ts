import { describe, expect, test } from "vitest";
import { namesIn } from "../../../../electron/pades/attach/name-tree.ts";
import { memorySource } from "../../../../electron/pdf/memory-source.ts";
import { ref } from "../../../../electron/pdf/objects.ts";
import { openPdf } from "../../../../electron/pdf/open-pdf.ts";
import { PdfProblem } from "../../../../electron/pdf/pdf-problem.ts";
import { readNameTree } from "../../../../electron/verify/evidence/name-tree.ts";
import { baseDocument } from "../../../attacks/base-documents.ts";
import { bytesOfText } from "../../../attacks/raw-document.ts";

const opened = (objects: Readonly<Record<number, string>>) =>
  openPdf(memorySource(bytesOfText(baseDocument(objects).text)));

test("a tree of several levels is read in its order", () => {
  const file = opened({
    40: "<< /Kids 41 0 R >>",
    41: "[42 0 R 43 0 R]",
    42: "<< /Limits [(a) (b)] /Names [(a) 1 0 R (b) 2 0 R] >>",
    43: "<< /Limits [(c) (d)] /Kids [44 0 R] >>",
    44: "<< /Limits [(c) (d)] /Names 45 0 R >>",
    45: "[(c) 3 0 R (d) 4 0 R]",
  });
  expect(namesIn(file, ref(40))?.map(({ key }) => Buffer.from(key).toString())).toEqual(["a", "b", "c", "d"]);
});

test("a document without a tree has no names", () => {
  expect(namesIn(opened({}), undefined)).toEqual([]);
});

/** What is attached in such a list could not be judged: the evidence would be lost on it. */
describe("no tree is continued that verification refuses", () => {
  test.each([
    ["that leads back to itself", { 40: "<< /Kids [41 0 R] >>", 41: "<< /Kids [40 0 R] >>" }],
    ["that uses a leaf twice", { 40: "<< /Kids [41 0 R 41 0 R] >>", 41: "<< /Names [(a) 1 0 R] >>" }],
    ["that uses a list twice", { 40: "<< /Kids [<< /Names 41 0 R >> << /Names 41 0 R >>] >>", 41: "[(a) 1 0 R]" }],
    ["with a name and no value", { 40: "<< /Names [(a)] >>" }],
    ["with a name that is no string", { 40: "<< /Names [/a 1 0 R] >>" }],
    ["with names and kids", { 40: "<< /Names [(a) 1 0 R] /Kids [41 0 R] >>", 41: "<< /Names [(b) 1 0 R] >>" }],
    ["whose node is a number", { 40: "<< /Kids [7] >>" }],
    ["whose kids are no list", { 40: "<< /Kids (a) >>" }],
    ["that is no tree", { 40: "(a)" }],
    ["that is not there", {}],
    [
      "of more nodes than honest ones have",
      { 40: `<< /Kids [${Array.from({ length: 5000 }, () => "<< /Names [] >>").join(" ")}] >>` },
    ],
  ])("%s", (_, objects) => {
    const file = opened(objects);
    expect(() => readNameTree(file, ref(40))).toThrow(PdfProblem);
    expect(namesIn(file, ref(40))).toBeNull();
  });
});
