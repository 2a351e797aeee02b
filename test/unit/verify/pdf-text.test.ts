import { expect, test } from "vitest";

import { isoDateOf, textOf } from "../../../electron/verify/pdf-text.ts";

// The examples of ISO 32000-2 7.9.4 and forms that common tools write.
test.each([
  ["D:199812231952-08'00", "1998-12-23T19:52:00-08:00"],
  ["D:20260101120000+01'00'", "2026-01-01T12:00:00+01:00"],
  ["D:20260101120000Z", "2026-01-01T12:00:00Z"],
  ["D:20260101120000Z00'00'", "2026-01-01T12:00:00Z"],
  ["D:2026", "2026-01-01T00:00:00Z"],
])("the PDF date %s is %s", (date, iso) => {
  expect(isoDateOf(date)).toBe(iso);
});

test.each([undefined, "", "20260101", "D:20261399", "D:2026-01-01", "D:20260101120000+1"])("%s is no date", (date) => {
  expect(isoDateOf(date)).toBeUndefined();
});

test("text strings are read in the three encodings", () => {
  const string = (hex: string): ReturnType<typeof textOf> =>
    textOf({ kind: "string", bytes: new Uint8Array(Buffer.from(hex, "hex")), form: "hex" });
  expect(string("feff00c4006400e4")).toBe("Ädä");
  expect(string("efbbbfc384")).toBe("Ä");
  expect(string("c4")).toBe("Ä");
  expect(textOf(7)).toBeUndefined();
});
