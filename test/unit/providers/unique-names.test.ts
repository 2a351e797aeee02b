import { expect, test } from "vitest";
import { uniqueNames } from "../../../electron/providers/unique-names.ts";

test("names that are short and different stay as they are", () => {
  expect(uniqueNames(["Vertrag.pdf", "Anlage 1.PDF", "Übersicht.pdf"])).toEqual([
    "Vertrag.pdf",
    "Anlage 1.pdf",
    "Übersicht.pdf",
  ]);
});

test("the same name gets numbers, whatever its capitals", () => {
  expect(uniqueNames(["a.pdf", "A.pdf", "a.pdf", "a (2).pdf"])).toEqual([
    "a.pdf",
    "A (2).pdf",
    "a (3).pdf",
    "a (2) (2).pdf",
  ]);
});

test("long names are cut to 50 characters and stay different", () => {
  const names = uniqueNames(["x".repeat(80), `${"x".repeat(90)}.pdf`, `${"x".repeat(46)}.pdf`]);
  expect(names.map((name) => name.length)).toEqual([50, 50, 50]);
  expect(new Set(names).size).toBe(3);
  expect(names.every((name) => name.endsWith(".pdf"))).toBe(true);
});

test("no character is cut in two", () => {
  const [name = ""] = uniqueNames([`${"x".repeat(45)}😀.pdf`]);
  expect(name).toBe(`${"x".repeat(45)}.pdf`);
});

test("separators, control characters and empty names become something harmless", () => {
  expect(uniqueNames(["../a\\b\n.pdf", "", ".pdf"])).toEqual([".._a_b_.pdf", "document.pdf", "document (2).pdf"]);
});
