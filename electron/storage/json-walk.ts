export type JsonPath = readonly (string | number)[];

/** Told of what is passed, in the order of the text; throwing ends the walk. */
export interface JsonVisitor {
  /** A name of an object. `path` ends with it. */
  readonly onName: (path: JsonPath, at: number) => void;
  /** A value begins, also an object or an array. */
  readonly onValue: (path: JsonPath, at: number) => void;
}

/** What would have been allowed where JSON ends. */
export type Wanted = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "nothing";

export interface JsonFault {
  /** Offset of the first token that RFC 8259 does not allow; the text's length: it ends too early. */
  readonly at: number;
  readonly wanted: Wanted;
  /** What closes the object or array around it; null: it is in none. */
  readonly closing: "}" | "]" | null;
}

const STRING = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?`;
const TOKEN = new RegExp(String.raw`[[\]{},:]|${STRING}|${NUMBER}|true|false|null`, "uy");
const BLANKS = /[\t\n\r ]*/uy;

/** An object or array that is not closed yet, and which member of it is being read. */
interface Open {
  readonly closing: "}" | "]";
  member: string | number;
}

/**
 * Walks through JSON (RFC 8259) of any depth. Null: it is JSON, as `JSON.parse` would say, too; but not every engine's words
 * say where a fault is.
 */
export function walkJson(text: string, visitor?: JsonVisitor): JsonFault | null {
  const open: Open[] = [];
  let wanted: Wanted = "value";
  let at = 0;
  const path = (): JsonPath => open.map(({ member }) => member);
  for (;;) {
    at += matched(BLANKS, text, at).length;
    if (at === text.length && wanted === "nothing") {
      return null;
    }
    const token = matched(TOKEN, text, at);
    const next = follow(token, wanted, open, {
      name: () => visitor?.onName(path(), at),
      value: () => visitor?.onValue(path(), at),
    });
    if (next === null) {
      return { at, wanted, closing: open.at(-1)?.closing ?? null };
    }
    wanted = next;
    at += token.length;
  }
}

/** Null: the token may not stand here. Keeps `open`. */
function follow(
  token: string,
  wanted: Wanted,
  open: Open[],
  told: { readonly name: () => void; readonly value: () => void },
): Wanted | null {
  const afterValue = (): Wanted => (open.length === 0 ? "nothing" : "comma-or-end");
  const inside = open.at(-1);
  const isValueWanted = wanted === "value" || wanted === "value-or-end";
  switch (token) {
    case "":
      return null;
    case "{":
    case "[":
      if (!isValueWanted) {
        return null;
      }
      told.value();
      open.push(token === "{" ? { closing: "}", member: "" } : { closing: "]", member: 0 });
      return token === "{" ? "key-or-end" : "value-or-end";
    case "}":
    case "]":
      if (inside?.closing !== token || !wanted.endsWith("-or-end")) {
        return null;
      }
      open.pop();
      return afterValue();
    case ",":
      if (wanted !== "comma-or-end" || inside === undefined) {
        return null;
      }
      if (typeof inside.member === "number") {
        inside.member += 1;
      }
      return inside.closing === "}" ? "key" : "value";
    case ":":
      return wanted === "colon" ? "value" : null;
    default:
      if (wanted === "key" || wanted === "key-or-end") {
        if (!token.startsWith('"') || inside === undefined) {
          return null;
        }
        inside.member = String(JSON.parse(token));
        told.name();
        return "colon";
      }
      if (!isValueWanted) {
        return null;
      }
      told.value();
      return afterValue();
  }
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function matched(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}
