import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8");
const { dependencies, devDependencies } = JSON.parse(read("package.json"));
const page = read("docs/dependencies.md");
const [product = "", tooling = ""] = page.split("## For building and testing");

/** The packages of the first column; `@types/*` stands for all of them. */
function listed(text: string): readonly string[] {
  const cells = [...text.matchAll(/^\| (`[^|]+) \|/gmu)].map((match) => match[1]!);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/gu)].map((match) => match[1]!));
}

test("docs/dependencies.md lists every package of the product and no other", () => {
  expect(listed(product).toSorted()).toEqual(Object.keys(dependencies).toSorted());
});

test("docs/dependencies.md lists every package for building and testing and no other", () => {
  const names = Object.keys(devDependencies).filter((name) => !name.startsWith("@types/"));
  expect(listed(tooling).toSorted()).toEqual([...names, "@types/*"].toSorted());
});
