import { asObject, field } from "../../loose-json.ts";
import type { JsonRecord } from "../../loose-json.ts";

/** What stands at a path of the table ("passcode.length"); undefined when something on the way is no object. */
export function valueAt(object: JsonRecord | null, path: string): unknown {
  const names = path.split(".");
  const last = names.pop() ?? path;
  let at = object;
  for (const name of names) {
    at = asObject(field(at, name));
  }
  return field(at, last);
}

/** A text that is not empty; numbers count as their digits (ids are sometimes numbers). */
export function textAt(object: JsonRecord | null, path: string): string | null {
  const value = valueAt(object, path);
  if (typeof value === "number" && Number.isFinite(value)) {
    return String(value);
  }
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** A number, also where it is written as text. */
export function numberAt(object: JsonRecord | null, path: string): number | null {
  const value = valueAt(object, path);
  if (typeof value === "string" && /^\d{1,15}$/u.test(value.trim())) {
    return Number(value);
  }
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function listAt(object: JsonRecord | null, path: string): readonly unknown[] {
  const value = valueAt(object, path);
  return Array.isArray(value) ? value : [];
}

/** A body in which each value stands at its path. */
export function bodyOf(entries: readonly (readonly [path: string, value: unknown])[]): JsonRecord {
  const body: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    const names = path.split(".");
    const last = names.pop() ?? path;
    let at = body;
    for (const name of names) {
      const inner = asObject(at[name]) ?? {};
      const own: Record<string, unknown> = { ...inner };
      at[name] = own;
      at = own;
    }
    at[last] = value;
  }
  return body;
}
