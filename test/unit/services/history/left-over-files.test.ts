import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { leftOverFiles } from "../../../../electron/services/history/left-over-files.ts";
import type { ItemRecord, TransactionRecord } from "../../../../electron/storage/journal-record.ts";
import { transactionId } from "../../../../shared/ids.ts";

const RUN = "7f2c1f9e-0000-4000-8000-000000000001";
const STAGED = ".sealdesk-7f2c1f9e-1.part";

interface Known {
  readonly run: TransactionRecord["phase"];
  readonly item: Partial<ItemRecord>;
}

describe("working files beside results", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-left-over-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A program whose journals know one run, or none. */
  function program(known: Known | null, { isOurs = false, canBeRead = true } = {}) {
    let current = known;
    let count = 0;
    let looks = 0;
    const journal = {
      transactions: () =>
        current === null ? [] : [{ id: transactionId(RUN), phase: current.run } as unknown as TransactionRecord],
      item: (_run: string, item: string) =>
        current === null || item !== "1"
          ? null
          : ({ item: "1", value: null, ...current.item } as unknown as ItemRecord),
    };
    const files = leftOverFiles({
      folders: () => [folder, folder, join(folder, "gone")],
      journals: (look) => {
        looks += 1;
        return canBeRead ? look([journal]) : null;
      },
      isOurs: () => isOurs,
      randomUuid: () => `id ${(count += 1)}`,
    });
    const change = (next: Known | null): void => {
      current = next;
    };
    return { files, change, looks: () => looks };
  }
  const lay = (name = STAGED): Promise<void> => writeFile(join(folder, name), "%PDF-1.7");

  test("of a run that goes on, or has something to deliver, belong to it", async () => {
    await lay();
    await lay(`${STAGED}.clean`);
    for (const known of [
      { run: "running", item: { phase: "failed" } },
      { run: "running", item: { phase: "prepared" } },
      { run: "done", item: { phase: "approved", value: "AAAA" } },
      { run: "failed", item: { phase: "assembled", value: "AAAA" } },
    ] as const) {
      expect(await program(known).files.list()).toEqual([]);
    }
  });

  test("of a run that ended without an approval can be removed, once", async () => {
    await lay();
    await lay("a.pdf");
    const { files } = program({ run: "failed", item: { phase: "failed" } });
    const [file, ...others] = await files.list();
    expect(others).toEqual([]);
    expect(file).toMatchObject({ name: STAGED, size: 8, maybeSigned: false });
    expect(JSON.stringify(file)).not.toContain(folder);
    const id = file?.id ?? "";
    expect(await files.remove(id)).toEqual({ ok: true, value: null });
    expect(await files.remove(id)).toMatchObject({ ok: false });
    expect(await readdir(folder)).toEqual(["a.pdf"]);
  });

  test("that may hold what somebody approved are told and never removed", async () => {
    await lay();
    const approved: readonly Partial<ItemRecord>[] = [
      { phase: "failed", value: "AAAA" },
      {
        phase: "failed",
        returned: { size: 1, sha256: "a", signers: [] } as unknown as NonNullable<ItemRecord["returned"]>,
      },
      { phase: "failed", evidence: 7 },
    ];
    for (const item of approved) {
      const { files } = program({ run: "failed", item });
      const [file] = await files.list();
      expect(file?.maybeSigned).toBe(true);
      expect(await files.remove(file?.id ?? "")).toMatchObject({ ok: false });
    }
    // The journal has forgotten the run: nobody can tell any more.
    const { files } = program(null, { isOurs: true });
    const [file] = await files.list();
    expect(file?.maybeSigned).toBe(true);
    expect(await files.remove(file?.id ?? "")).toMatchObject({ ok: false });
    expect(await readdir(folder)).toEqual([STAGED]);
  });

  test("of a delivered document can be removed", async () => {
    await lay(`${STAGED}.evidence`);
    const [file] = await program({ run: "done", item: { phase: "delivered", value: "AAAA" } }).files.list();
    expect(file).toMatchObject({ name: `${STAGED}.evidence`, maybeSigned: false });
  });

  test("of a colleague's program in the same folder are nobody's business here", async () => {
    await lay();
    expect(await program(null).files.list()).toEqual([]);
  });

  test("are left alone while a journal cannot be read", async () => {
    await lay();
    const known = { run: "failed", item: { phase: "failed" } } as const;
    expect(await program(known, { canBeRead: false }).files.list()).toEqual([]);
  });

  test("are looked for in the journals at once, however many there are, and one alone before it is removed", async () => {
    for (const end of ["", ".clean", ".earlier", ".evidence"]) {
      await lay(`${STAGED}${end}`);
    }
    const { files, looks } = program({ run: "failed", item: { phase: "failed" } });
    const listed = await files.list();
    expect([listed.length, looks()]).toEqual([4, 1]);
    expect(await files.remove(listed[0]?.id ?? "")).toEqual({ ok: true, value: null });
    expect(looks()).toBe(2);
    expect(await readdir(folder)).toHaveLength(3);
  });

  test("are asked about again before one is removed: a run may have come back for it", async () => {
    await lay();
    const { files, change } = program({ run: "failed", item: { phase: "failed" } });
    const [file] = await files.list();
    change({ run: "running", item: { phase: "prepared" } });
    expect(await files.remove(file?.id ?? "")).toMatchObject({ ok: false });
    expect(await readdir(folder)).toEqual([STAGED]);
  });

  test("are files of just these names, and no folders", async () => {
    await lay(".sealdesk-7f2c1f9e-1.part.pdf");
    await lay("x.sealdesk-7f2c1f9e-1.part");
    await lay(".sealdesk-7f2c1f9-1.part");
    await mkdir(join(folder, STAGED));
    expect(await program({ run: "failed", item: { phase: "failed" } }).files.list()).toEqual([]);
  });
});
