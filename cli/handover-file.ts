import { open } from "node:fs/promises";
import { join, parse } from "node:path";
import type { OfferedFile } from "../electron/providers/provider.ts";

const MAXIMUM_TRIES = 1_000;

/** Saves what a provider hands over beside the results, under a name that is free. False: it could not be written. */
export async function saveHandover(
  folder: string,
  { name, bytes }: OfferedFile,
  tell: (text: string) => void,
): Promise<boolean> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; number <= MAXIMUM_TRIES; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem}-${number}${ext}`);
    try {
      // SECURITY: never over a file that is there; personal data, so it is its owner's alone.
      const handle = await open(path, "wx", 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      tell(path);
      return true;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        return false;
      }
    }
  }
  return false;
}
