import fs from "node:fs";
import { open } from "node:fs/promises";
import fsPromises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, StatementSync } from "node:sqlite";
import type { Fault } from "./fault.ts";

type Call = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Counts everything by which the program changes the disk from here on (rows, names, synced bytes), and lets the fault happen at
 * its place. For a process of its own: it changes Node's functions for good.
 */
export async function watchPlaces(fault: Fault | null, folder: string): Promise<{ readonly places: string[] }> {
  const places: string[] = [];
  let refusing: string | null = null;

  const at = (label: string, work: () => unknown): unknown => {
    places.push(label);
    const here = fault?.at.label === label && fault.at.nth === places.filter((earlier) => earlier === label).length;
    if (fault?.kind === "refuse" && (here || refusing === label)) {
      refusing = fault.lasts ? label : null;
      throw refusal(fault.code, label);
    }
    if (here && fault.kind === "kill" && fault.when === "before") die();
    const outcome = work();
    if (here && fault.kind === "kill" && fault.when === "after") {
      return outcome instanceof Promise ? outcome.then(die) : die();
    }
    return outcome;
  };
  const watch = (owner: object, name: string, labelOf: (self: unknown, args: readonly unknown[]) => string | null) => {
    const functions = owner as Record<string, Call>;
    const original = functions[name];
    if (original === undefined) throw new Error(`Node has no ${name} any more`);
    functions[name] = function watched(...args) {
      const label = labelOf(this, args);
      return label === null ? original.apply(this, args) : at(label, () => original.apply(this, args));
    };
  };

  watch(StatementSync.prototype, "run", (self) => statementLabel((self as StatementSync).sourceSQL));
  watch(DatabaseSync.prototype, "exec", (_self, [sql]) =>
    String(sql).trim() === "COMMIT" ? "database: COMMIT" : null,
  );
  const isOurs = (value: unknown): boolean => String(value).startsWith(folder);
  for (const name of ["link", "rename", "unlink", "rm", "copyFile"]) {
    watch(fsPromises, name, (_self, args) => (args.slice(0, 2).some(isOurs) ? `file: ${name}` : null));
  }
  for (const name of ["renameSync", "writeFileSync", "fsyncSync"]) {
    watch(fs, name, () => `file: ${name}`);
  }
  const handle = await open(import.meta.filename, "r");
  const prototype = Object.getPrototypeOf(handle) as object;
  await handle.close();
  for (const name of ["sync", "datasync", "truncate"]) watch(prototype, name, () => `file: ${name}`);
  watch(prototype, "write", () => "file: write");
  syncBuiltinESMExports();
  return { places };
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

function refusal(code: string, label: string): Error {
  return label.startsWith("database")
    ? // SQLITE_FULL, as node:sqlite reports it.
      Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 })
    : Object.assign(new Error(`${code}: refused by the test`), { code, errno: -28, syscall: "write" });
}
