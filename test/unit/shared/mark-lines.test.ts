import { describe, expect, test } from "vitest";
import { initialsLines, markLines, unknownPlaceholders } from "../../../shared/mark-lines.ts";
import type { MarkText } from "../../../shared/mark-lines.ts";

const mark: MarkText = {
  signerName: "Stéphane Test",
  claimedTime: new Date("2026-11-22T09:15:00Z"),
  utcOffsetMinutes: 60,
  reason: null,
  location: null,
  provider: "itsme",
  organisation: null,
  serial: null,
  practice: false,
};
const textsOf = (lines: ReturnType<typeof markLines>): readonly string[] => lines.map((line) => line.text);
const own = (text: Partial<MarkText>, ...lines: string[]): readonly string[] =>
  textsOf(markLines({ ...mark, ...text }, { lines, dateFormat: "iso" }));

describe("the usual lines of the mark", () => {
  test("say who, with what and when", () => {
    expect(textsOf(markLines(mark))).toEqual(["Stéphane Test", "Signed with itsme", "2026-11-22 10:15:00 +01:00"]);
  });

  test("add the reason and, in practice mode, that nothing is binding", () => {
    const lines = markLines({ ...mark, reason: "I agree", practice: true });
    expect(lines.at(-2)).toEqual({ role: "reason", text: "Reason: I agree" });
    expect(lines.at(-1)).toEqual({ role: "practice", text: "PRACTICE – not legally binding" });
  });

  test("keep a reason's own dollar signs", () => {
    expect(textsOf(markLines({ ...mark, reason: "costs $& and $1" })).at(-1)).toBe("Reason: costs $& and $1");
  });

  test("drop line breaks and direction overrides that would make the text read differently", () => {
    const lines = markLines({ ...mark, signerName: "Anna\u202Egro.live\u202C\nTest\u200B" });
    expect(lines[0]?.text).toBe("Annagro.live Test");
  });

  test("compose decomposed letters, for which the font has glyphs", () => {
    expect(markLines({ ...mark, signerName: "Ste\u0301phane" })[0]?.text).toBe("Stéphane");
  });

  test("write the time in the given zone, also west of Greenwich and with half hours", () => {
    const at = (utcOffsetMinutes: number): string | undefined =>
      textsOf(markLines({ ...mark, claimedTime: new Date("2026-01-01T02:00:09Z"), utcOffsetMinutes }))[2];
    expect(at(-210)).toBe("2025-12-31 22:30:09 -03:30");
    expect(at(0)).toBe("2026-01-01 02:00:09 +00:00");
    expect(at(345)).toBe("2026-01-01 07:45:09 +05:45");
  });
});

describe("a person's own lines", () => {
  test("are filled in from the signature", () => {
    const text = { reason: "agreed", location: "Gent", organisation: "Test NV", serial: "0A1B" };
    expect(own(text, "{name} ({initials}) for {organisation}", "{date}, {location}: {reason}", "{serial}")).toEqual([
      "Stéphane Test (ST) for Test NV",
      "2026-11-22, Gent: agreed",
      "0A1B",
    ]);
  });

  test("disappear when all their values are empty, and lose the separator of a single one", () => {
    expect(own({}, "Reason: {reason}", "{name}, {organisation}", "{location}, {date}", "Approved")).toEqual([
      "Stéphane Test",
      "2026-11-22",
      "Approved",
    ]);
  });

  test("do not fill in what a value itself says", () => {
    expect(own({ reason: "{serial} $1", serial: "0A" }, "{reason}")).toEqual(["{serial} $1"]);
  });

  test("can never leave out the practice line", () => {
    for (const lines of [[], [""], ["{reason}"], ["Legally binding"]]) {
      expect(own({ practice: true }, ...lines).at(-1)).toBe("PRACTICE – not legally binding");
    }
  });

  test("drop characters that mislead, also those typed into the line", () => {
    expect(own({}, "by\u202E {name}\u2028now")).toEqual(["by Stéphane Test now"]);
  });

  // CLDR, long date formats.
  test.each([
    ["en-GB", "22 November 2026"],
    ["en-US", "November 22, 2026"],
    ["nl", "22 november 2026"],
    ["fr", "22 novembre 2026"],
    ["de", "22. November 2026"],
    ["sv", "22 november 2026"],
  ] as const)("write the day as %s does", (dateFormat, day) => {
    expect(textsOf(markLines(mark, { lines: ["{date}"], dateFormat }))).toEqual([day]);
  });

  test("take the day of the zone in which the time is shown", () => {
    const claimedTime = new Date("2026-12-31T23:30:00Z");
    expect(own({ claimedTime }, "{date} {time}")).toEqual(["2027-01-01 00:30:00 +01:00"]);
  });
});

test("placeholders that do not exist are found", () => {
  expect(unknownPlaceholders("{name} {nmae} {x}")).toEqual(["nmae", "x"]);
});

describe("initials", () => {
  const initials = (text: Partial<MarkText>, line = ""): readonly string[] =>
    textsOf(initialsLines({ ...mark, ...text }, line));

  test.each([
    ["Anna-Maria Peeters", "AMP"],
    ["žofie d'Ávila", "ŽD"],
    ["SMITH, JOHN", "SJ"],
    ["李 小龍", "李小"],
  ])("of %s are %s", (signerName, letters) => {
    expect(initials({ signerName })).toEqual([letters]);
  });

  test("may be a text of one's own, and say in practice mode what they are", () => {
    expect(initials({ practice: true }, "seen {date}")).toEqual(["seen 2026-11-22", "PRACTICE"]);
  });
});
