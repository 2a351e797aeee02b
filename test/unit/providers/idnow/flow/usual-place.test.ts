import { describe, expect, test } from "vitest";
import { usualPlace } from "../../../../../electron/providers/idnow/flow/build-order.ts";

describe("where IDnow's mark goes when nobody has chosen a place", () => {
  test("is IDnow's own default on a usual page (manual 3.1.4)", () => {
    expect(usualPlace({ x: 0, y: 0, width: 595, height: 842 })).toMatchObject({
      page: 1,
      rectangle: { x: 100, y: 100, width: 200, height: 60 },
    });
  });

  test.for([
    { x: 0, y: 0, width: 100, height: 50 },
    { x: -300, y: 40, width: 210, height: 110 },
    { x: 0, y: 0, width: 3, height: 2 },
  ])("lies within a page of $width by $height", (page) => {
    const place = usualPlace(page);
    if (place.kind !== "rectangle") throw new Error("a rectangle is expected");
    const { x, y, width, height } = place.rectangle;
    expect(width).toBeGreaterThan(0);
    expect(height).toBeGreaterThan(0);
    expect(x).toBeGreaterThanOrEqual(page.x);
    expect(y).toBeGreaterThanOrEqual(page.y);
    expect(x + width).toBeLessThanOrEqual(page.x + page.width);
    expect(y + height).toBeLessThanOrEqual(page.y + page.height);
  });
});
