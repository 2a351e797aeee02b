import { open } from "node:fs/promises";

/**
 * Makes fsync do nothing in this process. Sealdesk always waits for the disk; the peers never do. This is how the two
 * are compared like with like, while the durable figure is shown apart. For measurements only.
 */
export async function withoutFsync(): Promise<void> {
  const file = await open(import.meta.filename, "r");
  try {
    const prototype = Object.getPrototypeOf(file) as { sync: () => Promise<void> };
    prototype.sync = () => Promise.resolve();
  } finally {
    await file.close();
  }
}
