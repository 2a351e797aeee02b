import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tidyWorkingFiles } from "../../../../electron/services/signing/tidy-working-files.ts";
import type { ItemRecord } from "../../../../electron/storage/journal-record.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-tidy-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const item = (name: string, phase: ItemRecord["phase"]): ItemRecord =>
  ({ stagedPath: join(folder, name), phase }) as ItemRecord;

test("working files of delivered documents are removed; what may hold an approval, and results, are not", async () => {
  const files = [".a.part", ".a.part.clean", ".a.part.earlier", ".a.part.evidence", ".b.part", ".b.part.evidence"];
  for (const name of [...files, "a-signed.pdf"]) await writeFile(join(folder, name), "x");
  await tidyWorkingFiles([item(".a.part", "delivered"), item(".b.part", "failed"), item(".c.part", "delivered")]);
  expect((await readdir(folder)).toSorted()).toEqual([".b.part", ".b.part.evidence", "a-signed.pdf"]);
});
