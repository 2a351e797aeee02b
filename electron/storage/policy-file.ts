import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { posix, win32 } from "node:path";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { parsePolicy } from "./policy.ts";
import type { Policy, PolicyProblem } from "./policy.ts";

export interface PolicyPlace {
  readonly path: string;
  /**
   * "root": only the administrator may be able to change the file and its folder. "others": it may belong to whoever
   * runs the program (an override for development), and nobody else may write to it. "none": a draft is checked.
   */
  readonly guard: "root" | "others" | "none";
  /** Whether there has to be one: somebody named it. */
  readonly isNamed: boolean;
}

const MAXIMUM_BYTES = 1_000_000;
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Where the policy of this computer lies. Nothing that is below a person's own folders: it holds for everybody.
 *
 * SECURITY: only a program that is run from its source can be pointed elsewhere. In a packaged one, whoever can set an
 * environment variable could leave the policy behind.
 */
export function policyPlace(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): PolicyPlace {
  const other = environment["SEALDESK_POLICY"];
  if (!isPackaged && other !== undefined && other !== "") {
    return { path: other, guard: platform === "win32" ? "none" : "others", isNamed: true };
  }
  if (platform === "win32") {
    const folder = environment["ProgramData"] ?? String.raw`C:\ProgramData`;
    // Who may write there is said by access lists, which are the administrator's to set (docs/policy.md).
    return { path: win32.join(folder, "Sealdesk", "policy.json"), guard: "none", isNamed: false };
  }
  const folder = platform === "darwin" ? "/Library/Application Support/Sealdesk" : "/etc/sealdesk";
  return { path: posix.join(folder, "policy.json"), guard: "root", isNamed: false };
}

/** Null: there is no policy, so nothing is forbidden. */
export function readPolicyFile({ path, guard, isNamed }: PolicyPlace): Result<Policy | null, readonly PolicyProblem[]> {
  const whole = (what: string) => failed([{ line: null, member: "", what }] as const);
  if (guard === "root") {
    const folder = statSync(posix.dirname(path), { throwIfNoEntry: false });
    const open = folder === undefined ? null : openToOthers(folder, guard);
    if (open !== null) {
      // SECURITY: who can write to the folder can take the policy away.
      return whole(`its folder ${open}`);
    }
  }
  let file: number;
  try {
    // A pipe must not keep the program waiting.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing && !isNamed
      ? success(null)
      : whole(isMissing ? "the file is not there" : "the file cannot be read");
  }
  try {
    // SECURITY: asked of the file that was opened, so that nobody can put another in its place in between.
    const facts = fstatSync(file);
    const open = guard === "none" ? null : openToOthers(facts, guard);
    if (!facts.isFile() || open !== null) {
      return whole(open === null ? "it is no file" : `the file ${open}`);
    }
    if (facts.size > MAXIMUM_BYTES) {
      return whole(`the file is larger than ${MAXIMUM_BYTES} bytes`);
    }
    const text = decoded(readFileSync(file));
    return text === null ? whole("the file is not in UTF-8") : parsePolicy(text);
  } catch {
    return whole("the file cannot be read");
  } finally {
    closeSync(file);
  }
}

/**
 * SECURITY: what an ordinary user can write to is no word of the administrator's: it could send everybody's digests to
 * another timestamp service, or have strangers' signatures judged as trusted.
 */
export function openToOthers({ mode, uid }: Pick<Stats, "mode" | "uid">, guard: "root" | "others"): string | null {
  if ((mode & WRITABLE_BY_OTHERS) !== 0) {
    return "can be written to by others than its owner (chmod go-w)";
  }
  return guard === "root" && uid !== 0 ? "does not belong to root (chown root)" : null;
}

/** A byte order mark, as editors on Windows write it, is left out. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
