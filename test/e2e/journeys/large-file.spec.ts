import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ElectronApplication } from "@playwright/test";
import { expect, test } from "../harness/journey.ts";
import { smallPdf } from "../harness/small-pdf.ts";

const MEBIBYTE = 1024 * 1024;
const SIZE = 60 * MEBIBYTE;

test("a file of 60 MB shows its first page without being read as a whole", async ({ person, app, folder }) => {
  const path = join(folder, "large.pdf");
  await writeFile(path, smallPdf({ pages: 3, ballast: SIZE }));
  await countReads(app, path);
  const started = Date.now();
  await person.open(path);
  await person.seesPages();
  const reads = await readsOf(app);
  test.info().annotations.push({
    type: "60 MB file",
    description: `first page after ${Date.now() - started} ms; ${JSON.stringify(reads)}`,
  });
  // pdf.js asks by ranges of 64 KiB to a few MiB; the ballast is never needed.
  expect(reads.count).toBeGreaterThan(0);
  expect(reads.longest).toBeLessThanOrEqual(4 * MEBIBYTE);
  expect(reads.bytes).toBeLessThan(SIZE / 4);
});

interface Reads {
  readonly count: number;
  readonly bytes: number;
  readonly longest: number;
}

/** Has the main process count what is read through file handles: that is how page ranges are read. */
async function countReads(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(async (_electron, file) => {
    const reads = { count: 0, bytes: 0, longest: 0 };
    Object.assign(globalThis, { readsForTest: reads });
    const handle = await process.getBuiltinModule("node:fs/promises").open(file, "r");
    const prototype = Object.getPrototypeOf(handle) as { read: (...args: unknown[]) => Promise<{ bytesRead: number }> };
    await handle.close();
    const { read } = prototype;
    prototype.read = async function counted(...args) {
      const done = await read.apply(this, args);
      reads.count += 1;
      reads.bytes += done.bytesRead;
      reads.longest = Math.max(reads.longest, done.bytesRead);
      return done;
    };
  }, path);
}

function readsOf(app: ElectronApplication): Promise<Reads> {
  return app.evaluate(() => (globalThis as unknown as { readonly readsForTest: Reads }).readsForTest);
}
