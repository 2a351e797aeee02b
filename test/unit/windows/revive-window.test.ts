import { EventEmitter } from "node:events";
import { setImmediate as immediately } from "node:timers/promises";
import { expect, test } from "vitest";
import { reviveWindow } from "../../../electron/windows/revive-window.ts";

class Contents extends EventEmitter {
  reloads = 0;
  destroyed = false;
  readonly reload = (): void => {
    this.reloads += 1;
  };
  readonly isDestroyed = (): boolean => this.destroyed;

  async crash(reason = "crashed"): Promise<number> {
    this.emit("render-process-gone", {}, { reason, exitCode: 1 });
    await immediately();
    return this.reloads;
  }
}

function revived() {
  const contents = new Contents();
  const clock = { now: 0 };
  reviveWindow(contents as unknown as Parameters<typeof reviveWindow>[0], () => clock.now);
  return { contents, clock };
}

test("a window whose process has crashed or was killed is loaded again", async () => {
  const { contents } = revived();
  expect(await contents.crash()).toBe(1);
  expect(await contents.crash("oom")).toBe(2);
});

test("a process that ended because it should is not revived, nor a window that is gone", async () => {
  const { contents } = revived();
  expect(await contents.crash("clean-exit")).toBe(0);
  contents.destroyed = true;
  expect(await contents.crash()).toBe(0);
});

test("a window that crashes again and again is left alone, and gets another chance later", async () => {
  const { contents, clock } = revived();
  for (let count = 0; count < 10; count += 1) await contents.crash();
  expect(contents.reloads).toBe(3);
  clock.now += 61_000;
  expect(await contents.crash()).toBe(4);
});
