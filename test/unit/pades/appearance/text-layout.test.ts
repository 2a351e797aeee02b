import { describe, expect, test } from "vitest";
import {
  fitBestArrangement,
  fitText,
  LARGEST_SIZE,
  SMALLEST_SIZE,
  wrap,
} from "../../../../electron/pades/appearance/text-layout.ts";

/** Every character half as wide as the font is high. */
const font = { ascent: 1, descent: -0.25, width: (text: string) => Array.from(text).length / 2 };
const box = (width: number, height: number) => ({ x: 2, y: 3, width, height });

describe("fitting text into a box", () => {
  test("uses the largest size when there is room", () => {
    const [line] = fitText([{ text: "Anna", scale: 1 }], box(200, 100), font);
    expect(line).toMatchObject({ text: "Anna", x: 2, size: LARGEST_SIZE });
  });

  test.each([
    [200, 60],
    [120, 20],
    [40, 90],
    [30, 12],
    [12, 12],
  ])("keeps every line inside a box of %i by %i points", (width, height) => {
    const blocks = [
      { text: "Maximiliane Mustermann-Österreicher", scale: 1.25 },
      { text: "Signed with itsme", scale: 1 },
      { text: "2026-11-22 10:15:00 +01:00", scale: 1 },
    ];
    const lines = fitText(blocks, box(width, height), font);
    expect(lines.map((line) => line.text).join("")).toContain("Maximiliane");
    for (const line of lines) {
      expect(font.width(line.text) * line.size).toBeLessThanOrEqual(width + 1e-9);
      expect(line.y + font.descent * line.size).toBeGreaterThanOrEqual(3 - 1e-9);
      expect(line.y + font.ascent * line.size).toBeLessThanOrEqual(3 + height + 1e-9);
    }
  });

  test("goes down in size before it breaks a word", () => {
    const lines = fitText([{ text: "Wolfeschlegelstein", scale: 1 }], box(60, 60), font);
    expect(lines.map((line) => line.text)).toEqual(["Wolfeschlegelstein"]);
  });

  test("breaks a word that would be too small to read", () => {
    const lines = fitText([{ text: "x".repeat(60), scale: 1 }], box(60, 60), font);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.map((line) => line.text).join("")).toBe("x".repeat(60));
  });

  test("still draws something in a box that is too small for anything", () => {
    const lines = fitText([{ text: "Anna Larsson", scale: 1 }], box(0.5, 0.5), font);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines[0]?.size).toBe(SMALLEST_SIZE);
  });
});

describe("choosing between arrangements", () => {
  const stacked = ["Anna Larsson", "Signed with itsme", "2026-11-22", "Reason: yes"].map((text) => ({
    text,
    scale: 1,
  }));
  const inOneRun = [{ text: stacked.map(({ text }) => text).join(" · "), scale: 1 }];

  test("keeps the lines under one another where they fit", () => {
    const lines = fitBestArrangement([stacked, inOneRun], box(150, 70), font);
    expect(lines.map((line) => line.text)).toEqual(stacked.map(({ text }) => text));
  });

  test("lets them follow one another in a wide and low box, where they can be larger", () => {
    const low = box(300, 14);
    const alone = fitText(stacked, low, font);
    const lines = fitBestArrangement([stacked, inOneRun], low, font);
    expect(lines.map((line) => line.text).join(" ")).toBe(inOneRun[0]!.text);
    expect(lines[0]!.size).toBeGreaterThan(alone[0]!.size * 2);
  });
});

describe("wrapping", () => {
  test("breaks at spaces", () => {
    expect(wrap("one two three", 4, font)).toEqual(["one two", "three"]);
  });

  test("gives no line for no text", () => {
    expect(wrap("", 4, font)).toEqual([]);
  });
});
