import fs from "node:fs";
import { open } from "node:fs/promises";
import fsPromises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, StatementSync } from "node:sqlite";
import type { FaultTrigger } from "./fault-trigger.ts";

type Call = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Makes a place of everything by which the program changes the disk (rows, names, synced bytes). For a process of its own: it
 * changes Node's functions for good.
 */
export async function watchPlaces({ at }: FaultTrigger, folder: string): Promise<void> {
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
}

function statementLabel(sql: string): string | null {
  const words = sql.replaceAll(/\s+/gu, " ").trim();
  return /^(?:INSERT|UPDATE|DELETE)/u.test(words) ? `database: ${words.slice(0, 60)}` : null;
}
