import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { bindSigner } from "../../pades/bind-signer.ts";
import { estimateCapacity } from "../../pades/estimate-capacity.ts";
import { personName } from "../../pades/appearance/person-name.ts";
import { prepareSignature } from "../../pades/prepare-signature.ts";
import type { AppearanceRequest } from "../../pades/appearance/appearance-request.ts";
import { digestRanges } from "../../pdf/range-digest.ts";
import { rewriteRepaired } from "../../pdf/rewrite.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import { nameValue } from "../../pki/name.ts";
import { OID } from "../../pki/oids.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import { openEitherWay } from "../documents/open-document.ts";
import type { PreparedItem, SigningStepsParts } from "./signing-steps.ts";

/** The one font of the mark: regular, Latin, Greek and Cyrillic, licensed for embedding. */
const MARK_FONT = "NotoSans_400Regular.ttf";

/** Architecture, step 4: a staged copy with field, mark and placeholder, its digest, and the signed attributes. */
export async function prepareItem(
  parts: SigningStepsParts,
  item: ItemRecord,
  chainBase64: readonly string[],
  onProgress: (fraction: number) => void,
): Promise<Result<PreparedItem, Failure>> {
  const changed = await differs(item);
  if (changed !== null) {
    return failed(changed);
  }
  const chain = chainBase64.map((certificate) => new Uint8Array(Buffer.from(certificate, "base64")));
  const source = await sourceOf(item);
  if (!source.ok) {
    return source;
  }
  try {
    const timestamped = parts.environment.timestamp !== null;
    const prepared = await prepareSignature({
      source: source.value,
      staged: item.stagedPath,
      placement: item.placement,
      ...(item.fieldName === null ? {} : { fieldName: item.fieldName }),
      appearance: item.placement.kind === "invisible" ? null : await appearance(parts),
      signerName: signerName(chain),
      reason: item.reason,
      location: null,
      contactInfo: null,
      claimedTime: new Date(item.claimedTime),
      capacityBytes: item.capacityBytes ?? estimateCapacity({ chain, timestamped }),
      timestamped,
      onProgress,
    });
    if (!prepared.ok) {
      return prepared;
    }
    const bound = bindSigner(prepared.value, chain);
    if (bound.toBeSigned === null) {
      throw new Error("a bound signature has a digest to be signed");
    }
    return success({ prepared: bound, toBeSigned: bound.toBeSigned });
  } finally {
    if (source.value !== item.sourcePath) {
      await rm(source.value, { force: true });
    }
  }
}

/** SECURITY: what is signed is what the person saw and confirmed: the same bytes as at review. */
async function differs(item: ItemRecord): Promise<Failure | null> {
  try {
    const digest = await digestRanges(item.sourcePath, [{ offset: 0, length: item.sourceSize }]);
    const same = Buffer.from(digest).toString("hex") === item.sourceSha256;
    return same ? null : { code: "document.changed-on-disk", params: { name: item.name } };
  } catch {
    return { code: "document.changed-on-disk", params: { name: item.name } };
  }
}

/** The original itself, or for a damaged one, with the person's consent, a clean copy of what could be read. */
async function sourceOf(item: ItemRecord): Promise<Result<string, Failure>> {
  if (!item.rewrite) {
    return success(item.sourcePath);
  }
  const opened = openEitherWay(item.sourcePath);
  if (!opened.ok) {
    return opened;
  }
  const rewritten = `${item.stagedPath}.clean`;
  try {
    await rewriteRepaired(opened.value, rewritten);
    return success(rewritten);
  } finally {
    opened.value.close();
  }
}

async function appearance(parts: SigningStepsParts): Promise<AppearanceRequest> {
  return {
    font: new Uint8Array(await readFile(join(parts.fonts, MARK_FONT))),
    provider: parts.environment.label,
    practice: parts.environment.practice,
    image: null,
  };
}

function signerName(chain: readonly Uint8Array[]): string | null {
  const [leaf] = chain;
  if (leaf === undefined) {
    return null;
  }
  const { subject } = parseCertificate(leaf);
  const name = personName({
    commonName: nameValue(subject, OID.commonName) ?? null,
    serialNumber: nameValue(subject, OID.serialNumber) ?? null,
  });
  return name === "" ? null : name;
}
