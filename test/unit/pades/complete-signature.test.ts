import { appendFile, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { bindSigner } from "../../../electron/pades/bind-signer.ts";
import { completeSignature } from "../../../electron/pades/complete-signature.ts";
import { checkConformance } from "../../../electron/pades/conformance.ts";
import type { PreparedSignature } from "../../../electron/pades/prepared-signature.ts";
import { failed } from "../../../shared/result.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { prepare, valueFor, workspace } from "./prepare.ts";
import type { Workspace } from "./prepare.ts";

const signer = await makeLocalSigner();

async function bound(where: Workspace, capacityBytes = 8_192) {
  const prepared = await prepare(where, { capacityBytes });
  if (!prepared.ok) {
    throw new Error(prepared.failure.code);
  }
  return bindSigner(prepared.value, [signer.certificate]);
}

describe("completing a signature", () => {
  test("changes the placeholder's digits and nothing else", async () => {
    const where = await workspace(makePdf());
    const prepared = await bound(where);
    const before = await readFile(where.staged);
    const outcome = await completeSignature({ prepared, staged: where.staged, value: valueFor(prepared, signer) });
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-B", field: "Signature1" } });
    const after = await readFile(where.staged);
    const { offset, capacityBytes } = prepared.contents;
    expect(after.length).toBe(before.length);
    expect(after.subarray(0, offset).equals(before.subarray(0, offset))).toBe(true);
    const end = offset + capacityBytes * 2;
    expect(after.subarray(end).equals(before.subarray(end))).toBe(true);
    const digits = after.subarray(offset, end).toString("latin1");
    expect(digits).toMatch(/^30[0-9A-F]+0+$/u);
  });

  test("can be done again after a crash, with the same result", async () => {
    const where = await workspace(makePdf());
    const prepared = await bound(where);
    const request = { prepared, staged: where.staged, value: valueFor(prepared, signer) };
    await completeSignature(request);
    const first = await readFile(where.staged);
    expect(await completeSignature(request)).toMatchObject({ ok: true });
    expect((await readFile(where.staged)).equals(first)).toBe(true);
  });

  test("finishes a record of the first version, which says neither digest nor scheme", async () => {
    const where = await workspace(makePdf());
    const { digestAlgorithm, scheme, ...rest } = await bound(where);
    expect([digestAlgorithm, scheme?.kind]).toEqual(["SHA-256", "ecdsa"]);
    const prepared = JSON.parse(JSON.stringify({ ...rest, version: 1 })) as PreparedSignature;
    const outcome = await completeSignature({ prepared, staged: where.staged, value: valueFor(prepared, signer) });
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-B" } });
    expect((await checkConformance(where.staged, { expectedLevel: "B-B" })).violations).toEqual([]);
  });

  test("refuses a value over other bytes and leaves the file alone", async () => {
    const where = await workspace(makePdf());
    const prepared = await bound(where);
    const before = await readFile(where.staged);
    const value = valueFor({ ...prepared, toBeSigned: prepared.documentDigest }, signer);
    expect(await completeSignature({ prepared, staged: where.staged, value })).toMatchObject({
      failure: { code: "provider.signature-invalid" },
    });
    expect((await readFile(where.staged)).equals(before)).toBe(true);
  });

  test("refuses a value of another key", async () => {
    const where = await workspace(makePdf());
    const prepared = await bound(where);
    const value = valueFor(prepared, await makeLocalSigner("Somebody Else"));
    expect(await completeSignature({ prepared, staged: where.staged, value })).toMatchObject({
      failure: { code: "provider.signature-invalid" },
    });
  });

  test("says how many bytes it needs when the placeholder is too small", async () => {
    const where = await workspace(makePdf());
    const prepared = await bound(where, 300);
    const outcome = await completeSignature({ prepared, staged: where.staged, value: valueFor(prepared, signer) });
    expect(outcome).toMatchObject({ failure: { code: "output.placeholder-too-small" } });
    const needed = outcome.ok ? 0 : Number(outcome.failure.params?.["needed"]);
    const again = await bound(where, needed);
    expect(
      await completeSignature({ prepared: again, staged: where.staged, value: valueFor(again, signer) }),
    ).toMatchObject({ ok: true, value: { cmsBytes: expect.any(Number) } });
  });

  test("does not write into a staged file that is no longer what was prepared", async () => {
    const where = await workspace(makePdf());
    const prepared = await bound(where);
    await appendFile(where.staged, "\n");
    expect(
      await completeSignature({ prepared, staged: where.staged, value: valueFor(prepared, signer) }),
    ).toMatchObject({ failure: { code: "document.changed-on-disk" } });
  });

  test("never writes outside a hexadecimal string, whatever the stored state says", async () => {
    const where = await workspace(makePdf());
    const prepared = await bound(where);
    const before = await readFile(where.staged);
    const moved = { ...prepared, contents: { ...prepared.contents, offset: 0 } };
    expect(
      await completeSignature({ prepared: moved, staged: where.staged, value: valueFor(prepared, signer) }),
    ).toMatchObject({ failure: { code: "document.changed-on-disk" } });
    expect((await readFile(where.staged)).equals(before)).toBe(true);
  });

  test("passes on why there is no timestamp", async () => {
    const where = await workspace(makePdf());
    const prepared = await bound(where);
    const outcome = await completeSignature({
      prepared,
      staged: where.staged,
      value: valueFor(prepared, signer),
      timestamp: async () => failed({ code: "timestamp.unreachable" }),
    });
    expect(outcome).toMatchObject({ failure: { code: "timestamp.unreachable" } });
  });
});
