import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import { success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { AppearanceRequest } from "../../pades/appearance/appearance-request.ts";
import { personName } from "../../pades/appearance/person-name.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import { nameValue } from "../../pki/name.ts";
import { OID } from "../../pki/oids.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import { loadPicture } from "../marks/mark-pictures.ts";
import { MARK_FONT } from "./mark-font-file.ts";
import { isBinding } from "./signing-environment.ts";
import type { SigningStepsParts } from "./signing-steps.ts";

/** Mark and initials of one document, from the journal's own record: a run that resumes draws the same. */
export async function itemAppearance(
  parts: SigningStepsParts,
  item: ItemRecord,
  chain: readonly Uint8Array[],
): Promise<Result<AppearanceRequest | null, Failure>> {
  const initials = item.initials ?? null;
  const mark = item.placement.kind === "invisible" ? null : (item.mark ?? null);
  if (item.placement.kind === "invisible" && initials === null) {
    return success(null);
  }
  const image = await loadPicture(parts.pictures, mark?.picture ?? null, mark?.layout ?? "text");
  if (!image.ok) {
    return image;
  }
  const stamp = await loadPicture(parts.pictures, initials?.picture ?? null, "picture-above");
  if (!stamp.ok) {
    return stamp;
  }
  const [leaf] = chain;
  const certificate = leaf === undefined ? null : parseCertificate(leaf);
  return success({
    font: new Uint8Array(await readFile(join(parts.fonts, MARK_FONT))),
    provider: parts.environment.label,
    practice: !isBinding(parts.environment),
    image: image.value,
    ...(mark === null ? {} : { design: mark }),
    initials: initials === null ? null : { design: initials, image: stamp.value },
    organisation: certificate === null ? null : (nameValue(certificate.subject, OID.organization) ?? null),
    serial: certificate === null ? null : certificate.serialNumber.toString(16).toUpperCase(),
    documentDigest: item.sourceSha256,
  });
}

/** The name for /Name and the mark; null when no certificate is known yet. */
export function signerName(chain: readonly Uint8Array[]): string | null {
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
