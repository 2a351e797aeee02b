type Wanted = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "nothing";

const STRING = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?`;
const TOKEN = new RegExp(String.raw`[[\]{},:]|${STRING}|${NUMBER}|true|false|null`, "uy");
const BLANKS = /[\t\n\r ]*/uy;

/**
 * Offset of the first token that JSON (RFC 8259) does not allow; the text's length: it ends too early; null: it is JSON.
 * `JSON.parse` knows the same, but not every engine's words say where.
 */
export function jsonFault(text: string): number | null {
  const open: ("{" | "[")[] = [];
  let wanted: Wanted = "value";
  let at = 0;
  for (;;) {
    at += matched(BLANKS, text, at).length;
    if (at === text.length) {
      return wanted === "nothing" ? null : at;
    }
    const token = matched(TOKEN, text, at);
    const next = follow(token, wanted, open);
    if (next === null) {
      return at;
    }
    wanted = next;
    at += token.length;
  }
}

/** Null: the token may not stand here. Keeps `open`, the brackets that are not closed yet. */
function follow(token: string, wanted: Wanted, open: ("{" | "[")[]): Wanted | null {
  const afterValue = (): Wanted => (open.length === 0 ? "nothing" : "comma-or-end");
  switch (token) {
    case "":
      return null;
    case "{":
    case "[":
      if (wanted !== "value" && wanted !== "value-or-end") {
        return null;
      }
      open.push(token);
      return token === "{" ? "key-or-end" : "value-or-end";
    case "}":
    case "]":
      if (open.at(-1) !== (token === "}" ? "{" : "[") || !wanted.endsWith("-or-end")) {
        return null;
      }
      open.pop();
      return afterValue();
    case ",":
      return wanted !== "comma-or-end" ? null : open.at(-1) === "{" ? "key" : "value";
    case ":":
      return wanted === "colon" ? "value" : null;
    default:
      if (wanted === "key" || wanted === "key-or-end") {
        return token.startsWith('"') ? "colon" : null;
      }
      return wanted === "value" || wanted === "value-or-end" ? afterValue() : null;
  }
}

function matched(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}
