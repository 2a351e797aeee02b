import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";

export interface JsonProblem {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

export interface LinedJson {
  readonly value: unknown;
  /** Line (from 1) where the member's value begins; null: there is no such member. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | null;
}

const DEEPEST = 50;
const SPACE = /[ \t\r\n]*/uy;
/** RFC 8259 section 7: of the control characters, only those below U+0020 have to be escaped. */
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
/** RFC 8259 section 6, and the three names of section 3. */
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/**
 * JSON (RFC 8259) for files that people write: says where something stands and where it is broken. Stricter than
 * `JSON.parse` in one thing: a name that stands twice in an object is an error, since one of the two would be without
 * effect and nobody would notice.
 */
export function parseWithLines(text: string): Result<LinedJson, JsonProblem> {
  const reader = new Reader(text);
  try {
    const value = reader.document();
    return success({ value, lineOf: (path) => reader.lines.get(JSON.stringify(path)) ?? null });
  } catch (problem) {
    if (problem instanceof Broken) {
      return failed({ ...placeOf(text, problem.at), what: problem.message });
    }
    throw problem;
  }
}

class Broken extends Error {
  readonly at: number;

  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

class Reader {
  readonly #text: string;
  #at = 0;
  readonly lines = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value([]);
    if (this.#peek() !== "") {
      throw this.#broken("the end of the file was expected");
    }
    return value;
  }

  #value(path: readonly (string | number)[]): unknown {
    const next = this.#peek();
    this.lines.set(JSON.stringify(path), placeOf(this.#text, this.#at).line);
    if (path.length > DEEPEST) {
      throw this.#broken("too many levels");
    }
    if (next === "{") {
      return this.#object(path);
    }
    if (next === "[") {
      return this.#array(path);
    }
    const token = this.#take(next === '"' ? STRING : SCALAR);
    if (token === null) {
      throw this.#broken(next === '"' ? "a string that does not end, or a wrong escape in it" : "a value was expected");
    }
    return JSON.parse(token);
  }

  #object(path: readonly (string | number)[]): unknown {
    const members = new Map<string, unknown>();
    this.#at += 1;
    if (this.#peek() === "}") {
      this.#at += 1;
      return {};
    }
    for (;;) {
      this.#peek();
      const start = this.#at;
      const token = this.#take(STRING);
      if (token === null) {
        throw this.#broken("a name in double quotes was expected");
      }
      const name = String(JSON.parse(token));
      if (members.has(name)) {
        throw new Broken(`"${name}" stands here a second time`, start);
      }
      if (this.#peek() !== ":") {
        throw this.#broken('":" was expected');
      }
      this.#at += 1;
      members.set(name, this.#value([...path, name]));
      if (this.#ends("}")) {
        // Own members, whatever their name is.
        return Object.fromEntries(members);
      }
    }
  }

  #array(path: readonly (string | number)[]): unknown {
    const values: unknown[] = [];
    this.#at += 1;
    if (this.#peek() === "]") {
      this.#at += 1;
      return values;
    }
    do {
      values.push(this.#value([...path, values.length]));
    } while (!this.#ends("]"));
    return values;
  }

  /** After a member: the end, or a comma and one more. */
  #ends(end: "}" | "]"): boolean {
    const next = this.#peek();
    if (next !== end && next !== ",") {
      throw this.#broken(`"," or "${end}" was expected`);
    }
    this.#at += 1;
    return next === end;
  }

  /** The next character that is no white space; "" at the end. */
  #peek(): string {
    this.#take(SPACE);
    return this.#text.charAt(this.#at);
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const token = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += token?.length ?? 0;
    return token;
  }

  #broken(what: string): Broken {
    return new Broken(this.#at >= this.#text.length ? `${what}, and the file ends` : what, this.#at);
  }
}
