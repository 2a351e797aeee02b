import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ProgramAnswer } from "./fault.ts";
import type { Damage } from "./fault-try.ts";

export interface DamagedFile {
  /** What must not be, in words. To be called when the start with the damage is over. */
  readonly complaints: (answer: ProgramAnswer | null) => Promise<readonly string[]>;
  /** As if it came back from a backup. */
  readonly undo: () => Promise<void>;
}

/** Null: there is no such file. */
export async function damageFile(data: string, { file, how, notice, stays }: Damage): Promise<DamagedFile | null> {
  const path = join(data, file);
  if (!existsSync(path)) return null;
  if (file.endsWith(".db")) checkpoint(path);
  const whole = await readFile(path);
  const damaged = damagedBytes(whole, how);
  await writeFile(path, damaged);
  return {
    async complaints(answer) {
      const wrong: string[] = [];
      if (answer === null) return ["it did not start"];
      const now = await readFile(path).catch(() => null);
      if (stays && now?.equals(damaged) !== true) wrong.push(`${file} was changed`);
      if (notice !== null && !answer.notices.includes(notice)) wrong.push(`${notice} was not said`);
      return wrong;
    },
    async undo() {
      await writeFile(path, whole);
      for (const name of beside(path)) await rm(name, { force: true });
    },
  };
}

const beside = (path: string): readonly string[] => [`${path}-wal`, `${path}-shm`];

/** What SQLite has not yet put into its file lies beside it, and would mend whatever is there. */
function checkpoint(path: string): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

function damagedBytes(whole: Buffer, how: Damage["how"]): Buffer {
  switch (how) {
    case "cut in half":
      return Buffer.from(whole.subarray(0, Math.floor(whole.length / 2)));
    case "zeroed":
      return Buffer.alloc(whole.length);
    case "random bytes":
      return randomBytes(whole.length);
  }
}
