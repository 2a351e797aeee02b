import { isDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { Certificate } from "../pki/certificate.ts";
import type { CertificatePurpose } from "../pki/path.ts";
import type { VerifiedTimestamp } from "../pki/timestamp.ts";
import { type Evidence, gatherEvidence } from "./gather-evidence.ts";
import type { LocatedSignature } from "./locate-signature.ts";
import type { RevocationPolicy } from "./unknown-revocation.ts";
import { joinValidationData, NO_VALIDATION_DATA, type ValidationData } from "./validation-data.ts";
import type { SignatureContext } from "./verify-signature.ts";

/** What one signature's judgement asks the network for. Throws when the verification was cancelled. */
export async function gather(
  { anchors, network, networkSignal, signal }: SignatureContext,
  purpose: CertificatePurpose,
  data: ValidationData,
  at: Date,
  certificates: readonly Certificate[],
): Promise<Evidence> {
  const order = { certificates, purpose, data, anchors, at, signal: networkSignal };
  const evidence = await gatherEvidence(certificates.length === 0 ? undefined : network, order);
  signal?.throwIfAborted();
  return evidence;
}

/** The same for timestamps; each token brings certificates of its own. */
export function gatherForStamps(
  context: SignatureContext,
  data: ValidationData,
  at: Date,
  stamps: readonly (VerifiedTimestamp | undefined)[],
): Promise<Evidence> {
  const sound = stamps.filter((stamp) => stamp !== undefined);
  const certificates = sound.flatMap(({ token }) => token.signedData.certificates);
  const joined = joinValidationData(data, { ...NO_VALIDATION_DATA, certificates });
  return gather(
    context,
    "time-stamping",
    joined,
    at,
    sound.map(({ authority }) => authority),
  );
}

/**
 * A security store that was added after a signature claims to hold what a later check needs: when it says nothing about
 * this signer, that silence is no good news.
 */
export function revocationPolicy(
  { coverage }: LocatedSignature,
  { file, revocation }: SignatureContext,
): RevocationPolicy {
  const added = isDict(file.get(file.catalog, "DSS")) && !isDict(storeAt(file, coverage?.revision ?? 0));
  return revocation === "where-published" && added ? "required" : revocation;
}

function storeAt(file: PdfFile, revision: number): ReturnType<PdfFile["get"]> {
  const state = file.atRevision(revision);
  return state.get(state.catalog, "DSS");
}
