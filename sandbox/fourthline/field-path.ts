import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";

/** What is at "a.b.c" of an object; undefined when there is no such place. */
export function readField(object: JsonObject, path: string): unknown {
  let value: unknown = object;
  for (const name of path.split(".")) {
    const inner = asObject(value);
    value = inner !== null && Object.hasOwn(inner, name) ? inner[name] : undefined;
  }
  return value;
}

/** An object with each value at its path. */
export function objectOf(entries: readonly (readonly [path: string, value: unknown])[]): JsonObject {
  const object: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    const names = path.split(".");
    const last = names.pop() ?? path;
    let place = object;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = value;
  }
  return object;
}
