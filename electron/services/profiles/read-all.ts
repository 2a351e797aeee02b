import { readFile, stat } from "node:fs/promises";

/** More than a chain with its key needs. */
const MAXIMUM_BYTES = 1024 * 1024;

/** Files of certificates. Null: one cannot be read, or is larger than any of them is. */
export async function readAll(paths: readonly string[]): Promise<readonly Uint8Array[] | null> {
  try {
    const contents: Uint8Array[] = [];
    for (const path of paths) {
      if ((await stat(path)).size > MAXIMUM_BYTES) {
        return null;
      }
      contents.push(new Uint8Array(await readFile(path)));
    }
    return contents;
  } catch {
    return null;
  }
}
