import type { Failure } from "../../../shared/failure.ts";
import { success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { subjectName } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { parseCrl } from "../../pki/crl.ts";
import { buildChain } from "../../pki/issuer-client.ts";
import { parseOcspResponse } from "../../pki/ocsp.ts";
import { collectRevocation } from "../../pki/revocation-collector.ts";
import type {
  CollectedRevocation,
  CollectorParts,
  MissingRevocation,
  RevocationChain,
} from "../../pki/revocation-collector.ts";
import type { IntactSignature } from "./read-signatures.ts";
import { storedCertificates, storedItems } from "./stored-data.ts";

export interface DocumentCollectOrder {
  readonly file: PdfFile;
  /** Oldest first. */
  readonly signatures: readonly IntactSignature[];
  readonly anchors: readonly Certificate[];
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a document security store needs for every signature, signature timestamp and document timestamp that is there
 * (EN 319 142-1 table 1, B-LT). What the store has already is not asked for again: for a renewal that is all but the
 * last timestamp's chain, and older responders may be gone.
 */
export async function collectForDocument(
  parts: CollectorParts,
  order: DocumentCollectOrder,
): Promise<Result<CollectedRevocation, Failure>> {
  const { file, now, signal } = order;
  const stored = storedCertificates(file);
  const wanted = wantedCertificates(order);
  const candidates = [...order.signatures.flatMap(({ certificates }) => certificates), ...stored];
  const built = await Promise.all(
    wanted.map(async ({ certificate, at }) => {
      const chain = await buildChain(parts.transport, { certificate, candidates, anchors: order.anchors, signal });
      return { ...chain, at };
    }),
  );
  const chains: readonly RevocationChain[] = built;
  const known = {
    ocspResponses: storedItems(file, "OCSPs", parseOcspResponse),
    crls: storedItems(file, "CRLs", parseCrl),
  };
  const collected = await collectRevocation(parts, { chains, known, now, signal });
  if (!collected.ok) {
    return collected;
  }
  const unfinished = built.flatMap(({ chain, complete, missed }): readonly MissingRevocation[] => {
    const last = chain.at(-1);
    const reason = `issuer not found${missed[0] === undefined ? "" : ` (${missed[0].reason})`}`;
    return complete || last === undefined ? [] : [{ certificate: subjectName(last), means: "none", reason }];
  });
  // Several chains may end at the same certificate.
  const once = new Map([...collected.value.missing, ...unfinished].map((one) => [JSON.stringify(one), one]));
  return success({ ...collected.value, missing: [...once.values()] });
}

/** Each certificate that signed something, with the time for which what it signed is proven to have existed. */
function wantedCertificates({
  signatures,
  now,
}: DocumentCollectOrder): readonly { readonly certificate: Certificate; readonly at: Date }[] {
  return signatures.flatMap((signature) => {
    const later = signatures
      .filter(({ kind, end }) => kind === "document-timestamp" && end > signature.end)
      .flatMap(({ timestamps }) => timestamps.map(({ time }) => time));
    const own = signature.timestamps.map(({ time }) => time);
    if (signature.kind === "document-timestamp") {
      return [{ certificate: signature.certificate, at: earliest(later, now) }];
    }
    return [
      { certificate: signature.certificate, at: earliest([...own, ...later], now) },
      ...signature.timestamps.map(({ authority }) => ({ certificate: authority, at: earliest(later, now) })),
    ];
  });
}

const earliest = (times: readonly Date[], now: Date): Date =>
  times.reduce((first, time) => (time < first ? time : first), now);
