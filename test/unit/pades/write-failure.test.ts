import { describe, expect, test } from "vitest";
import { writeFailure } from "../../../electron/pades/write-failure.ts";

const systemError = (code: string): Error => Object.assign(new Error(code), { code, syscall: "write" });

describe("a system error while writing", () => {
  test.each([
    ["ENOSPC", "output.disk-full"],
    ["EDQUOT", "output.disk-full"],
    ["EROFS", "output.folder-read-only"],
    ["EACCES", "output.folder-read-only"],
    ["ENOENT", "output.folder-missing"],
    ["EIO", "output.not-writable"],
  ])("%s is %s", (code, expected) => {
    expect(writeFailure(systemError(code))).toEqual({ code: expected });
  });

  test("anything else is a bug and stays an exception", () => {
    expect(() => writeFailure(new TypeError("bug"))).toThrow("bug");
  });
});
