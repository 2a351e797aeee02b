import { writeFile } from "node:fs/promises";
import type { OfferedFile } from "../../providers/provider.ts";

/**
 * Saves a file where the person says, which the system's dialog has asked about (also about replacing one). False: nowhere,
 * or it could not be written.
 */
export async function saveOffered(
  chooseSavePath: (name: string) => Promise<string | null>,
  { name, bytes }: OfferedFile,
): Promise<boolean> {
  const path = await chooseSavePath(name);
  if (path === null) {
    return false;
  }
  try {
    // SECURITY: it may hold personal data, so it is its owner's alone until he decides otherwise.
    await writeFile(path, bytes, { mode: 0o600, flush: true });
    return true;
  } catch {
    return false;
  }
}
