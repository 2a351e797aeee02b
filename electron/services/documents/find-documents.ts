import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { MAXIMUM_DOCUMENTS } from "../../../shared/ipc.ts";

/** The files that a list of files and folders means: folders give the PDF files below them, in the order of their names. */
export async function findDocuments(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    if (await isFolder(path)) {
      await collect(path, found);
    } else {
      found.push(path);
    }
    if (found.length >= MAXIMUM_DOCUMENTS) {
      break;
    }
  }
  return found.slice(0, MAXIMUM_DOCUMENTS);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Opening it will say what is wrong.
    return false;
  }
}

async function collect(folder: string, found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  for (const entry of entries) {
    if (found.length >= MAXIMUM_DOCUMENTS) {
      return;
    }
    const path = join(folder, entry.name);
    // Links to folders are not followed: they may lead in a circle.
    if (entry.isDirectory()) {
      await collect(path, found);
    } else if (entry.isFile() && extname(entry.name).toLowerCase() === ".pdf") {
      found.push(path);
    }
  }
}
