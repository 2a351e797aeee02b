import { expect, test } from "vitest";
import { missingPackages, needs, systemPackages } from "../../../tools/bootstrap/system-packages.mjs";

const everyKey = Object.values(needs).flat();

test("every need names a known package", () => {
  for (const key of everyKey) expect(systemPackages).toHaveProperty(key);
});

test("on an empty machine everything is missing, each once", () => {
  const names = missingPackages(everyKey, { PATH: "/usr/bin" }, () => false).map(({ name }) => name);
  expect(names).toContain("chromium");
  expect(names).toContain("poppler-utils");
  expect(new Set(names).size).toBe(names.length);
});

test("a program anywhere on the PATH counts", () => {
  const exists = (file: string) => file === "/opt/bin/pdfsig";
  expect(missingPackages(["poppler"], { PATH: "/usr/bin:/opt/bin" }, exists)).toEqual([]);
  expect(missingPackages(["poppler"], { PATH: "/usr/bin" }, exists)).toHaveLength(1);
});

test("any of several browsers will do", () => {
  const exists = (file: string) => file === "/usr/bin/google-chrome";
  expect(missingPackages(["chromium"], { PATH: "/usr/bin" }, exists)).toEqual([]);
});
