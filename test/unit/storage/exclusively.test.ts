import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exclusively } from "../../../electron/storage/exclusively.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-exclusively-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("programs that count in one file at the same time lose no step", async () => {
  const counter = join(folder, "counter");
  writeFileSync(counter, "0");
  const module = JSON.stringify(new URL("../../../electron/storage/exclusively.ts", import.meta.url).href);
  const script = join(folder, "count.mjs");
  writeFileSync(
    script,
    `import { readFileSync, writeFileSync } from "node:fs";
     import { exclusively } from ${module};
     const [counter, lock] = process.argv.slice(2);
     for (let step = 0; step < 25; step += 1) {
       exclusively(lock, () => writeFileSync(counter, String(Number(readFileSync(counter, "utf8")) + 1)));
     }`,
  );
  const ended = [1, 2, 3, 4].map(
    () =>
      new Promise((resolve) => fork(script, [counter, join(folder, "lock")], { timeout: 30_000 }).on("exit", resolve)),
  );
  expect(await Promise.all(ended)).toEqual([0, 0, 0, 0]);
  expect(readFileSync(counter, "utf8")).toBe("100");
}, 40_000);

test("what the work throws is thrown, and the lock is free again", () => {
  const lock = join(folder, "lock");
  expect(() =>
    exclusively(lock, () => {
      throw new Error("no room");
    }),
  ).toThrow("no room");
  expect(exclusively(lock, () => "free")).toBe("free");
});
