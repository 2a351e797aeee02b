import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { VerifyPool } from "../../../../electron/services/verifying/verify-pool.ts";
import type { VerifyPoolOptions } from "../../../../electron/services/verifying/verify-pool.ts";
import { makePdf } from "../../../interop/pades/made-pdfs.ts";

const BAD = new URL("bad-worker.ts", import.meta.url);
const REAL = new URL("../../../../electron/services/verifying/verify-worker.ts", import.meta.url);
const settings = { trustAnchors: [], at: null, online: null };

function pool(worker: URL, options: Partial<VerifyPoolOptions> = {}): VerifyPool {
  const made = new VerifyPool({ worker, threads: 2, ...options });
  onTestFinished(() => made.close());
  return made;
}

const outcome = async (made: VerifyPool, path: string): Promise<readonly string[]> => {
  const { verdict, reasons } = await made.judge({ path }, settings);
  return [verdict, ...reasons.map(({ code }) => code)];
};

describe("threads that judge files", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-pool-"));
    await writeFile(join(folder, "plain.pdf"), makePdf());
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("a file that kills its thread gets a verdict, and so do all files after it", async () => {
    const made = pool(BAD, { threads: 1 });
    const paths = ["a.pdf", "crash.pdf", "b.pdf", "exit.pdf", "c.pdf"];
    expect(await Promise.all(paths.map((path) => outcome(made, path)))).toEqual([
      ["NO-SIGNATURE"],
      ["UNREADABLE", "verification.error"],
      ["NO-SIGNATURE"],
      ["UNREADABLE", "verification.error"],
      ["NO-SIGNATURE"],
    ]);
  });

  test("a file that hangs is given up after a while", async () => {
    const made = pool(BAD, { threads: 1, patience: () => 700 });
    expect(await Promise.all([outcome(made, "hang.pdf"), outcome(made, "a.pdf")])).toEqual([
      ["INDETERMINATE", "limit.time"],
      ["NO-SIGNATURE"],
    ]);
  });

  test("a file that eats memory ends its thread, not the program", async () => {
    expect(await outcome(pool(BAD, { heapMegabytes: 24 }), "memory.pdf")).toEqual(["UNREADABLE", "limit.memory"]);
  });

  test("a hanging file can be cancelled", async () => {
    const stop = new AbortController();
    const made = pool(BAD);
    const waiting = made.judge({ path: "hang.pdf" }, settings, { signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    expect((await waiting).reasons).toMatchObject([{ code: "verification.cancelled" }]);
    expect(await outcome(made, "a.pdf")).toEqual(["NO-SIGNATURE"]);
  });

  test("closing gives everything that waits its end", async () => {
    const made = pool(BAD, { threads: 1 });
    const waiting = Promise.all([outcome(made, "hang.pdf"), outcome(made, "a.pdf")]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await made.close();
    expect(await waiting).toEqual([
      ["INDETERMINATE", "verification.cancelled"],
      ["INDETERMINATE", "verification.cancelled"],
    ]);
  });

  test("threads that cannot be started are no file's fault", async () => {
    const missing = new URL("no-such-worker.ts", import.meta.url);
    await expect(pool(missing).judge({ path: "a.pdf" }, settings)).rejects.toThrow(/no-such-worker/u);
  });

  test("the real thread judges, and says the same as judging here", async () => {
    const made = pool(REAL);
    expect(await outcome(made, join(folder, "plain.pdf"))).toEqual(["NO-SIGNATURE"]);
    expect(await outcome(made, join(folder, "missing.pdf"))).toEqual(["UNREADABLE", "file.unreadable"]);
    expect(await outcome(made, folder)).toEqual(["UNREADABLE", "pdf.not-a-pdf"]);
  });
});
