import { expect, test } from "vitest";
import { placementAfterKey } from "../../../../renderer/placement/placement-keys.ts";
import type { PageGeometry } from "../../../../renderer/placement/page-geometry.ts";

const PAGE: PageGeometry = { viewBox: [0, 0, 595, 842], rotation: 0 };
const BOX = { x: 100, y: 100, width: 150, height: 50 };

function press(key: string, held: Partial<Record<"shiftKey" | "altKey" | "ctrlKey", boolean>> = {}, turned = 0) {
  const event = { key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held };
  return placementAfterKey(BOX, PAGE, turned, event);
}

test("an arrow moves the box by one point", () => {
  expect(press("ArrowLeft")).toEqual({ ...BOX, x: 99 });
  expect(press("ArrowUp")).toEqual({ ...BOX, y: 101 });
});

test("Shift and an arrow move it by ten points", () => {
  expect(press("ArrowRight", { shiftKey: true })).toEqual({ ...BOX, x: 110 });
});

test("Alt or Ctrl and an arrow change its size", () => {
  expect(press("ArrowRight", { altKey: true })).toEqual({ ...BOX, width: 151 });
  expect(press("ArrowDown", { ctrlKey: true, shiftKey: true })).toEqual({ ...BOX, y: 90, height: 60 });
});

test("with the view turned a quarter the arrows follow the screen", () => {
  expect(press("ArrowRight", {}, 90)).toEqual({ ...BOX, y: 101 });
});

test("other keys do nothing to the box", () => {
  expect(press("a")).toBeNull();
  expect(press("Tab")).toBeNull();
});
