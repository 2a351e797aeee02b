import { describe, expect, test } from "vitest";
import {
  MINIMUM_SIDE,
  fitRectangle,
  moveRectangle,
  resizeRectangle,
  uprightStep,
  usualRectangle,
} from "../../../../renderer/placement/adjust-placement.ts";
import type { PageGeometry } from "../../../../renderer/placement/page-geometry.ts";

const UPRIGHT: PageGeometry = { viewBox: [0, 0, 595, 842], rotation: 0 };
const LYING: PageGeometry = { viewBox: [0, 0, 595, 842], rotation: 90 };
const BOX = { x: 100, y: 100, width: 150, height: 50 };

describe("on an upright page", () => {
  test("right and up are plus in user space", () => {
    expect(moveRectangle(BOX, UPRIGHT, 1, 10)).toEqual({ ...BOX, x: 101, y: 110 });
  });

  test("growing keeps the upper left corner", () => {
    expect(resizeRectangle(BOX, UPRIGHT, 10, 5)).toEqual({ x: 100, y: 95, width: 160, height: 55 });
  });

  test("the box stops at the edges of the crop box", () => {
    expect(moveRectangle(BOX, UPRIGHT, -1000, 1000)).toEqual({ ...BOX, x: 0, y: 792 });
  });

  test("the box cannot become too small to be grabbed", () => {
    expect(resizeRectangle(BOX, UPRIGHT, -1000, -1000)).toMatchObject({ width: MINIMUM_SIDE, height: MINIMUM_SIDE });
  });

  test("a box larger than the page is cut to the page", () => {
    expect(fitRectangle({ x: -50, y: -50, width: 2000, height: 2000 }, UPRIGHT)).toEqual({
      x: 0,
      y: 0,
      width: 595,
      height: 842,
    });
  });
});

describe("on a page with /Rotate 90", () => {
  // Such a page is shown turned clockwise: what the reader sees as right is up in user space, and up is left.
  test("right, as seen, is up in user space", () => {
    expect(moveRectangle(BOX, LYING, 10, 0)).toEqual({ ...BOX, y: 110 });
  });

  test("up, as seen, is left in user space", () => {
    expect(moveRectangle(BOX, LYING, 0, 10)).toEqual({ ...BOX, x: 90 });
  });

  test("the usual mark lies lower right, as seen, and reads along the page", () => {
    const { x, y, width, height } = usualRectangle(LYING);
    expect(width).toBeLessThan(height);
    expect(x + width).toBeGreaterThan(500);
    expect(y + height).toBeGreaterThan(750);
  });
});

test("a page smaller than the usual mark still takes one", () => {
  const rectangle = usualRectangle({ viewBox: [0, 0, 100, 40], rotation: 0 });
  expect(rectangle).toEqual({ x: 0, y: 0, width: 100, height: 40 });
});

test.each([
  [0, { right: 1, up: 0 }],
  [90, { right: 0, up: 1 }],
  [180, { right: -1, up: 0 }],
  [270, { right: 0, up: -1 }],
])("with the view turned by %i degrees a step to the right of the screen follows the turn", (turn, step) => {
  const upright = uprightStep({ right: 1, up: 0 }, turn);
  expect({ right: upright.right + 0, up: upright.up + 0 }).toEqual(step);
});
