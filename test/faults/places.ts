import fs from "node:fs";
import { open } from "node:fs/promises";
import fsPromises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { dirname } from "node:path";
import type { ProgramOrder, RefusalCode } from "./fault.ts";

type Call = (this: unknown, ...args: unknown[]) => unknown;

export interface WatchedPlaces {
  /** What was changed, in order. */
  readonly places: readonly string[];
  /** Counts from here on. */
  readonly begin: () => void;
  readonly happened: () => boolean;
}

/**
 * Counts everything by which the program changes the disk (rows, names, synced bytes), and lets the fault happen at its place.
 * For a process of its own: it changes Node's functions for good.
 */
export async function watchPlaces({ fault, data }: Pick<ProgramOrder, "fault" | "data">): Promise<WatchedPlaces> {
  const folder = dirname(data);
  const places: string[] = [];
  let counts = false;
  let happened = false;
  let refusing: string | null = null;

  const at = (label: string, work: () => unknown, answersLater: boolean): unknown => {
    if (!counts) return work();
    places.push(label);
    const here = fault?.at.label === label && fault.at.nth === places.filter((earlier) => earlier === label).length;
    happened ||= here;
    if (fault?.kind === "refuse" && (here || refusing === label)) {
      refusing = fault.lasts ? label : null;
      const problem = refusal(fault.code, label);
      if (answersLater) return Promise.reject(problem);
      throw problem;
    }
    if (here && fault.kind === "kill" && fault.when === "before") die();
    const outcome = work();
    if (here && fault.kind === "kill" && fault.when === "after") {
      return outcome instanceof Promise ? outcome.then(die) : die();
    }
    return outcome;
  };
  const watch = (
    owner: object,
    name: string,
    labelOf: (self: unknown, args: readonly unknown[]) => string | null,
    answersLater = false,
  ): void => {
    const functions = owner as Record<string, Call>;
    const original = functions[name];
    if (original === undefined) throw new Error(`Node has no ${name} any more`);
    functions[name] = function watched(...args) {
      const label = labelOf(this, args);
      const work = (): unknown => original.apply(this, args);
      return label === null ? work() : at(label, work, answersLater);
    };
  };

  watch(StatementSync.prototype, "run", (self) => statementLabel((self as StatementSync).sourceSQL));
  watch(DatabaseSync.prototype, "exec", (_self, [sql]) =>
    String(sql).trim() === "COMMIT" ? "database: COMMIT" : null,
  );
  const isOurs = (value: unknown): boolean => String(value).startsWith(folder);
  for (const name of ["link", "rename", "unlink", "rm", "copyFile"]) {
    watch(fsPromises, name, (_self, args) => (args.slice(0, 2).some(isOurs) ? `file: ${name}` : null), true);
  }
  for (const name of ["renameSync", "writeFileSync", "fsyncSync"]) {
    watch(fs, name, () => `file: ${name}`);
  }
  const handle = await open(import.meta.filename, "r");
  const prototype = Object.getPrototypeOf(handle) as object;
  await handle.close();
  for (const name of ["sync", "datasync", "truncate"]) watch(prototype, name, () => `file: ${name}`, true);
  watch(prototype, "write", () => "file: write", true);
  syncBuiltinESMExports();
  return {
    places,
    begin: () => {
      counts = true;
    },
    happened: () => happened,
  };
}

function statementLabel(sql: string): string | null {
  const words = sql.replaceAll(/\s+/gu, " ").trim();
  return /^(?:INSERT|UPDATE|DELETE)/u.test(words) ? `database: ${words.slice(0, 60)}` : null;
}

function die(): never {
  process.kill(process.pid, "SIGKILL");
  // Nothing more happens, whenever the signal arrives.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  throw new Error("unreachable");
}

const ERRNO = { EIO: -5, EACCES: -13, ENOSPC: -28, EROFS: -30 } as const;

/** SQLITE_IOERR, SQLITE_READONLY, SQLITE_FULL, SQLITE_READONLY: what SQLite makes of these errors of the system. */
const SQLITE = { EIO: 10, EACCES: 8, ENOSPC: 13, EROFS: 8 } as const;

function refusal(code: RefusalCode, label: string): Error {
  return label.startsWith("database")
    ? Object.assign(new Error(`refused by the test: ${code}`), { code: "ERR_SQLITE_ERROR", errcode: SQLITE[code] })
    : Object.assign(new Error(`${code}: refused by the test`), { code, errno: ERRNO[code], syscall: "write" });
}
