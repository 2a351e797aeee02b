import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { readGuarded } from "./guarded-file.ts";
import type { PolicyPlace } from "./policy-place.ts";
import { parsePolicy } from "./policy.ts";
import type { LinedPolicy, PolicyProblem } from "./policy.ts";

/** Null: there is no policy, so nothing is forbidden. */
export function readPolicyFile({
  path,
  guard,
  isNamed,
}: PolicyPlace): Result<LinedPolicy | null, readonly PolicyProblem[]> {
  const whole = (what: string) => failed([{ line: null, member: "", what }] as const);
  const read = readGuarded(path, guard);
  if (!read.ok) {
    return whole(read.failure);
  }
  if (read.value === null) {
    return isNamed ? whole("the file is not there") : success(null);
  }
  const text = decoded(read.value);
  return text === null ? whole("the file is not in UTF-8") : parsePolicy(text);
}

/** A byte order mark, as editors on Windows write it, is left out. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
