import { describe, expect, test } from "vitest";
import { fromSeen, seenSize, toSeen } from "../../../../renderer/placement/page-geometry.ts";
import type { PageGeometry } from "../../../../renderer/placement/page-geometry.ts";
import { pdfJsViewport } from "./pdfjs-viewport.ts";

// The expectation comes from pdf.js: it draws the page, so its viewport decides where a rectangle is seen.
const VIEW_BOX = [20, -30, 620, 762] as const;
const RECTANGLE = { x: 100, y: 50, width: 180, height: 60 };

async function seenByPdfJs(page: PageGeometry) {
  const viewport = await pdfJsViewport(page.viewBox, page.rotation, 1);
  const [x1 = 0, y1 = 0] = viewport.convertToViewportPoint(RECTANGLE.x, RECTANGLE.y) as number[];
  const [x2 = 0, y2 = 0] = viewport.convertToViewportPoint(
    RECTANGLE.x + RECTANGLE.width,
    RECTANGLE.y + RECTANGLE.height,
  ) as number[];
  return {
    size: { width: viewport.width, height: viewport.height },
    rectangle: {
      left: Math.min(x1, x2),
      bottom: viewport.height - Math.max(y1, y2),
      width: Math.abs(x2 - x1),
      height: Math.abs(y2 - y1),
    },
  };
}

describe.each([0, 90, 180, 270])("a page with /Rotate %i and a crop box away from the origin", (rotation) => {
  const page: PageGeometry = { viewBox: VIEW_BOX, rotation };

  test("shows a rectangle where pdf.js draws it", async () => {
    expect(toSeen(RECTANGLE, page)).toEqual((await seenByPdfJs(page)).rectangle);
  });

  test("has the size that pdf.js gives it", async () => {
    expect(seenSize(page)).toEqual((await seenByPdfJs(page)).size);
  });

  test("takes a seen rectangle back to the same place in user space", () => {
    expect(fromSeen(toSeen(RECTANGLE, page), page)).toEqual(RECTANGLE);
  });
});

test("a rotation outside of 0 to 359 counts like its remainder", () => {
  const turned = toSeen(RECTANGLE, { viewBox: VIEW_BOX, rotation: -90 });
  expect(turned).toEqual(toSeen(RECTANGLE, { viewBox: VIEW_BOX, rotation: 270 }));
});
