import { open } from "node:fs/promises";
import { writeFully } from "../../pdf/file-bytes.ts";

/** Appends an update to a staged file and makes it durable. A file of another size is another file: false. */
export async function appendUpdate(path: string, base: number, bytes: Uint8Array): Promise<boolean> {
  const handle = await open(path, "r+");
  try {
    if ((await handle.stat()).size !== base) {
      return false;
    }
    await writeFully(handle, bytes, base);
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}

/** Takes an update back: the file is again what it was. */
export async function truncateTo(path: string, size: number): Promise<void> {
  const handle = await open(path, "r+");
  try {
    if ((await handle.stat()).size > size) {
      await handle.truncate(size);
      await handle.sync();
    }
  } finally {
    await handle.close();
  }
}
