import { type Certificate, parseCertificate, sameCertificate } from "../pki/certificate.ts";
import { parseCrl } from "../pki/crl.ts";
import { buildChain } from "../pki/issuer-client.ts";
import { parseOcspResponse } from "../pki/ocsp.ts";
import { type CertificatePurpose, validatePath } from "../pki/path.ts";
import { gatherRevocation, type MissingRevocation } from "../pki/revocation-collector.ts";
import { joinValidationData, parseAll, type ValidationData } from "./validation-data.ts";
import type { ValidationNetwork } from "./validation-network.ts";

export interface EvidenceOrder {
  readonly certificates: readonly Certificate[];
  readonly purpose: CertificatePurpose;
  /** What is at hand: nothing is asked that it answers. */
  readonly data: ValidationData;
  readonly anchors: readonly Certificate[];
  /** The time that is judged. */
  readonly at: Date;
  readonly signal: AbortSignal | undefined;
}

export interface Evidence {
  /** What was at hand, and what was got. */
  readonly data: ValidationData;
  /** What was asked for and not got; undefined when nothing was asked, because the network is not to be used. */
  readonly missing: readonly MissingRevocation[] | undefined;
}

/**
 * Asks the network for what a judgement still needs (EN 319 102-1 5.2.6.4): revocation data, and missing issuers.
 * It decides nothing; what it brings is evidence like that of the document.
 *
 * SECURITY: revocation is asked for only along a path that ends at a trusted certificate: a stranger's own certificate
 * makes this computer call nobody.
 */
export async function gatherEvidence(network: ValidationNetwork | undefined, order: EvidenceOrder): Promise<Evidence> {
  if (network === undefined) {
    return { data: order.data, missing: undefined };
  }
  const paths = await Promise.all(order.certificates.map((certificate) => findPath(network, certificate, order)));
  const { data, at, signal } = order;
  const gathered = await gatherRevocation(network, {
    chains: paths.flatMap((chain) => (chain === undefined ? [] : [{ chain, at }])),
    known: data,
    now: network.now(),
    signal,
  });
  const { certificates, ocspResponses, crls } = gathered.material;
  const fetched = {
    certificates: parseAll(certificates, parseCertificate).filter(
      (certificate) => !data.certificates.some((known) => sameCertificate(known, certificate)),
    ),
    ocspResponses: parseAll(ocspResponses, parseOcspResponse),
    crls: parseAll(crls, parseCrl),
  };
  return { data: joinValidationData(data, fetched), missing: gathered.missing };
}

/** A path to an anchor, completed by the addresses in the certificates where that is wanted. */
async function findPath(
  { transport, fetchIssuers }: ValidationNetwork,
  target: Certificate,
  { anchors, at, data, purpose, signal }: EvidenceOrder,
): Promise<readonly Certificate[] | undefined> {
  const request = { target, anchors, at, purpose };
  const path = validatePath({ ...request, candidates: data.certificates });
  if (path.ok || path.problem.code !== "no-chain" || !fetchIssuers || anchors.length === 0) {
    return path.ok ? path.chain : undefined;
  }
  const built = await buildChain(transport, { certificate: target, candidates: data.certificates, anchors, signal });
  const again = validatePath({ ...request, candidates: [...data.certificates, ...built.chain] });
  return again.ok ? again.chain : undefined;
}
