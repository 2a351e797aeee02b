import type { Failure } from "../../../../shared/failure.ts";
import { success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { bindSigner } from "../../../pades/bind-signer.ts";
import { completeSignature } from "../../../pades/complete-signature.ts";
import { needsCurveExtension } from "../../../pades/curve-extension.ts";
import { estimateCapacity } from "../../../pades/estimate-capacity.ts";
import { preparedDigest } from "../../../pades/prepared-signature.ts";
import type { PreparedSignature } from "../../../pades/prepared-signature.ts";
import { prepareSignature } from "../../../pades/prepare-signature.ts";
import { documentDigestOf } from "../../../pki/signing-schemes.ts";
import type { SigningDigest } from "../../../pki/signing-schemes.ts";
import { itemAppearance } from "../item-appearance.ts";
import { attachedPath, notSealed } from "./evidence-work.ts";
import type { EvidenceWork } from "./evidence-work.ts";
import type { OrganisationSeal } from "./organisation-seal.ts";

/** An ECDSA value or a timestamp that is a few bytes longer; more often it is a bug. */
const MAXIMUM_TRIES = 3;

export interface PutSeal {
  readonly seal: PreparedSignature;
  readonly level: "B-B" | "B-T";
}

/** Words of the seal, in its dictionary and in its mark. SECURITY: it must never look like the person's own signature. */
export const SEALED = "Signed with BankID (evidence), sealed by";

/** The organisation's signature over the document with its evidence. Nobody is asked, so it is simply made anew each time. */
export async function putSeal(work: EvidenceWork, seal: OrganisationSeal): Promise<Result<PutSeal, Failure>> {
  let capacityBytes: number | null = null;
  let outcome = await putOnce(work, seal, capacityBytes);
  for (let tries = 1; tries < MAXIMUM_TRIES && !outcome.ok && isTooSmall(outcome.failure); tries += 1) {
    capacityBytes = Number(outcome.failure.params?.["needed"] ?? 0) * 2;
    outcome = await putOnce(work, seal, capacityBytes);
  }
  return outcome;
}

const isTooSmall = ({ code }: Failure): boolean => code === "output.placeholder-too-small";

async function putOnce(
  work: EvidenceWork,
  seal: OrganisationSeal,
  capacityBytes: number | null,
): Promise<Result<PutSeal, Failure>> {
  const { parts, item, level, onStep, signal } = work;
  const timestamp = level === "B-B" ? null : parts.environment.timestamp;
  const chain = seal.chain.map(({ der }) => der);
  const appearance = await sealAppearance(work, chain);
  if (!appearance.ok) {
    return appearance;
  }
  const prepared = await prepareSignature({
    source: attachedPath(item),
    staged: item.stagedPath,
    placement: item.placement,
    ...(item.fieldName === null ? {} : { fieldName: item.fieldName }),
    appearance: appearance.value,
    signerName: seal.organisation,
    reason: item.reason === null ? `${SEALED} ${seal.organisation}` : `${SEALED} ${seal.organisation}: ${item.reason}`,
    location: item.location ?? null,
    contactInfo: null,
    // The seal's own time; that of the person's signature is in the evidence.
    claimedTime: new Date(parts.clock.now()),
    capacityBytes: capacityBytes ?? estimateCapacity({ chain, timestamped: timestamp !== null }),
    timestamped: timestamp !== null,
    digests: digestsOf(seal),
    ...(item.certification === undefined ? {} : { certification: item.certification }),
    lockFields: item.lockFields ?? false,
    chain,
    curveExtension: needsCurveExtension(seal.chain[0]?.publicKey),
    signal,
  });
  if (!prepared.ok) {
    return prepared;
  }
  const hashedWith = preparedDigest(prepared.value);
  const scheme = seal.schemes.find((one) => documentDigestOf(one) === hashedWith);
  const bound = bindSigner(prepared.value, chain, scheme);
  const { signedAttributes } = bound;
  if (scheme === undefined || signedAttributes === null) {
    return notSealed(item);
  }
  const value = await seal.sign(scheme, new Uint8Array(Buffer.from(signedAttributes, "base64")));
  if (!value.ok) {
    return notSealed(item);
  }
  const completed = await completeSignature({
    prepared: bound,
    staged: item.stagedPath,
    value: value.value,
    ...(timestamp === null
      ? {}
      : {
          timestamp: (signatureValue) => {
            onStep("timestamping");
            return timestamp(signatureValue, signal);
          },
        }),
  });
  return completed.ok ? success({ seal: bound, level: completed.value.level }) : completed;
}

/** The person may have chosen picture, layout and place; the words are ours. */
async function sealAppearance({ parts, item }: EvidenceWork, chain: readonly Uint8Array[]) {
  const appearance = await itemAppearance(parts, { ...item, initials: null }, chain);
  if (!appearance.ok || appearance.value === null) {
    return appearance;
  }
  const { design } = appearance.value;
  const lines = ["Signed with BankID (evidence)", "Sealed by {name}", "{date} {time}"];
  return success({
    ...appearance.value,
    design: {
      dateFormat: design?.dateFormat ?? ("iso" as const),
      picture: design?.picture ?? null,
      layout: design?.layout === "picture-only" ? ("picture-above" as const) : (design?.layout ?? ("text" as const)),
      qr: design?.qr ?? null,
      lines,
    },
  });
}

const digestsOf = ({ schemes }: OrganisationSeal): readonly SigningDigest[] => [
  ...new Set(schemes.map(documentDigestOf).filter((digest) => digest !== undefined)),
];
