import { readdir, stat } from "node:fs/promises";
import type { Dirent } from "node:fs";
import { join } from "node:path";

/**
 * The files that the arguments mean, one after the other: a folder gives the PDF files below it, in the order of their
 * names. A folder that cannot be read stands for itself, so that it gets a verdict too.
 */
export async function* inputFiles(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    if ((await kindOf(path)) === "folder") {
      yield* filesBelow(path);
    } else {
      yield path;
    }
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) {
    yield folder;
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // Links to folders are not followed: they may lead in a circle.
    if (entry.isDirectory()) {
      yield* filesBelow(path);
    } else if (entry.name.toLowerCase().endsWith(".pdf") && (entry.isFile() || (await isLinkToJudge(entry, path)))) {
      yield path;
    }
  }
}

/** A link that leads nowhere is judged too: somebody expected a document there. */
async function isLinkToJudge(entry: Dirent, path: string): Promise<boolean> {
  return entry.isSymbolicLink() && (await kindOf(path)) !== "folder";
}

async function kindOf(path: string): Promise<"folder" | "file" | "other"> {
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() === true ? "folder" : facts?.isFile() === true ? "file" : "other";
}
