import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

const MAXIMUM_FILE_BYTES = 1024 * 1024;
/** Earlier files that are kept, the youngest first: "log.1.jsonl" … */
const KEPT_FILES = 4;

/** Files of lines in one folder, the newest not much longer than a mebibyte, the oldest thrown away. */
export interface LogFiles {
  /** Never throws: what cannot be logged must not stop what is logged about. */
  append(line: string): void;
  /** Everything that is kept, oldest first. */
  text(): string;
}

export function openLogFiles(folder: string): LogFiles {
  const path = (age: number): string => join(folder, age === 0 ? "log.jsonl" : `log.${age}.jsonl`);
  const quietly = (work: () => void): void => {
    try {
      work();
    } catch {
      // A full disk, a folder that is gone: nobody to tell, and nothing to do.
    }
  };
  let size = -1;
  let isTorn = false;
  const turnOver = (): void => {
    for (let age = KEPT_FILES; age > 0; age -= 1) {
      quietly(() => renameSync(path(age - 1), path(age)));
    }
    // Where files cannot be renamed (another program holds one open) the newest is thrown away: it must not grow for ever.
    quietly(() => truncateSync(path(0)));
    size = 0;
  };
  return {
    append(line) {
      quietly(() => {
        if (size < 0) {
          // SECURITY: other users of the computer have no business with it.
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          size = statSync(path(0), { throwIfNoEntry: false })?.size ?? 0;
        }
        if (size > MAXIMUM_FILE_BYTES) {
          turnOver();
        }
        // After a disk that was full in the middle of a line, the next one stands for itself all the same.
        const bytes = Buffer.from(isTorn ? `\n${line}\n` : `${line}\n`);
        isTorn = true;
        appendFileSync(path(0), bytes, { mode: 0o600 });
        isTorn = false;
        size += bytes.length;
      });
    },
    text() {
      let all = "";
      for (let age = KEPT_FILES; age >= 0; age -= 1) {
        quietly(() => {
          all += readFileSync(path(age), "utf8");
        });
      }
      return all;
    },
  };
}
