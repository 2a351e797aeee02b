import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../../../tools/bootstrap/lock.mjs";
import { PlainStop } from "../../../tools/bootstrap/say.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sealdesk-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("two works under one lock never overlap", async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await delay(20);
    inside -= 1;
  };
  const lock = path.join(folder, "lock");
  await Promise.all([withLock(lock, work), withLock(lock, work), withLock(lock, work)]);
  expect(most).toBe(1);
});

test("the lock is given back when the work fails", async () => {
  const lock = path.join(folder, "lock");
  await expect(withLock(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(lock)).toBe(false);
});

test("a lock whose owner was killed is taken over", async () => {
  const lock = path.join(folder, "lock");
  mkdirSync(lock);
  const ended = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(path.join(lock, "owner"), String(ended.pid));
  expect(await withLock(lock, () => Promise.resolve("done"))).toBe("done");
});

test("a lock that is held stops the other with a sentence, after its patience", async () => {
  const lock = path.join(folder, "lock");
  mkdirSync(lock);
  writeFileSync(path.join(lock, "owner"), String(process.pid));
  await expect(withLock(lock, () => Promise.resolve(), 10)).rejects.toThrow(PlainStop);
});
