import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { posix } from "node:path";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";

/**
 * "root": only the administrator may be able to change the file and its folder. "others": it may belong to whoever runs the
 * program (an override for development), and nobody else may write to it. "none": a draft is checked.
 */
export type FileGuard = "root" | "others" | "none";

const MAXIMUM_BYTES = 1_000_000;
const WRITABLE_BY_OTHERS = 0o022;

/** The bytes of a file that is an administrator's word, or why they are not. Null: the file is not there. */
export function readGuarded(path: string, guard: FileGuard): Result<Uint8Array | null, string> {
  if (guard === "root") {
    const folder = statSync(posix.dirname(path), { throwIfNoEntry: false });
    const open = folder === undefined ? null : openToOthers(folder, guard);
    if (open !== null) {
      // SECURITY: who can write to the folder can take the file away, or put another in its place.
      return failed(`its folder ${open}`);
    }
  }
  let file: number;
  try {
    // A pipe must not keep the program waiting.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? success(null) : failed("the file cannot be read");
  }
  try {
    // SECURITY: asked of the file that was opened, so that nobody can put another in its place in between.
    const facts = fstatSync(file);
    const open = guard === "none" ? null : openToOthers(facts, guard);
    if (!facts.isFile() || open !== null) {
      return failed(open === null ? "it is no file" : `the file ${open}`);
    }
    return facts.size > MAXIMUM_BYTES
      ? failed(`the file is larger than ${MAXIMUM_BYTES} bytes`)
      : success(new Uint8Array(readFileSync(file)));
  } catch {
    return failed("the file cannot be read");
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
