import { expect, test } from "vitest";
import { commandOfKey } from "../../../../renderer/state/commands.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test("Control is the key on Windows and Linux, Command on a Mac", () => {
  expect(commandOfKey(press("o", { ctrlKey: true }), "linux")).toBe("open");
  expect(commandOfKey(press("o", { metaKey: true }), "macos")).toBe("open");
  expect(commandOfKey(press("o", { ctrlKey: true }), "macos")).toBeNull();
});

test("plus works with and without Shift, as keyboards differ", () => {
  expect(commandOfKey(press("=", { ctrlKey: true }), "windows")).toBe("zoom-in");
  expect(commandOfKey(press("+", { ctrlKey: true, shiftKey: true }), "windows")).toBe("zoom-in");
});

test("a letter without Control is typing, and Control with Alt is AltGr", () => {
  expect(commandOfKey(press("f"), "linux")).toBeNull();
  expect(commandOfKey(press("f", { ctrlKey: true, altKey: true }), "windows")).toBeNull();
});

test("Control and Enter sign, F4 shows the thumbnails", () => {
  expect(commandOfKey(press("Enter", { ctrlKey: true }), "linux")).toBe("sign");
  expect(commandOfKey(press("F4"), "linux")).toBe("thumbnails");
});

test("Control, Shift and H open the history; without Shift they are the system's", () => {
  expect(commandOfKey(press("H", { ctrlKey: true, shiftKey: true }), "linux")).toBe("history");
  expect(commandOfKey(press("h", { metaKey: true, shiftKey: true }), "macos")).toBe("history");
  expect(commandOfKey(press("h", { metaKey: true }), "macos")).toBeNull();
});
