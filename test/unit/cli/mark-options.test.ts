import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { UsageError } from "../../../cli/exit-status.ts";
import { chooseMarks, commandLinePictures } from "../../../cli/mark-options.ts";
import { BASELINE_JPEG } from "../pades/appearance/jpeg-fixtures.ts";

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-mark-options-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe("the options of the mark", () => {
  test("give nothing when none is given", async () => {
    expect(await chooseMarks({}, folderForTest())).toEqual({ mark: null, initials: null });
  });

  test("take a picture into the program's own store, where it stays when the file goes", async () => {
    const data = folderForTest();
    const file = join(data, "stamp.jpg");
    writeFileSync(file, BASELINE_JPEG);
    const { mark, initials } = await chooseMarks({ image: file, initials: "1-2", initialsImage: file }, data);
    rmSync(file);
    expect(mark).toMatchObject({ layout: "picture-left", lines: null, qr: null });
    expect(initials).toMatchObject({ pages: "1-2", corner: "bottom-right", picture: mark?.picture });
    expect(commandLinePictures(data).get(mark!.picture!)).not.toBeNull();
  });

  test.each([
    ["digest", { kind: "digest" }],
    ["https://check.example/{digest}", { kind: "url", url: "https://check.example/{digest}" }],
    ["text:Order 4711", { kind: "text", text: "Order 4711" }],
  ])("understand --qr %s", async (qr, expected) => {
    expect((await chooseMarks({ qr }, folderForTest())).mark?.qr).toEqual(expected);
  });

  test.each([
    [{ text: ["{nmae}"] }, "there is no value {nmae}"],
    [{ text: Array.from({ length: 9 }, () => "x") }, "at most 8 lines"],
    [{ qr: "ftp://example" }, "expected digest"],
    [{ layout: "sideways" }, "expected one of text"],
    [{ date: "xx" }, "expected one of iso"],
    [{ preset: "Nobody" }, "none is saved"],
    [{ image: "missing.png" }, "missing.png"],
    [{ image: import.meta.filename }, "Marks take PNG and JPEG files."],
    [{ initials: "3-1" }, "expected all, or pages and ranges"],
    [{ initials: "all", initialsCorner: "middle" }, "expected one of bottom-right"],
    [{ initials: "all", initialsText: "{x}" }, "there is no value {x}"],
    [{ initialsText: "KL" }, "--initials says on which pages"],
  ])("refuse %j in words", async (given, words) => {
    const asked = chooseMarks(given, folderForTest());
    await expect(asked).rejects.toBeInstanceOf(UsageError);
    await expect(asked).rejects.toThrow(words);
  });
});
