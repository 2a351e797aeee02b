import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file so that a reader sees the old or the new content, never half of it. `mode` 0o600 for keys. */
export async function writeFileAtomically(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const temporary = await writeTemporary(path, content, mode);
  await rename(temporary, path);
}

/** As `writeFileAtomically`, but leaves an existing file alone. Returns what is in the file afterwards. */
export async function writeFileOnce(path: string, content: string, mode: number): Promise<string> {
  const temporary = await writeTemporary(path, content, mode);
  try {
    await link(temporary, path);
    return content;
  } catch (error) {
    // Two programs may make the practice folder at the same moment: the first one wins, the second uses its file.
    if (!isCode(error, "EEXIST")) throw error;
    return await readFile(path, "utf8");
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The text of a file, or null when there is none. */
export async function readFileIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

async function writeTemporary(path: string, content: string | Uint8Array, mode: number): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  const handle = await open(temporary, "wx", mode);
  try {
    await handle.writeFile(content, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
  return temporary;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
