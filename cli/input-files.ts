import { opendir, stat } from "node:fs/promises";
import type { Dirent } from "node:fs";
import { join } from "node:path";

/**
 * The files that the arguments mean, one after the other: a folder gives what is named like a PDF file below it, in the
 * order of the names. A folder that cannot be read stands for itself, so that it gets a verdict too. Memory grows with
 * the largest folder's names, not with the number of files.
 */
export async function* inputFiles(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    if (await isFolder(path)) {
      yield* filesBelow(path);
    } else {
      yield path;
    }
  }
}

/** Names of one folder that are still to be looked at, last one next. */
interface Level {
  readonly folder: string;
  readonly names: string[];
}

/** Marks a name as that of a folder; no name holds it. */
const FOLDER_MARK = "/";

async function* filesBelow(top: string): AsyncGenerator<string> {
  // A stack, not recursion: folders may be nested deeper than generators should be.
  const levels: Level[] = [];
  let folder: string | null = top;
  for (;;) {
    if (folder !== null) {
      const names = await namesIn(folder);
      if (names === null) {
        yield folder;
      } else {
        levels.push({ folder, names });
      }
    }
    const level = levels.at(-1);
    if (level === undefined) {
      return;
    }
    const name = level.names.pop();
    folder = null;
    if (name === undefined) {
      levels.pop();
    } else if (name.endsWith(FOLDER_MARK)) {
      folder = join(level.folder, name.slice(0, -1));
    } else {
      yield join(level.folder, name);
    }
  }
}

/** The names that matter, in reverse order; null when the folder cannot be read. */
async function namesIn(folder: string): Promise<string[] | null> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(folder, { bufferSize: 512 })) {
      // Links to folders are not followed: they may lead in a circle.
      if (entry.isDirectory()) {
        names.push(entry.name + FOLDER_MARK);
      } else if (entry.name.toLowerCase().endsWith(".pdf") && (await isToJudge(entry, folder))) {
        names.push(entry.name);
      }
    }
  } catch {
    return null;
  }
  return names.sort((a, b) => (plain(a) < plain(b) ? 1 : -1));
}

const plain = (name: string): string => (name.endsWith(FOLDER_MARK) ? name.slice(0, -1) : name);

/** A link that leads nowhere is judged too, and so is a pipe: somebody expected a document there. */
async function isToJudge(entry: Dirent, folder: string): Promise<boolean> {
  return !entry.isSymbolicLink() || !(await isFolder(join(folder, entry.name)));
}

async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() === true;
}
