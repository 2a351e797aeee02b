import { expect, test } from "vitest";
import { SchemeMap } from "../../../tools/electron-stand-in/wire/scheme-map.ts";

function mapped(): SchemeMap {
  const map = new SchemeMap();
  map.add("app");
  return map;
}

test.each([
  ["app://bundle/index.html", "https://app--bundle.stand-in.invalid/index.html"],
  ["app://bundle/a/b?c=d#e", "https://app--bundle.stand-in.invalid/a/b?c=d#e"],
  ["app://my-host/", "https://app--my-host.stand-in.invalid/"],
])("%s goes to Chromium and comes back", (url, wire) => {
  expect(mapped().toWire(url)).toBe(wire);
  expect(mapped().fromWire(wire)).toBe(url);
});

test("an address without a path gets one, as a standard scheme's does", () => {
  expect(mapped().toWire("app://bundle")).toBe("https://app--bundle.stand-in.invalid/");
  expect(mapped().toWire("app://bundle?q")).toBe("https://app--bundle.stand-in.invalid/?q");
});

test("other schemes and the web's own are left alone", () => {
  const map = mapped();
  map.add("https");
  for (const url of ["https://example.org/", "other://bundle/", "data:text/html,", "about:blank"])
    expect(map.toWire(url)).toBe(url);
});

test("only hosts of the mapping are taken for the app's own", () => {
  expect(mapped().isWire("https://app--bundle.stand-in.invalid/x")).toBe(true);
  expect(mapped().isWire("https://stand-in.invalid.example.org/")).toBe(false);
  expect(mapped().fromWire("https://app--bundle.stand-in.invalid.example.org/")).toBe(
    "https://app--bundle.stand-in.invalid.example.org/",
  );
});
