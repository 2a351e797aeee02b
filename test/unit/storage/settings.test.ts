import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingsStore } from "../../../electron/storage/settings.ts";
import { PROVIDER_IDS } from "../../../shared/ids.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sealdesk-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => new SettingsStore(folder, () => 1);

test("a file of a version that knew two providers is read as it was", () => {
  // As version 0.1 wrote it.
  writeFileSync(
    path.join(folder, "settings.json"),
    JSON.stringify({ theme: "dark", provider: "certificate", level: "B-LT", outputFolder: "/tmp/out" }),
  );
  const store = open();
  expect(store.wasReset).toBe(false);
  expect(store.current).toMatchObject({ theme: "dark", provider: "certificate", level: "B-LT", certificate: null });
});

test.each(PROVIDER_IDS)("the choice of %s is there again at the next start", (provider) => {
  open().change({ provider });
  expect(open().current.provider).toBe(provider);
});

test("a file that nobody understands is set aside, not deleted", () => {
  writeFileSync(path.join(folder, "settings.json"), '{"provider": 7}');
  const store = open();
  expect(store.wasReset).toBe(true);
  expect(store.current.provider).toBe("itsme");
  expect(readFileSync(path.join(folder, "settings-damaged-1.json"), "utf8")).toBe('{"provider": 7}');
  expect(readdirSync(folder)).not.toContain("settings.json");
});
