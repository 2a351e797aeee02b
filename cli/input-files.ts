import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The files that the arguments mean, one after the other: a folder gives the PDF files below it, in the order of their names. */
export async function* inputFiles(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    const facts = await stat(path).catch(() => null);
    if (facts?.isDirectory() === true) {
      yield* filesBelow(path);
    } else {
      yield path;
    }
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = [];
  for await (const entry of await opendir(folder)) {
    entries.push(entry);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* filesBelow(path);
    } else if (entry.isFile() && entry.name.toLowerCase().endsWith(".pdf")) {
      yield path;
    }
  }
}
