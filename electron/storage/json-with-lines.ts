import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { placeOf, walkJson } from "./json-walk.ts";
import type { JsonFault } from "./json-walk.ts";

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

/**
 * JSON (RFC 8259) for files that people write: says where something stands and where it is broken. Stricter than
 * `JSON.parse` in one thing: a name that stands twice in an object is an error, since one of the two would be without
 * effect and nobody would notice.
 */
export function parseWithLines(text: string): Result<LinedJson, JsonProblem> {
  const lines = new Map<string, number>();
  const problemAt = (what: string, at: number) => failed({ ...placeOf(text, at), what });
  try {
    const fault = walkJson(text, {
      onName: (path, at) => {
        if (lines.has(JSON.stringify(path))) {
          throw new Broken(`"${path.at(-1) ?? ""}" stands here a second time`, at);
        }
      },
      onValue: (path, at) => {
        lines.set(JSON.stringify(path), placeOf(text, at).line);
        if (path.length > DEEPEST) {
          throw new Broken("too many levels", at);
        }
      },
    });
    if (fault !== null) {
      const what = wordsFor(fault, text);
      return problemAt(fault.at >= text.length ? `${what}, and the file ends` : what, fault.at);
    }
  } catch (problem) {
    if (problem instanceof Broken) {
      return problemAt(problem.message, problem.at);
    }
    throw problem;
  }
  return success({
    value: JSON.parse(text) as unknown,
    lineOf: (path) => lines.get(JSON.stringify(path)) ?? null,
  });
}

class Broken extends Error {
  readonly at: number;

  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}

function wordsFor({ at, wanted, closing }: JsonFault, text: string): string {
  switch (wanted) {
    case "value":
    case "value-or-end":
      return text.charAt(at) === '"' ? "a string that does not end, or a wrong escape in it" : "a value was expected";
    case "key":
    case "key-or-end":
      return "a name in double quotes was expected";
    case "colon":
      return '":" was expected';
    case "comma-or-end":
      return `"," or "${closing ?? ""}" was expected`;
    case "nothing":
      return "the end of the file was expected";
  }
}
