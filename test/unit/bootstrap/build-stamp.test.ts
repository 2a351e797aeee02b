import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprintOf } from "../../../tools/bootstrap/build-stamp.mjs";

let folder = "";
const file = (name: string) => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sealdesk-stamp-"));
  mkdirSync(file("a/b"), { recursive: true });
  writeFileSync(file("a/b/one.ts"), "1");
  writeFileSync(file("two.ts"), "2");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fingerprint = () => fingerprintOf(folder, ["a", "two.ts", "absent"]);

test("nothing changed: the same fingerprint", () => {
  expect(fingerprint()).toBe(fingerprint());
});

test.each([
  ["a file grew", () => writeFileSync(file("two.ts"), "22")],
  ["a file was touched", () => utimesSync(file("a/b/one.ts"), 1, 1)],
  ["a file was added", () => writeFileSync(file("a/b/three.ts"), "3")],
  ["a file was removed", () => rmSync(file("a/b/one.ts"))],
  ["an absent entry appeared", () => writeFileSync(file("absent"), "")],
])("%s: another fingerprint", (_, change) => {
  const before = fingerprint();
  change();
  expect(fingerprint()).not.toBe(before);
});

test("a file outside the sources does not matter", () => {
  const before = fingerprint();
  writeFileSync(file("README.md"), "");
  expect(fingerprint()).toBe(before);
});
