import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MarkFont } from "../../../../electron/pades/appearance/mark-font.ts";
import { drawTextPage } from "../../../../electron/pades/attach/draw-text-page.ts";
import type { TextBlock } from "../../../../electron/pades/attach/text-page.ts";
import { ref } from "../../../../electron/pdf/objects.ts";

const bytes = new Uint8Array(
  readFileSync(
    join(
      import.meta.dirname,
      "../../../../node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
    ),
  ),
);

/** Where each line begins (points from the lower left corner), and the font sizes used. */
function drawn(blocks: readonly TextBlock[], tagged = false) {
  let next = 1;
  const sink = { allocate: () => ref(next++), set: () => undefined };
  const { content } = drawTextPage(sink, { blocks }, new MarkFont(bytes), { tagged, cidSet: false });
  const lines = [...content.matchAll(/1 0 0 1 (\S+) (\S+) Tm/gu)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
  return { content, lines, sizes: [...content.matchAll(/\/F1 (\S+) Tf/gu)].map(([, size]) => Number(size)) };
}
const text = (words: string, kind: TextBlock["kind"] = "text"): TextBlock => ({ kind, text: words, language: "en" });

describe("a page of text", () => {
  test("goes from top to bottom, wrapped between its margins", () => {
    const { lines } = drawn([text("Title", "title"), text("word ".repeat(60).trim())]);
    expect(lines.length).toBeGreaterThan(3);
    expect(new Set(lines.map(({ x }) => x))).toEqual(new Set([64]));
    expect(lines.map(({ y }) => y)).toEqual(lines.map(({ y }) => y).toSorted((a, b) => b - a));
  });

  test("is written smaller when there is more of it, and stays on the page", () => {
    const few = drawn([text("word")]);
    const many = drawn(Array.from({ length: 26 }, () => text("some words that fill more than a line ".repeat(3))));
    expect(many.sizes[0]).toBeLessThan(few.sizes[0]!);
    expect(Math.min(...many.lines.map(({ y }) => y))).toBeGreaterThan(50);
  });

  test("breaks words that are wider than the page, and no lines that have their own ends", () => {
    expect(drawn([text("x".repeat(300))]).lines.length).toBeGreaterThan(2);
    expect(drawn([text("a b\nc d", "lines")]).lines).toHaveLength(2);
  });

  test("marks its blocks only in a tagged document", () => {
    const blocks = [text("Title", "title"), text("words")];
    expect(drawn(blocks).content).not.toContain("BDC");
    expect(drawn(blocks, true).content.match(/BDC|EMC/gu)).toEqual(["BDC", "EMC", "BDC", "EMC"]);
  });
});
