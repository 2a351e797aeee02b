import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { secretQuestion } from "../../../cli/terminal-secret.ts";

class Keyboard extends EventEmitter {
  readonly isTTY = true;
  readonly modes: boolean[] = [];
  setRawMode(mode: boolean): this {
    this.modes.push(mode);
    return this;
  }
  resume(): this {
    return this;
  }
  pause(): this {
    return this;
  }
}

function typing(...parts: readonly string[]) {
  const keyboard = new Keyboard();
  const shown: string[] = [];
  const ask = secretQuestion({
    input: keyboard as unknown as NodeJS.ReadStream,
    output: { write: (text) => shown.push(text) },
  });
  const answer = ask?.("Password:");
  parts.forEach((part) => keyboard.emit("data", Buffer.from(part)));
  return { answer, shown, keyboard };
}

test("a secret is read key by key or pasted, and nothing of it is shown", async () => {
  const { answer, shown, keyboard } = typing("h", "ün", "x\u007F", "ter2\r");
  expect(await answer).toBe("hünter2");
  expect(shown.join("")).toBe("Password: \n");
  // The terminal is as it was.
  expect(keyboard.modes).toEqual([true, false]);
  expect(keyboard.listenerCount("data")).toBe(0);
});

test("Ctrl+U begins anew, Ctrl+C and Ctrl+D give up", async () => {
  expect(await typing("wrong\u0015right\n").answer).toBe("right");
  expect(await typing("secret\u0003").answer).toBeNull();
  expect(await typing("\u0004").answer).toBeNull();
});

test("nobody is asked where there is no terminal", () => {
  const input = Object.assign(new Keyboard(), { isTTY: false });
  expect(secretQuestion({ input: input as unknown as NodeJS.ReadStream, output: process.stderr })).toBeNull();
});
