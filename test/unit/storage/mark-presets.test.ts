import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openMarkPresets } from "../../../electron/storage/mark-presets.ts";
import { USUAL_MARK } from "../../../shared/mark-design.ts";

function pathForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-marks-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "marks.json");
}

const preset = (id: string, name: string) => ({ id, name, design: { ...USUAL_MARK, lines: [name] } });

test("presets are there again after a restart, renamed in their place, and one is the default", () => {
  const path = pathForTest();
  const marks = openMarkPresets(path);
  marks.put(preset("1", "Board"));
  marks.put(preset("2", "Payments"));
  marks.put(preset("1", "Board of directors"));
  marks.setDefault("2");
  expect(openMarkPresets(path).current()).toEqual({
    presets: [preset("1", "Board of directors"), preset("2", "Payments")],
    defaultPreset: "2",
  });
});

test("deleting the default leaves the usual mark as default", () => {
  const marks = openMarkPresets(pathForTest());
  marks.put(preset("1", "Board"));
  marks.setDefault("1");
  marks.remove("1");
  expect(marks.current()).toEqual({ presets: [], defaultPreset: null });
});

test("a preset that does not exist cannot be the default", () => {
  const marks = openMarkPresets(pathForTest());
  marks.setDefault("7");
  expect(marks.current().defaultPreset).toBeNull();
});

test("a damaged file offers nothing and is not written over", () => {
  const path = pathForTest();
  writeFileSync(path, "{ half");
  const marks = openMarkPresets(path);
  expect(marks.current().presets).toEqual([]);
  expect(() => marks.put(preset("1", "Board"))).toThrow(/damaged/u);
  expect(readFileSync(path, "utf8")).toBe("{ half");
});
