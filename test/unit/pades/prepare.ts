import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { bindSigner } from "../../../electron/pades/bind-signer.ts";
import { completeSignature } from "../../../electron/pades/complete-signature.ts";
import type { PreparedSignature } from "../../../electron/pades/prepared-signature.ts";
import { prepareSignature } from "../../../electron/pades/prepare-signature.ts";
import type { PrepareRequest } from "../../../electron/pades/signature-request.ts";
import { ECDSA } from "./local-signer.ts";
import type { LocalSigner } from "./local-signer.ts";

export interface Workspace {
  readonly source: string;
  readonly staged: string;
}

/** A folder for one test, with the document in it. */
export async function workspace(document: Uint8Array): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-pades-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const source = join(folder, "document.pdf");
  await writeFile(source, document);
  return { source, staged: join(folder, "staged.pdf") };
}

export const prepare = (where: Workspace, options: Partial<PrepareRequest> = {}) =>
  prepareSignature({
    ...where,
    placement: { kind: "invisible" },
    appearance: null,
    signerName: "Anna Larsson",
    reason: null,
    location: null,
    contactInfo: null,
    claimedTime: new Date("2026-11-22T09:15:00Z"),
    utcOffsetMinutes: 60,
    ...options,
  });

/** Both phases; the staged file is then a signed document. */
export async function sign(
  where: Workspace,
  signer: LocalSigner,
  options: Partial<PrepareRequest> = {},
): Promise<PreparedSignature> {
  const prepared = await prepare(where, options);
  if (!prepared.ok) {
    throw new Error(`not prepared: ${prepared.failure.code}`);
  }
  const bound = bindSigner(prepared.value, [signer.certificate]);
  const completed = await completeSignature({ prepared: bound, staged: where.staged, value: valueFor(bound, signer) });
  if (!completed.ok) {
    throw new Error(`not completed: ${completed.failure.code}`);
  }
  return bound;
}

export const valueFor = (bound: PreparedSignature, signer: LocalSigner): Uint8Array =>
  signer.key.signDigest(ECDSA, Buffer.from(bound.toBeSigned ?? "", "hex"));
