import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindSigner } from "../../electron/pades/bind-signer.ts";
import { completeSignature } from "../../electron/pades/complete-signature.ts";
import { prepareSignature } from "../../electron/pades/prepare-signature.ts";
import { sha256 } from "../../electron/pki/algorithms.ts";
import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import type { SignatureScheme } from "../../electron/pki/signature-scheme.ts";
import { requestTimestamp } from "../../electron/pki/tsp-client.ts";
import type { Placement } from "../../shared/placement.ts";
import { success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { Failure } from "../../shared/failure.ts";
import type { PracticeServices } from "../pki/practice-pki.ts";
import { answerTimestamp } from "../pki/timestamp-authority.ts";

/** Who signs: a person, or an organisation with its seal. */
export interface PdfSigner {
  readonly name: string;
  readonly key: PrivateKey;
  readonly scheme: SignatureScheme;
  /** DER: the signer's, the issuing authority's, the root's. */
  readonly chain: readonly [Uint8Array, ...Uint8Array[]];
}

export interface SignPdfOrder {
  readonly document: Uint8Array;
  readonly placement: Placement;
  /** The visible mark; null: none is drawn. */
  readonly mark: { readonly provider: string; readonly font: Uint8Array } | null;
  readonly signer: PdfSigner;
  readonly reason?: string;
  readonly level: "B-B" | "B-T";
  readonly now: number;
}

/**
 * Signs as a trust service does: one incremental update with the field, the mark and a CMS signature (PAdES baseline,
 * ETSI EN 319 142-1). Throws when the document cannot be signed there; `signingFault` tells that before.
 */
export async function signPdf(services: PracticeServices, order: SignPdfOrder): Promise<Uint8Array> {
  const { signer, mark } = order;
  const work = await mkdtemp(join(tmpdir(), "sealdesk-practice-"));
  const [source, staged] = [join(work, "source.pdf"), join(work, "signed.pdf")];
  try {
    await writeFile(source, order.document, { mode: 0o600 });
    const prepared = value(
      await prepareSignature({
        source,
        staged,
        placement: order.placement,
        appearance: mark === null ? null : { ...mark, practice: true, image: null },
        signerName: signer.name,
        reason: order.reason ?? null,
        location: null,
        contactInfo: null,
        claimedTime: new Date(order.now),
        utcOffsetMinutes: 0,
        timestamped: order.level === "B-T",
        chain: signer.chain,
      }),
    );
    const bound = bindSigner(prepared, signer.chain, signer.scheme);
    if (bound.toBeSigned === null) throw new Error("nothing to sign");
    const signature = signer.key.signDigest(signer.scheme, Buffer.from(bound.toBeSigned, "hex"));
    const timestamp =
      order.level === "B-T" ? { timestamp: (made: Uint8Array) => stamp(services, made, order.now) } : {};
    value(await completeSignature({ prepared: bound, staged, value: signature, ...timestamp }));
    return new Uint8Array(await readFile(staged));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A timestamp of the practice authority, asked without the network. */
async function stamp(
  services: PracticeServices,
  signature: Uint8Array,
  now: number,
): Promise<Result<Uint8Array, Failure>> {
  const answer = await requestTimestamp(
    {
      request: ({ body }) => Promise.resolve(success({ status: 200, body: answerTimestamp(services, body, now) })),
    },
    { url: `${services.base}/tsa`, imprint: sha256(signature), digestAlgorithm: "SHA-256", anchors: "none" },
  );
  return answer.ok ? success(answer.value.token) : answer;
}

function value<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`the practice document cannot be signed: ${result.failure.code}`);
  return result.value;
}
