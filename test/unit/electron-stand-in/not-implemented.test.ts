import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { guardInstances, guardObject } from "../../../tools/electron-stand-in/not-implemented.ts";

class Thing extends EventEmitter {
  readonly #secret = 42;
  read(): number {
    return this.#secret;
  }
}
guardInstances("thing", Thing);

test("a missing member of an instance throws by name; its own, inherited and private ones work", () => {
  const thing = new Thing();
  expect(() => Reflect.get(thing, "missing") as unknown).toThrow("electron stand-in: thing.missing is not implemented");
  expect(thing.read()).toBe(42);
  const heard: unknown[] = [];
  thing.once("event", (value) => heard.push(value));
  thing.emit("event", 1);
  expect(heard).toEqual([1]);
  expect(thing).toBeInstanceOf(EventEmitter);
});

test("instances can be awaited and inspected", async () => {
  const thing = new Thing();
  expect(await Promise.resolve(thing)).toBe(thing);
  expect(JSON.stringify({ a: guardObject("x", { b: 1 }) })).toBe('{"a":{"b":1}}');
});

test("members of a module can be replaced, as tests do", () => {
  const module = guardObject("dialog", { show: (): string => "real" });
  expect(() => Reflect.get(module, "hide") as unknown).toThrow("electron stand-in: dialog.hide is not implemented");
  module.show = () => "test's";
  expect(module.show()).toBe("test's");
});
