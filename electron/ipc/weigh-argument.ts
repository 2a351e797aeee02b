/**
 * SECURITY: bounds on everything that a page sends, before a schema looks at it: a schema visits every element of a list
 * before it says that the list is too long. The largest honest arguments are a picture (16 MiB) and 5,000 placements.
 */
export const MAXIMUM_VALUES = 100_000;
export const MAXIMUM_CHARACTERS = 8 * 1024 * 1024;
export const MAXIMUM_BYTES = 17 * 1024 * 1024;
export const MAXIMUM_DEPTH = 12;

/**
 * How much memory an argument holds, about, in bytes. Null: it is larger than any command needs, deeper, circular, or made
 * of things that no command takes (maps, dates, errors).
 */
export function weighArgument(argument: unknown): number | null {
  let values = 0;
  let characters = 0;
  let bytes = 0;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: argument, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    values += 1;
    if (typeof value === "string") {
      characters += value.length;
    } else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      bytes += value.byteLength;
    } else if (typeof value === "object" && value !== null) {
      if (depth >= MAXIMUM_DEPTH || !(Array.isArray(value) || isRecord(value))) {
        return null;
      }
      const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
      // Before they are put aside: a list may have millions of them.
      if (values + open.length + members.length > MAXIMUM_VALUES) {
        return null;
      }
      characters += Array.isArray(value) ? 0 : lengthOfKeys(value);
      for (const member of members) {
        open.push({ value: member, depth: depth + 1 });
      }
    }
    if (characters > MAXIMUM_CHARACTERS || bytes > MAXIMUM_BYTES) {
      return null;
    }
  }
  return 16 * values + 2 * characters + bytes;
}

/** Whether it is an object of named parts, as every argument is. To a schema, bytes without names would look like one. */
export function isRecord(value: unknown): boolean {
  const prototype: unknown = typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === Object.prototype || prototype === null;
}

function lengthOfKeys(value: object): number {
  return Object.keys(value).reduce((sum, key) => sum + key.length, 0);
}
