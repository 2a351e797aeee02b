import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "../../shared/ids.ts";
import type { Sha256Hex, TransactionId } from "../../shared/ids.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * Signed documents as a provider gave them back, kept until they are delivered: the provider may have deleted its own copy
 * by then, and the output folder may be away. SECURITY: whole documents, readable for this person only.
 */
export interface ReturnedFiles {
  /** On the disk when it returns. Throws a system error when it cannot be written. */
  readonly put: (transaction: TransactionId, item: string, bytes: Uint8Array) => StoredFile;
  readonly path: (transaction: TransactionId, item: string) => string;
  /** Nothing there is fine. */
  readonly remove: (transaction: TransactionId, item: string) => void;
  /** Removes documents that were refused and that nobody asked for in a month; none of a run that is not finished. */
  readonly tidy: (unfinished: ReadonlySet<string>, now: number) => void;
}

export interface StoredFile {
  readonly size: number;
  readonly sha256: Sha256Hex;
}

const KEPT_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;
const NAME = /^(?<transaction>[0-9a-f-]{36})-[0-9]+\.pdf$/u;

export function openReturnedFiles(folder: string): ReturnedFiles {
  const path = (transaction: TransactionId, item: string): string => join(folder, `${transaction}-${item}.pdf`);
  return {
    path,
    put: (transaction, item, bytes) => {
      replaceFile(path(transaction, item), bytes);
      return { size: bytes.length, sha256: sha256Hex(createHash("sha256").update(bytes).digest("hex")) };
    },
    remove: (transaction, item) => rmSync(path(transaction, item), { force: true }),
    tidy: (unfinished, now) => {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        const transaction = NAME.exec(name)?.groups?.["transaction"];
        const file = join(folder, name);
        const old = transaction !== undefined && now - statSync(file).mtimeMs > KEPT_MILLISECONDS;
        if (old && !unfinished.has(transaction)) {
          rmSync(file, { force: true });
        }
      }
    },
  };
}
