import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import { openDatabase } from "../../../electron/storage/database.ts";

test("a file that is no database is not held open, so that it can be moved out of the way", () => {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-database-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "any.db");
  writeFileSync(path, "no database".repeat(500));
  const asked = vi.spyOn(DatabaseSync.prototype, "exec");
  onTestFinished(() => asked.mockRestore());
  expect(() => openDatabase(path)).toThrow("file is not a database");
  const opened = asked.mock.contexts as readonly DatabaseSync[];
  expect(opened.length).toBeGreaterThan(0);
  expect(opened.map(({ isOpen }) => isOpen)).not.toContain(true);
});
