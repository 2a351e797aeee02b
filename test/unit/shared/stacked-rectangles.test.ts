import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UserSpaceRectangle } from "../../../shared/placement.ts";
import { STACK_GAP, stackedRectangles } from "../../../shared/stacked-rectangles.ts";

/** A4 in points, as ISO 216 has it (210 by 297 mm). */
const A4 = { x: 0, y: 0, width: 595, height: 842 };
const usual = { x: 350, y: 48, width: 190, height: 64 };

describe("stacked rectangles", () => {
  it("leaves a single mark where it was put, also partly outside of the page", () => {
    expect(stackedRectangles(usual, A4, 1)).toEqual([usual]);
    const outside = { ...usual, x: 500 };
    expect(stackedRectangles(outside, A4, 1)).toEqual([outside]);
  });

  it("puts the next signers above the first one, 8 points apart", () => {
    expect(stackedRectangles(usual, A4, 3)).toEqual([usual, { ...usual, y: 120 }, { ...usual, y: 192 }]);
  });

  it("goes on below the first one when there is no more room above", () => {
    const high = { ...usual, y: 700 };
    expect(stackedRectangles(high, A4, 4)).toEqual([
      high,
      { ...high, y: 772 },
      { ...high, y: 628 },
      { ...high, y: 556 },
    ]);
  });

  it("fills a place that fits exactly", () => {
    const page = { x: 10, y: 20, width: 100, height: 2 * 40 + STACK_GAP };
    const first = { x: 10, y: 20, width: 100, height: 40 };
    expect(stackedRectangles(first, page, 2)).toEqual([first, { ...first, y: 68 }]);
    expect(stackedRectangles(first, page, 3)).toBeNull();
  });

  it("starts a column beside the first one when its own is full", () => {
    const tall = { x: 40, y: 40, width: 120, height: 500 };
    expect(stackedRectangles(tall, A4, 3)).toEqual([tall, { ...tall, x: 168 }, { ...tall, x: 296 }]);
    const right = { ...tall, x: 460 };
    expect(stackedRectangles(right, A4, 2)).toEqual([right, { ...right, x: 332 }]);
  });

  it("says that a page has no room", () => {
    expect(stackedRectangles({ x: 20, y: 20, width: 500, height: 500 }, A4, 2)).toBeNull();
  });

  it("keeps to the visible area of a page whose origin lies elsewhere", () => {
    const page = { x: -100, y: -400, width: 300, height: 200 };
    const first = { x: -90, y: -230, width: 100, height: 20 };
    expect(stackedRectangles(first, page, 2)).toEqual([first, { ...first, y: -258 }]);
  });

  it("never overlaps and never leaves the page, wherever the first one is", () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const first = fc.record({
      x: number(-800, 800),
      y: number(-800, 800),
      width: number(1, 700),
      height: number(1, 900),
    });
    fc.assert(
      fc.property(first, fc.integer({ min: 1, max: 8 }), (rectangle, count) => {
        const all = stackedRectangles(rectangle, A4, count);
        if (all === null) return;
        expect(all).toHaveLength(count);
        expect(all[0]).toEqual(rectangle);
        for (const one of all.slice(1)) expect(isInside(one, A4)).toBe(true);
        for (const [index, one] of all.entries()) {
          for (const other of all.slice(index + 1)) expect(distance(one, other)).toBeGreaterThan(STACK_GAP - 1e-6);
        }
      }),
    );
  });

  it("has room on A4 for eight marks of the usual size, at any height of the first", () => {
    const y = fc.double({ min: 0, max: 842 - 64, noNaN: true });
    fc.assert(
      fc.property(y, (at) => {
        expect(stackedRectangles({ ...usual, y: at }, A4, 8)).toHaveLength(8);
      }),
    );
  });
});

function isInside(one: UserSpaceRectangle, page: UserSpaceRectangle): boolean {
  const slack = 1e-5;
  return (
    one.x >= page.x - slack &&
    one.y >= page.y - slack &&
    one.x + one.width <= page.x + page.width + slack &&
    one.y + one.height <= page.y + page.height + slack
  );
}

/** The larger of the two gaps between the sides; negative when they overlap. */
function distance(one: UserSpaceRectangle, other: UserSpaceRectangle): number {
  const across = Math.max(other.x - (one.x + one.width), one.x - (other.x + other.width));
  const upright = Math.max(other.y - (one.y + one.height), one.y - (other.y + other.height));
  return Math.max(across, upright);
}
