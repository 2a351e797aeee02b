import fc from "fast-check";
import { expect, test } from "vitest";
import { draggedRectangle, toScreen, toUserSpace } from "../../../../renderer/placement/screen-geometry.ts";
import { pdfJsViewport } from "./pdfjs-viewport.ts";

const A4 = [0, 0, 595, 842];
const viewport = (rotation: number, scale: number) => pdfJsViewport(A4, rotation, scale);

test("a rectangle at the lower left of an upright page is drawn at the lower left of the screen", async () => {
  // 842 points high at scale 2: the rectangle's top edge is 842 - (30 + 40) = 772 points below the page's.
  expect(toScreen({ x: 10, y: 30, width: 100, height: 40 }, await viewport(0, 2))).toEqual({
    left: 20,
    top: 1544,
    width: 200,
    height: 80,
  });
});

test("a rectangle drawn on a page turned by 90 degrees comes back with width and height exchanged", async () => {
  const rectangle = toUserSpace({ left: 50, top: 60, width: 200, height: 80 }, await viewport(90, 1));
  expect(rectangle.width).toBeCloseTo(80);
  expect(rectangle.height).toBeCloseTo(200);
});

test.each([0, 90, 180, 270])(
  "on a page turned by %i degrees drawing and showing again gives the same place",
  async (rotation) => {
    const page = await pdfJsViewport([20, -30, 620, 762], rotation, 1.37, 2);
    const side = fc.double({ min: 1, max: 300, noNaN: true });
    const anyRectangle = fc.record({ left: side, top: side, width: side, height: side });
    fc.assert(
      fc.property(anyRectangle, (drawn) => {
        const shown = toScreen(toUserSpace(drawn, page), page);
        for (const key of ["left", "top", "width", "height"] as const) expect(shown[key]).toBeCloseTo(drawn[key], 6);
      }),
    );
  },
);

test("dragging up and to the left gives the same rectangle as dragging down and to the right", async () => {
  const page = await viewport(0, 1);
  const down = draggedRectangle({ x: 10, y: 20 }, { x: 110, y: 70 }, page);
  expect(draggedRectangle({ x: 110, y: 70 }, { x: 10, y: 20 }, page)).toEqual(down);
  expect(down).toEqual({ left: 10, top: 20, width: 100, height: 50 });
});

test("dragging past the edge ends at the edge", async () => {
  expect(draggedRectangle({ x: 500, y: 800 }, { x: 900, y: 900 }, await viewport(0, 1))).toEqual({
    left: 500,
    top: 800,
    width: 95,
    height: 42,
  });
});
