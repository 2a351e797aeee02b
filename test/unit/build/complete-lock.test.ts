import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { missingEntries } from "../../../build/complete-lock.ts";

const text = readFileSync(new URL("../../../package-lock.json", import.meta.url), "utf8");

test("the lock file has an entry for every platform, so that npm ci takes it everywhere", () => {
  expect(missingEntries(JSON.parse(text))).toEqual({});
});

test("the lock file carries no download addresses, so that any registry serves it", () => {
  expect(text).not.toContain('"resolved"');
});

test("every dependency has one exact version", () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
  );
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
});

const lockOf = (name: string, version: string) => ({
  packages: { "node_modules/tool": { version: "1.0.0", optionalDependencies: { [name]: version } } },
});

test("what npm left out is completed from the name", () => {
  expect(missingEntries(lockOf("@tool/binding-linux-x64-musl", "1.2.3"))).toEqual({
    "node_modules/@tool/binding-linux-x64-musl": {
      version: "1.2.3",
      os: ["linux"],
      cpu: ["x64"],
      libc: ["musl"],
      optional: true,
    },
  });
});

test("nothing is guessed: a range, or a package for no platform, is refused", () => {
  expect(() => missingEntries(lockOf("@tool/linux-x64", "^1.2.3"))).toThrow("no platform package");
  expect(() => missingEntries(lockOf("fsevents-like", "1.2.3"))).toThrow("no platform package");
});
