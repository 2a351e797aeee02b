import type { Failure } from "../../../../shared/failure.ts";
import { entryFor, readManifest } from "../../../evidence/bankid/manifest.ts";
import type { ManifestDocument } from "../../../evidence/bankid/manifest.ts";
import type { BankIdSigning } from "../../../providers/provider.ts";
import type { ItemRecord } from "../../../storage/journal-record.ts";

export interface AcceptedEvidence {
  /** Documents that the evidence is about. */
  readonly items: readonly string[];
  readonly refused: readonly { readonly item: ItemRecord; readonly failure: Failure }[];
}

/** SECURITY: whatever the provider says, evidence belongs to a document only when the signed list has the bytes that went out. */
export function acceptEvidence(
  open: readonly ItemRecord[],
  documents: readonly string[],
  signing: BankIdSigning,
): AcceptedEvidence {
  const meant = open.filter(({ item }) => documents.includes(item));
  const refused = meant.filter((item) => entryOf(item, signing) === null);
  return {
    items: meant.filter((item) => !refused.includes(item)).map(({ item }) => item),
    refused: refused.map((item) => ({ item, failure: { code: "evidence.not-this-document" } })),
  };
}

/** What the signed list says of this document; null: it does not speak of it. */
export function entryOf({ sent }: ItemRecord, { hiddenData }: BankIdSigning): ManifestDocument | null {
  const manifest = readManifest(hiddenData);
  return manifest === undefined || sent === null || sent === undefined ? null : (entryFor(manifest, sent) ?? null);
}

/** How many documents the same signature covers. */
export const documentsIn = ({ hiddenData }: BankIdSigning): number => readManifest(hiddenData)?.documents.length ?? 0;
