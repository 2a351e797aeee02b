import { createHash } from "node:crypto";
import type { SealedRecords } from "../../provider.ts";
import type { IdnowProfile } from "../idnow-profile.ts";
import type { Base } from "./flow-state.ts";
import { signerOf } from "./flow-state.ts";

/**
 * Identifications that may be used again (manual chapter 7, Namirial only). The record is what IDnow gave, signed and
 * encrypted by IDnow; the vault seals it once more. SECURITY: the key tells nobody whose it is.
 */
function keyOf(state: Base, profile: IdnowProfile): string {
  const { email, givenName, surname } = signerOf(state);
  const who = [profile.baseUrl, profile.user, email.toLowerCase(), givenName, surname].join("\n");
  return `idnow-identification-${createHash("sha256").update(who).digest("hex")}`;
}

const mayReuse = (state: Base, profile: IdnowProfile): boolean =>
  profile.trustService === "namirial" && state.order.details.keepIdentification;

/** Null: none was kept, or it must not be used. */
export async function earlierIdentification(
  state: Base,
  profile: IdnowProfile,
  records: SealedRecords | undefined,
): Promise<string | null> {
  if (!mayReuse(state, profile)) {
    return null;
  }
  const record = await records?.get(keyOf(state, profile));
  return record === undefined || record === null || record.length === 0 ? null : Buffer.from(record).toString("utf8");
}

/** False: it could not be kept. */
export async function keepIdentification(
  state: Base,
  profile: IdnowProfile,
  records: SealedRecords | undefined,
  record: Uint8Array,
): Promise<boolean> {
  return (await records?.put(keyOf(state, profile), record)) ?? false;
}

/** IDnow did not accept it (the identity document has run out, for example): it is of no use any more. */
export async function forgetIdentification(
  state: Base,
  profile: IdnowProfile,
  records: SealedRecords | undefined,
): Promise<void> {
  await records?.remove(keyOf(state, profile));
}
