import { describe, expect, test } from "vitest";
import { appearanceLines, zonedTime } from "../../../../electron/pades/appearance/appearance-lines.ts";

const mark = {
  signerName: "Stéphane Test",
  claimedTime: new Date("2026-11-22T09:15:00Z"),
  utcOffsetMinutes: 60,
  reason: null,
  provider: "itsme",
  practice: false,
};

describe("the lines of the mark", () => {
  test("say who, with what and when", () => {
    expect(appearanceLines(mark).map((line) => line.text)).toEqual([
      "Stéphane Test",
      "Signed with itsme",
      "2026-11-22 10:15:00 +01:00",
    ]);
  });

  test("add the reason and, in practice mode, that nothing is binding", () => {
    const lines = appearanceLines({ ...mark, reason: "I agree", practice: true });
    expect(lines.at(-2)).toEqual({ role: "reason", text: "Reason: I agree" });
    expect(lines.at(-1)).toEqual({ role: "practice", text: "PRACTICE – not legally binding" });
  });

  test("keep a reason's own dollar signs", () => {
    const lines = appearanceLines({ ...mark, reason: "costs $& and $1" });
    expect(lines.at(-1)?.text).toBe("Reason: costs $& and $1");
  });

  test("drop line breaks and direction overrides that would make the text read differently", () => {
    const lines = appearanceLines({ ...mark, signerName: "Anna\u202Egro.live\u202C\nTest\u200B" });
    expect(lines[0]?.text).toBe("Annagro.live Test");
  });

  test("compose decomposed letters, for which the font has glyphs", () => {
    expect(appearanceLines({ ...mark, signerName: "Ste\u0301phane" })[0]?.text).toBe("Stéphane");
  });
});

describe("the time of the mark", () => {
  test("is written in the given zone, also west of Greenwich and with half hours", () => {
    const time = new Date("2026-01-01T02:00:09Z");
    expect(zonedTime(time, -210)).toBe("2025-12-31 22:30:09 -03:30");
    expect(zonedTime(time, 0)).toBe("2026-01-01 02:00:09 +00:00");
    expect(zonedTime(time, 345)).toBe("2026-01-01 07:45:09 +05:45");
  });
});
