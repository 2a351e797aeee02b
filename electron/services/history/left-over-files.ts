import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import type { LeftOverFile } from "../../../shared/history.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { JournalReads } from "../../storage/journal-reads.ts";
import type { ItemRecord, TransactionRecord } from "../../storage/journal-record.ts";
import { fileFailure } from "../documents/file-failure.ts";

/** As `SigningService` and the steps beside it name what they work on. */
const STAGED = /^\.sealdesk-(?<run>[0-9a-f]{8})-(?<item>[0-9]+)\.part(?:\.clean|\.earlier|\.evidence)?$/u;

export interface LeftOverParts {
  /** Folders in which results of this program are, or would be, put. */
  readonly folders: () => readonly string[];
  /** Looks into every journal that this person's programs have; null: one of them cannot be read now. */
  readonly journals: <T>(look: (journals: readonly Pick<JournalReads, "transactions" | "item">[]) => T) => T | null;
  /** Runs whose id begins so were written about by this computer's programs. */
  readonly isOurs: (start: string) => boolean;
  readonly randomUuid: () => string;
}

/** Working files that no run will come back for. */
export interface LeftOverFiles {
  readonly list: () => Promise<readonly LeftOverFile[]>;
  readonly path: (id: string) => string | null;
  readonly remove: (id: string) => Promise<Result<null, Failure>>;
}

export function leftOverFiles(parts: LeftOverParts): LeftOverFiles {
  let listed = new Map<string, string>();
  return {
    list: async () => {
      const found = await findAll(parts);
      const files = found.map((file) => ({ ...file, id: parts.randomUuid() }));
      listed = new Map(files.map(({ id, path }) => [id, path]));
      return files.map(({ path: _path, ...file }) => file);
    },
    path: (id) => listed.get(id) ?? null,
    remove: async (id) => {
      const path = listed.get(id);
      const name = path === undefined ? "" : basename(path);
      // SECURITY: what was true when it was listed is asked again: a run may have come back for it.
      const [still] = path === undefined ? [] : await leftOver(parts, [path]);
      if (path === undefined || still === undefined || still.maybeSigned) {
        return failed({ code: "document.not-found", params: { name } });
      }
      try {
        await rm(path);
        return success(null);
      } catch (error) {
        return failed(fileFailure(error, path));
      }
    },
  };
}

type Found = Omit<LeftOverFile, "id"> & { readonly path: string };

async function findAll(parts: LeftOverParts): Promise<readonly Found[]> {
  const paths: string[] = [];
  for (const folder of new Set(parts.folders())) {
    // A folder that is away (a stick, a network drive) has nothing to tell now.
    for (const name of await readdir(folder).catch(() => [])) {
      paths.push(join(folder, name));
    }
  }
  return leftOver(parts, paths);
}

/** Those of the paths that are working files and belong neither to a run that will come back for them nor to somebody else. */
async function leftOver(parts: LeftOverParts, paths: readonly string[]): Promise<readonly Found[]> {
  const staged = paths.flatMap((path) => {
    const name = STAGED.exec(basename(path))?.groups;
    const [run, item] = [name?.["run"], name?.["item"]];
    return run === undefined || item === undefined ? [] : [{ path, run, item }];
  });
  if (staged.length === 0) {
    return [];
  }
  const owned = parts.journals((journals) => {
    const known = journals.map((journal) => ({ journal, runs: journal.transactions() }));
    return staged.map((file) => ({ ...file, owner: ownerOf(known, file.run, file.item) }));
  });
  const found: Found[] = [];
  for (const { path, run, owner } of owned ?? []) {
    // In a shared folder a colleague's program may be at work: only files of runs that this computer knows are told.
    if (owner.isWanted || (!owner.isKnown && !parts.isOurs(run))) {
      continue;
    }
    const facts = await stat(path).catch(() => null);
    if (facts?.isFile() === true) {
      found.push({
        path,
        name: basename(path),
        folder: basename(dirname(path)),
        size: facts.size,
        changed: facts.mtime.toISOString(),
        maybeSigned: owner.maybeSigned,
      });
    }
  }
  return found;
}

interface Owner {
  readonly isKnown: boolean;
  /** Its run goes on, or has something to deliver. */
  readonly isWanted: boolean;
  readonly maybeSigned: boolean;
}

interface KnownRuns {
  readonly journal: Pick<JournalReads, "item">;
  readonly runs: readonly TransactionRecord[];
}

function ownerOf(known: readonly KnownRuns[], start: string, number: string): Owner {
  for (const { journal, runs } of known) {
    const run = runs.find(({ id }) => id.startsWith(start));
    if (run !== undefined) {
      const item = journal.item(run.id, number);
      const isOpen = item !== null && item.phase !== "delivered" && item.phase !== "failed";
      return { isKnown: true, isWanted: run.phase === "running" || isOpen, maybeSigned: maybeSigned(item) };
    }
  }
  // The journal has forgotten the run: nobody can tell any more what somebody approved.
  return { isKnown: false, isWanted: false, maybeSigned: true };
}

/** Approved, and no result was delivered: what somebody signed may be in the working file alone. */
function maybeSigned(item: ItemRecord | null): boolean {
  if (item === null) {
    return true;
  }
  const wasApproved = item.value !== null || (item.returned ?? null) !== null || (item.evidence ?? null) !== null;
  return item.phase !== "delivered" && wasApproved;
}
