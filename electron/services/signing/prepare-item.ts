import { rm } from "node:fs/promises";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { bindSigner } from "../../pades/bind-signer.ts";
import { needsCurveExtension } from "../../pades/curve-extension.ts";
import { estimateCapacity } from "../../pades/estimate-capacity.ts";
import { preparedDigest } from "../../pades/prepared-signature.ts";
import type { PreparedSignature } from "../../pades/prepared-signature.ts";
import { prepareSignature } from "../../pades/prepare-signature.ts";
import { openOptions } from "../../pdf/open-pdf.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import type { PublicKeyInfo } from "../../pki/public-key.ts";
import { documentDigestOf } from "../../pki/signing-schemes.ts";
import type { SigningDigest } from "../../pki/signing-schemes.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";
import type { SignerIdentity } from "../../providers/provider.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import { openEitherWay } from "../documents/open-document.ts";
import { attachedPath } from "./evidence/evidence-work.ts";
import { itemAppearance, signerName } from "./item-appearance.ts";
import { cleanCopyPath, originalProblem, sourceFile } from "./source-file.ts";
import type { PreparedItem, SigningStepsParts } from "./signing-steps.ts";

/** Who will sign, and how: what the signed attributes need to know. */
export type PreparingSigner = Pick<SignerIdentity, "chain" | "schemes">;

/** Nobody knows yet whose certificate it will be; the name is what the order says. */
export interface UnknownSigner {
  readonly name: string | null;
  readonly digest: SigningDigest;
}

/** Everything that may lie beside the destination while a document is worked on. */
export function stagedFiles(item: ItemRecord): readonly string[] {
  return [item.stagedPath, cleanCopyPath(item), `${item.stagedPath}.earlier`, attachedPath(item)];
}

/** Architecture, step 4: a staged copy with field, mark and placeholder, its digest, and the signed attributes. */
export async function prepareItem(
  parts: SigningStepsParts,
  item: ItemRecord,
  signer: PreparingSigner,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<PreparedItem, Failure>> {
  const chain = signer.chain.map((certificate) => new Uint8Array(Buffer.from(certificate, "base64")));
  const known = { chain, name: signerName(chain), digests: digestsOf(signer.schemes) };
  const prepared = await prepareFor(parts, item, known, onProgress, signal);
  return prepared.ok ? success(bound(prepared.value, chain, signer.schemes)) : prepared;
}

/** The same for a provider that shows the certificate only with the signature: without the signed attributes. */
export function prepareForUnknown(
  parts: SigningStepsParts,
  item: ItemRecord,
  { name, digest }: UnknownSigner,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<PreparedSignature, Failure>> {
  return prepareFor(parts, item, { chain: [], name, digests: [digest] }, onProgress, signal);
}

/** What the document itself needs to know of the signer. */
interface Signer {
  /** DER, the signer's own certificate first; empty when it is not known. */
  readonly chain: readonly Uint8Array[];
  readonly name: string | null;
  readonly digests: readonly SigningDigest[];
}

async function prepareFor(
  parts: SigningStepsParts,
  item: ItemRecord,
  signer: Signer,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<PreparedSignature, Failure>> {
  const source = await sourceOf(parts, item);
  if (!source.ok) {
    return (await originalProblem(item)) ?? source;
  }
  try {
    const prepared = await stage(parts, item, source.value, signer, onProgress, signal);
    if (!prepared.ok && signal.aborted) {
      return failed({ code: "provider.cancelled" });
    }
    // An original that changed meanwhile explains every other failure. What was copied from it was checked on the way.
    const problem = prepared.ok && !item.rewrite ? null : await originalProblem(item);
    if (problem !== null && prepared.ok) {
      await rm(item.stagedPath, { force: true });
    }
    return problem ?? prepared;
  } finally {
    if (source.value !== item.sourcePath) {
      await rm(source.value, { force: true });
    }
  }
}

async function stage(
  parts: SigningStepsParts,
  item: ItemRecord,
  source: string,
  { chain, name, digests }: Signer,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<PreparedSignature, Failure>> {
  const timestamped = parts.environment.timestamp !== null;
  const appearance = await itemAppearance(parts, item, chain);
  if (!appearance.ok) {
    return appearance;
  }
  return prepareSignature({
    source,
    // SECURITY: what is signed is what the person saw and confirmed, whatever happens to the original meanwhile.
    ...(item.rewrite ? {} : { originalSha256: item.sourceSha256 }),
    ...openOptions(parts.documentPassword?.(item.sourcePath)),
    staged: item.stagedPath,
    placement: item.placement,
    ...(item.fieldName === null ? {} : { fieldName: item.fieldName }),
    appearance: appearance.value,
    signerName: name,
    reason: item.reason,
    location: item.location ?? null,
    contactInfo: null,
    claimedTime: new Date(item.claimedTime),
    capacityBytes: item.capacityBytes ?? estimateCapacity({ chain: chain.length === 0 ? null : chain, timestamped }),
    timestamped,
    digests,
    ...(item.certification === undefined ? {} : { certification: item.certification }),
    lockFields: item.lockFields ?? false,
    chain,
    curveExtension: needsCurveExtension(leafKey(chain)),
    signal,
    onProgress,
  });
}

function bound(
  prepared: PreparedSignature,
  chain: readonly Uint8Array[],
  schemes: readonly SignatureScheme[],
): PreparedItem {
  const hashedWith = preparedDigest(prepared);
  const chosen = schemes.find((scheme) => documentDigestOf(scheme) === hashedWith);
  const withSigner = bindSigner(prepared, chain, chosen);
  const { toBeSigned, signedAttributes, scheme } = withSigner;
  if (toBeSigned === null || signedAttributes === null || scheme === undefined) {
    throw new Error("a bound signature says what is signed and how");
  }
  return { prepared: withSigner, toSign: { scheme, digest: toBeSigned, message: signedAttributes } };
}

const digestsOf = (schemes: readonly SignatureScheme[]): readonly SigningDigest[] => [
  ...new Set(schemes.map(documentDigestOf).filter((digest) => digest !== undefined)),
];

/** As `sourceFile`; only a damaged original has to be opened for it. */
async function sourceOf(parts: SigningStepsParts, item: ItemRecord): Promise<Result<string, Failure>> {
  if (!item.rewrite) {
    return success(item.sourcePath);
  }
  const opened = openEitherWay(item.sourcePath, parts.documentPassword?.(item.sourcePath));
  if (!opened.ok) {
    return opened;
  }
  try {
    return await sourceFile(opened.value, item);
  } finally {
    opened.value.close();
  }
}

function leafKey([leaf]: readonly Uint8Array[]): PublicKeyInfo | undefined {
  return leaf === undefined ? undefined : parseCertificate(leaf).publicKey;
}
