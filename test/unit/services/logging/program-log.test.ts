import fs, { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openLogFiles } from "../../../../electron/services/logging/log-files.ts";
import { createProgramLog, logThreshold } from "../../../../electron/services/logging/program-log.ts";
import { createRedactor } from "../../../../electron/services/logging/redact.ts";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const open = (folder: string) => createProgramLog(openLogFiles(folder), createRedactor(), () => Date.UTC(2026, 0, 2));

describe("the program's log", () => {
  test("has a line of JSON for each event, redacted before it is on the disk", () => {
    const log = open(join(newFolder(), "logs"));
    log.write("warning", "network.call", { host: "api.example.com", status: 401, words: "Bearer abc123" });
    expect(JSON.parse(log.text())).toEqual({
      time: "2026-01-02T00:00:00.000Z",
      level: "warning",
      event: "network.call",
      host: "api.example.com",
      status: 401,
      words: "[authorization]",
    });
  });

  test("tells of a bug where it came from, without folders and without what it said about people", () => {
    const log = open(newFolder());
    log.unexpected(new TypeError("cannot read /home/anna/secret plan.pdf"), "window");
    const line = log.text();
    expect(JSON.parse(line)).toMatchObject({ where: "window", kind: "TypeError" });
    expect(line).toContain("program-log.test.ts:");
    expect(line).not.toContain("anna");
    expect(line).not.toContain("plan");
    expect(line).not.toContain(import.meta.dirname);
  });

  test("keeps a few files of a mebibyte, that only this person can read", () => {
    const folder = newFolder();
    const log = open(folder);
    const filler = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, "word ".repeat(99)]));
    for (let count = 0; count < 800; count += 1) {
      log.write("info", "filler", filler);
    }
    const names = readdirSync(folder).toSorted((one, other) => one.localeCompare(other));
    expect(names).toEqual(["log.1.jsonl", "log.2.jsonl", "log.3.jsonl", "log.4.jsonl", "log.jsonl"]);
    for (const name of names) {
      const { size, mode } = statSync(join(folder, name));
      expect(size).toBeLessThan(1.01 * 1024 * 1024);
      // Windows has no such bits; there the person's folder protects it.
      expect(process.platform === "win32" ? 0 : mode & 0o077).toBe(0);
    }
  });

  test("holds what somebody asked for, or nothing", () => {
    const levelsWith = (word: string | undefined): readonly unknown[] => {
      const log = createProgramLog(openLogFiles(newFolder()), createRedactor(), Date.now, logThreshold(word));
      for (const level of ["info", "warning", "error"] as const) log.write(level, "anything");
      log.unexpected(new Error("a bug"));
      const lines = log
        .text()
        .split("\n")
        .filter((line) => line !== "");
      return lines.map((line) => (JSON.parse(line) as { level: unknown }).level);
    };
    expect(levelsWith(undefined)).toEqual(["info", "warning", "error", "error"]);
    expect(levelsWith("chatty")).toEqual(["info", "warning", "error", "error"]);
    expect(levelsWith("WARNING")).toEqual(["warning", "error", "error"]);
    expect(levelsWith("error")).toEqual(["error", "error"]);
    expect(levelsWith("off")).toEqual([]);
  });

  test("does not grow for ever where its files cannot be renamed", () => {
    const folder = newFolder();
    // A folder of the earlier file's name keeps every rename from happening.
    mkdirSync(join(folder, "log.1.jsonl", "in the way"), { recursive: true });
    const log = open(folder);
    const filler = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, "word ".repeat(99)]));
    for (let count = 0; count < 300; count += 1) log.write("info", "filler", filler);
    expect(statSync(join(folder, "log.jsonl")).size).toBeLessThan(1.01 * 1024 * 1024);
  });

  test("goes on after a disk that was full in the middle of a line, and every later line can be read", () => {
    const folder = newFolder();
    const log = open(folder);
    log.write("info", "before");
    const append = vi.spyOn(fs, "appendFileSync").mockImplementationOnce((path) => {
      fs.writeFileSync(path, '{"time":"2026-0', { flag: "a" });
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    });
    syncBuiltinESMExports();
    onTestFinished(() => {
      append.mockRestore();
      syncBuiltinESMExports();
    });
    expect(() => log.write("info", "torn")).not.toThrow();
    log.write("info", "after");
    log.write("info", "later");
    const lines = log.text().trim().split("\n");
    const events = lines.flatMap((line) => (line.endsWith("}") ? [(JSON.parse(line) as { event: string }).event] : []));
    expect(events).toEqual(["before", "after", "later"]);
    expect(lines).toHaveLength(4);
  });

  test("that cannot be written stops nobody", () => {
    const path = join(newFolder(), "file");
    writeFileSync(path, "");
    const log = open(join(path, "logs"));
    expect(() => log.write("info", "anything")).not.toThrow();
    expect(log.text()).toBe("");
  });
});
