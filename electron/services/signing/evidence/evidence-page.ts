import type { ManifestDocument } from "../../../evidence/bankid/manifest.ts";
import type { TextBlock, TextPage } from "../../../pades/attach/text-page.ts";
import { safeName } from "../../../evidence/bankid/safe-name.ts";
import type { BankIdSigning } from "../../../providers/provider.ts";

export interface EvidencePageFacts {
  readonly signing: BankIdSigning;
  /** The entry of the signed list for this document. */
  readonly entry: ManifestDocument;
  /** How many documents the same signature covers. */
  readonly documents: number;
  readonly organisation: string;
  readonly practice: boolean;
}

/**
 * The page for people: who, when, what, how to check. It proves nothing by itself and says so; the evidence is in the
 * attached files.
 */
export function evidencePage({ documents, entry, organisation, practice, signing }: EvidencePageFacts): TextPage {
  const { signer, signedAt } = signing.report;
  const others =
    documents === 1 ? "" : ` The same signature covers ${documents - 1} other document${documents === 2 ? "" : "s"}.`;
  return {
    blocks: [
      english("title", "Signed with BankID (evidence)"),
      english("label", "Evidence page, added by Sealdesk"),
      ...(practice ? [english("text", "PRACTICE: not legally binding")] : []),
      english("label", "Signed by"),
      english("text", plain(signer?.name ?? "?")),
      ...(signer?.personalNumber === null || signer?.personalNumber === undefined
        ? []
        : [
            english(
              "text",
              `Personal number ${masked(signer.personalNumber)} (the attached evidence has all of its digits)`,
            ),
          ]),
      english("label", "Time, proven by BankID's status response"),
      english("text", utc(signedAt)),
      english("label", "Document"),
      english("text", `“${safeName(entry.name)}”`),
      english("text", `${sizeOf(entry)}. This is the file as it was before this page was added.${others}`),
      english("label", "SHA-256 of that file"),
      english("lines", digestLines(entry.sha256)),
      english("label", "Sealed by"),
      english("text", plain(organisation)),
      english(
        "text",
        "The PDF signature of this file is the seal of that organisation. The person did not sign the PDF itself but, with BankID, a text that names it by its SHA-256.",
      ),
      english("label", "How to check"),
      english(
        "text",
        "Open the file with Sealdesk, or run “sealdesk verify FILE”. This page proves nothing by itself: the proof is in the attached files bankid-evidence.json, bankid-signature.xml, bankid-ocsp.der and bankid-manifest.json.",
      ),
      swedish("label", "På svenska"),
      swedish(
        "text",
        `${practice ? "ÖVNING, inte juridiskt bindande. " : ""}Undertecknat med BankID av ${plain(signer?.name ?? "?")}, ${utc(signedAt)}, och stämplat av ${plain(organisation)}. Kontrollera filen med Sealdesk; beviset ligger i de bifogade filerna.`,
      ),
    ],
  };
}

const english = (kind: TextBlock["kind"], text: string): TextBlock => ({ kind, text, language: "en" });

const swedish = (kind: TextBlock["kind"], text: string): TextBlock => ({ kind, text, language: "sv" });

/** Names are other people's words: nothing in them may turn text round or begin a line. */
const plain = (text: string): string => safeName(text);

/** SECURITY: pages are printed and passed on; whoever may know the number finds it in the evidence. */
export const masked = (personalNumber: string): string => `${personalNumber.slice(0, 8)}-****`;

/** Four groups of four characters in each of four lines, as the person read it in BankID's app. */
export function digestLines(sha256: string): string {
  const lines = sha256.match(/.{1,16}/gu) ?? [];
  return lines.map((line) => (line.match(/.{1,4}/gu) ?? []).join(" ")).join("\n");
}

/** "2026-11-20 12:00:00 UTC" */
export const utc = (time: string | null): string =>
  time === null ? "?" : `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;

function sizeOf({ pages, size }: ManifestDocument): string {
  const bytes = `${size} bytes`;
  return pages === null ? bytes : `${pages === 1 ? "1 page" : `${pages} pages`}, ${bytes}`;
}
