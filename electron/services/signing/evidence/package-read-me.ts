import type { ManifestDocument } from "../../../evidence/bankid/manifest.ts";
import { safeName } from "../../../evidence/bankid/safe-name.ts";
import type { BankIdSigning } from "../../../providers/provider.ts";
import { digestLines, utc } from "./evidence-page.ts";

/** What lies beside the evidence for whoever finds the package: what it is, and how to check it with and without Sealdesk. */
export function packageReadMe(signing: BankIdSigning, entry: ManifestDocument, practice: boolean): string {
  const signer = safeName(signing.report.signer?.name ?? "?");
  const time = utc(signing.report.signedAt);
  const name = safeName(entry.name);
  const digest = digestLines(entry.sha256).replaceAll("\n", " ");
  return `${[
    "SIGNED WITH BANKID (EVIDENCE)",
    ...(practice ? ["PRACTICE: not legally binding"] : []),
    "",
    `This package holds the evidence that ${signer} signed, with BankID, a text that names the document below by its SHA-256.`,
    "It is no signature inside the PDF. Keep it together with the document, which was not changed.",
    "",
    `  Document:  ${name}`,
    `  Size:      ${entry.size} bytes`,
    `  SHA-256:   ${digest}`,
    `             ${entry.sha256}`,
    `  Signed by: ${signer}`,
    `  Time:      ${time} (proven by BankID's status response)`,
    "",
    "To check it with Sealdesk:",
    "  sealdesk evidence verify PACKAGE DOCUMENT",
    "",
    "To check it by hand (xmlsec1, openssl; bankid-root.pem is BankID's root certificate, from BankID):",
    "  1. The document is the one that was signed: its SHA-256 stands in bankid-manifest.json.",
    "       sha256sum DOCUMENT",
    "  2. The signed data are that manifest, and the text that was shown:",
    "       xmlsec1 --verify --trusted-pem bankid-root.pem \\",
    "         --id-attr:Id http://www.bankid.com/signature/v1.0.0/types:bankIdSignedData \\",
    `         --verification-time "${time.replace(" UTC", "")}" bankid-signature.xml`,
    "     In bankid-signature.xml, usrNonVisibleData is the Base64 of bankid-manifest.json,",
    "     usrVisibleData that of the text. (--verification-time is read in your computer's time zone.)",
    "  3. The signer's BankID was valid then. In the response, producedAt is the time of the signature, and the",
    '     nonce begins with the SHA-1 of the Base64 text of the XML signature ("signature" in bankid-evidence.json).',
    "       openssl ocsp -respin bankid-ocsp.der -text -noverify",
    "",
    "bankid-evidence.json holds everything as it was transmitted. The other files are copies of its parts.",
    "",
    "----------------------------------------------------------------",
    "",
    "UNDERTECKNAT MED BANKID (BEVIS)",
    ...(practice ? ["ÖVNING: inte juridiskt bindande"] : []),
    "",
    `Det här paketet innehåller beviset för att ${signer} med BankID har undertecknat en text som anger dokumentet nedan med dess SHA-256.`,
    "Det är ingen underskrift inne i PDF-filen. Spara det tillsammans med dokumentet, som inte har ändrats.",
    "",
    `  Dokument:         ${name}`,
    `  Storlek:          ${entry.size} byte`,
    `  SHA-256:          ${entry.sha256}`,
    `  Undertecknat av:  ${signer}`,
    `  Tid:              ${time} (bevisad av BankID:s statussvar)`,
    "",
    "Kontrollera med Sealdesk:",
    "  sealdesk evidence verify PAKET DOKUMENT",
    "",
    "Hur man kontrollerar för hand står ovan på engelska (xmlsec1, openssl).",
    "bankid-evidence.json innehåller allt som det överfördes. De andra filerna är kopior av dess delar.",
  ].join("\r\n")}\r\n`;
}
