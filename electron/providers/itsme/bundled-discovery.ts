import type { ItsmeChoice, ItsmeDiscovery, ItsmePolicy } from "./discovery.ts";

const GENERIC = {
  EN: "Qualified signature, equal to a handwritten one",
  FR: "Signature qualifiée, équivalente à une signature manuscrite",
  NL: "Gekwalificeerde handtekening, gelijk aan een handgeschreven",
  DE: "Qualifizierte Signatur, der handschriftlichen gleichgestellt",
};
const TEST = {
  EN: "For tests only, not binding",
  FR: "Pour des tests seulement, sans valeur juridique",
  NL: "Alleen voor tests, niet bindend",
  DE: "Nur für Tests, nicht verbindlich",
};

function policy(
  oid: string,
  texts: typeof GENERIC,
  url: string,
  algorithm: "SHA-256" | "SHA-512",
  hex: string,
): ItsmePolicy {
  return { reference: oid, oid, text: texts.EN, texts, url, digest: { algorithm, hex } };
}

function commitment(oid: string, EN: string, FR: string, NL: string, DE: string): ItsmeChoice {
  return { reference: oid, oid, text: EN, texts: { EN, FR, NL, DE }, url: null };
}

/**
 * What itsme's public discovery file lists (identifiers, addresses, digests; the texts are ours), for the time when
 * itsme itself cannot be asked. Older versions of a policy and the policies of other trust services are left out:
 * an organisation that has agreed on one gets it from the live list.
 */
export const BUNDLED_DISCOVERY: ItsmeDiscovery = {
  source: "bundled",
  policies: [
    policy(
      "1.3.6.1.4.1.49274.1.1.7.2.0",
      GENERIC,
      "https://www.itsme-id.com/content-assets/53388/1662634565-compl_pol_genericqualifiedsignaturepolicy-2-0.pdf",
      "SHA-256",
      "c15df94f133c559ab5b37bbae5536e888efc3c5c36adabe391f99e540ed0b121",
    ),
    policy(
      "1.3.6.1.4.1.49274.1.1.7.1.2",
      GENERIC,
      "https://www.itsme-id.com/content-assets/53388/1652270260-compl_pol_genericqualifiedsignaturepolicy-version-1-2.pdf",
      "SHA-512",
      "a805784b3f9e2db282077a0dcd5a2ee83f12837a4c1af068530178984809ee22d2f8fe1c49a696caf90e4257eda0bd20c5d0c4134f02401d6fc76d9fe67f6ff9",
    ),
    policy(
      "1.3.6.1.4.1.49274.1.1.5.1.2",
      TEST,
      "https://www.itsme-id.com/content-assets/53388/1652270326-compl_pol_testsignaturepolicy-version-1-2.pdf",
      "SHA-512",
      "a182422a72b8c4985b5d8ef1351caac4baf013ddf3c875099198b97074109f248691bd0100f36076e79b1d94eb6207a40f80e50a0e17166880c4ed20376c34ea",
    ),
  ],
  disabledPolicies: [],
  // RFC 5126 5.11.1 for the last six.
  commitmentTypes: [
    commitment("1.3.6.1.4.1.49274.1.2.1", "Testing", "Test", "Test", "Test"),
    commitment(
      "1.2.840.113549.1.9.16.6.1",
      "Proof of origin",
      "Preuve d'origine",
      "Bewijs van oorsprong",
      "Herkunftsnachweis",
    ),
    commitment(
      "1.2.840.113549.1.9.16.6.2",
      "Proof of receipt",
      "Preuve de réception",
      "Bewijs van ontvangst",
      "Empfangsnachweis",
    ),
    commitment(
      "1.2.840.113549.1.9.16.6.3",
      "Proof of delivery",
      "Preuve de remise",
      "Bewijs van levering",
      "Zustellnachweis",
    ),
    commitment(
      "1.2.840.113549.1.9.16.6.4",
      "Proof of sender",
      "Preuve d'envoi",
      "Bewijs van verzending",
      "Absendernachweis",
    ),
    commitment(
      "1.2.840.113549.1.9.16.6.5",
      "Proof of approval",
      "Preuve d'approbation",
      "Bewijs van goedkeuring",
      "Zustimmungsnachweis",
    ),
    commitment(
      "1.2.840.113549.1.9.16.6.6",
      "Proof of creation",
      "Preuve de création",
      "Bewijs van creatie",
      "Erstellungsnachweis",
    ),
  ],
  languages: ["EN", "FR", "NL", "DE"],
};
