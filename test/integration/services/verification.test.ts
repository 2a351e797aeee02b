import { randomUUID } from "node:crypto";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { DocumentId } from "../../../shared/ids.ts";
import { failed } from "../../../shared/result.ts";
import { RevocationCache } from "../../../electron/pki/revocation-cache.ts";
import { DocumentRegistry } from "../../../electron/services/documents/document-registry.ts";
import { Verification } from "../../../electron/services/verification.ts";
import { VerifyPool } from "../../../electron/services/verifying/verify-pool.ts";
import { CHECKED_AT } from "../../attacks/judge-attack.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";
import { makeVictims } from "../../attacks/victims.ts";
import { testClock } from "./signing-world.ts";

const WORKER = new URL("../../../electron/services/verifying/verify-worker.ts", import.meta.url);
/** Nobody answers; the certificates of these documents name nobody to ask. */
const SILENT = {
  transport: { request: async () => failed({ code: "provider.unreachable" } as const) },
  cache: new RevocationCache(),
  now: () => CHECKED_AT,
  fetchIssuers: false,
};
const clock = { ...testClock, now: () => CHECKED_AT.getTime() };
const { pki, table, twice, certified } = await makeVictims();

describe("verification of opened documents", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-verification-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const start = (worker = WORKER) => {
    const registry = new DocumentRegistry(randomUUID, () => undefined);
    const unexpected: unknown[] = [];
    const verification = new Verification({
      registry,
      clock,
      trustAnchors: async () => [pki.rootCertificate],
      pool: new VerifyPool({ worker, threads: 1 }),
      network: SILENT,
      unexpected: (error) => unexpected.push(error),
    });
    onTestFinished(() => verification.close());
    return { registry, verification, unexpected };
  };

  const opened = async (registry: DocumentRegistry, name: string, text: string): Promise<DocumentId> => {
    await writeFile(join(folder, name), bytesOfText(text));
    const id = await registry.open(join(folder, name));
    if (!id.ok) {
      throw new Error(id.failure.code);
    }
    return id.value;
  };

  test("the report has what people look closer at, and the path stays in main", async () => {
    const { registry, verification } = start();
    const id = await opened(registry, "twice.pdf", twice.text);
    const report = await verification.verify(id);
    expect(report).toMatchObject({ ok: true, value: { file: "twice.pdf", verdict: "TOTAL-PASSED" } });
    expect(registry.views()[0]).toMatchObject({ checking: null, report: { file: "twice.pdf" } });
    const [first, second] = registry.views()[0]?.report?.signatures ?? [];
    // The second signature was appended: what the first person signed is the file as it was before.
    expect(twice.text.slice(0, first?.details?.signedEnd ?? 0)).toBe(table.text);
    expect(second?.details?.signedEnd).toBe(twice.text.length);
    expect(first?.details?.chain.at(-1)?.subject).toBe(first?.details?.chain.at(-1)?.issuer);
    expect(first?.details?.permits).toEqual({ certification: null, locks: [] });
  });

  test("a certification is told with its level", async () => {
    const { registry, verification } = start();
    const id = await opened(registry, "certified.pdf", certified[2].text);
    await verification.verify(id);
    expect(registry.views()[0]?.report?.signatures[0]?.details?.permits.certification).toBe(2);
  });

  test("nobody's version is made of bytes whose digest is wrong", async () => {
    const { registry, verification } = start();
    const wrong = twice.text.replace(/(?<=\/MediaBox \[0 0 )\d/u, "9");
    expect(wrong).not.toBe(twice.text);
    const id = await opened(registry, "wrong.pdf", wrong);
    await verification.verify(id);
    const report = registry.views()[0]?.report;
    expect(report?.verdict).toBe("TOTAL-FAILED");
    expect(report?.signatures.map(({ details }) => details?.signedEnd ?? null)).toEqual(
      report?.signatures.map(() => null),
    );
  });

  test("a large document's check tells progress and ends when it is cancelled or closed", async () => {
    const path = join(folder, "large.pdf");
    await writeFile(path, bytesOfText(twice.text));
    const file = await open(path, "r+");
    await file.truncate(3 * 1024 ** 3);
    // A copy of the end, so that the file opens: its cross-reference lies at the front.
    await file.write(bytesOfText(twice.text.slice(twice.text.lastIndexOf("startxref"))), 0, null, 3 * 1024 ** 3);
    await file.close();
    const { registry, verification } = start();
    const id = await registry.open(path);
    if (!id.ok) {
      throw new Error(id.failure.code);
    }
    const told: (number | null | undefined)[] = [];
    const update = registry.update.bind(registry);
    registry.update = (document, part) => {
      told.push(part.checking?.progress);
      update(document, part);
      if ((part.checking?.progress ?? 0) > 0) {
        verification.cancel([document]);
      }
    };
    const outcome = await verification.verify(id.value);
    expect(told.some((progress) => typeof progress === "number" && progress > 0 && progress < 1)).toBe(true);
    expect(outcome).toMatchObject({ ok: true, value: { reasons: [{ code: "verification.cancelled" }] } });
  });

  test("where threads cannot be started, documents are judged all the same, and the fault is told", async () => {
    const { registry, verification, unexpected } = start(new URL("no-such-worker.ts", import.meta.url));
    const id = await opened(registry, "here.pdf", twice.text);
    expect(await verification.verify(id)).toMatchObject({ ok: true, value: { verdict: "TOTAL-PASSED" } });
    expect(unexpected).toHaveLength(1);
  });
});
