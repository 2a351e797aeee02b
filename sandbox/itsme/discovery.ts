import type { LocalText } from "./language.ts";

export interface SignPolicy {
  readonly oid: string;
  readonly ref: string;
  readonly url: string;
  readonly status: "ENABLED" | "DISABLED";
  /** Hex digest of the policy PDF. */
  readonly sigDigest: string;
  readonly sigDigestAlg: "SHA256" | "SHA512";
  readonly text: LocalText;
}

export interface CommitmentType {
  readonly oid: string;
  readonly ref: string;
  readonly text: LocalText;
}

/**
 * The generic and test policies of itsme's public discovery file (qesdiscovery.json). The oldest generic policy is
 * disabled here, unlike in that file, so that INVALID_POLICY_STATUS can be met.
 */
export const signPolicies: readonly SignPolicy[] = [
  {
    oid: "1.3.6.1.4.1.49274.1.1.5.1.0",
    ref: "1.3.6.1.4.1.49274.1.1.5.1.0",
    url: "https://www.itsme.be/files/itsme-TestSignaturePolicy-1.0-EN.pdf",
    status: "ENABLED",
    sigDigest: "88455cd6d8081c4e48d271da5532a73895878001267acdd767d71435a7d028ca",
    sigDigestAlg: "SHA256",
    text: {
      EN: "Test policy, not binding",
      FR: "Politique de test, sans engagement",
      NL: "Testbeleid, niet bindend",
      DE: "Testrichtlinie, nicht bindend",
    },
  },
  {
    oid: "1.3.6.1.4.1.49274.1.1.7.1.0",
    ref: "1.3.6.1.4.1.49274.1.1.7.1.0",
    url: "https://www.itsme.be/files/COMPL_POL_GenericQualifiedSignaturePolicy-version-1.0.pdf",
    status: "DISABLED",
    sigDigest: "8efd9f3c4a8277d0425c89d7330ab688a52a348c0976d119c176eec7b12e3c36",
    sigDigestAlg: "SHA256",
    text: {
      EN: "Qualified signature policy (equal to handwritten)",
      FR: "Politique de signature qualifiée (équivalente au manuscrit)",
      NL: "Beleid gekwalificeerde handtekening (gelijk aan handgeschreven)",
      DE: "Richtlinie für qualifizierte Signatur (der Handschrift gleich)",
    },
  },
  {
    oid: "1.3.6.1.4.1.49274.1.1.5.1.1",
    ref: "1.3.6.1.4.1.49274.1.1.5.1.1",
    url: "https://www.itsme.be/files/COMPL_POL_TestSignaturePolicy-version-1.1.pdf",
    status: "ENABLED",
    sigDigest:
      "62e726c4e5043a2f698944bd2e4777e24c105a74a113f1a0b4b6c5ad9c5d042e5cd026a06d9d97ae6cadd69831fa38304c80837b9e8f7ff35c7c249c1e780bc8",
    sigDigestAlg: "SHA512",
    text: {
      EN: "Test policy, not binding",
      FR: "Politique de test, sans engagement",
      NL: "Testbeleid, niet bindend",
      DE: "Testrichtlinie, nicht bindend",
    },
  },
  {
    oid: "1.3.6.1.4.1.49274.1.1.7.1.1",
    ref: "1.3.6.1.4.1.49274.1.1.7.1.1",
    url: "https://www.itsme.be/files/COMPL_POL_itsmeSignatureCreationServicePolicy-version-1.1.pdf",
    status: "ENABLED",
    sigDigest:
      "d830056731ef88f79f3e6964afe8182b3f6663d6421da1e80884877f5ee02f5270b6ee9318c500549f1affd7dba19f670cc7bbd53573bb45d7a07bf6a1f4be36",
    sigDigestAlg: "SHA512",
    text: {
      EN: "Qualified signature policy (equal to handwritten)",
      FR: "Politique de signature qualifiée (équivalente au manuscrit)",
      NL: "Beleid gekwalificeerde handtekening (gelijk aan handgeschreven)",
      DE: "Richtlinie für qualifizierte Signatur (der Handschrift gleich)",
    },
  },
  {
    oid: "1.3.6.1.4.1.49274.1.1.7.1.2",
    ref: "1.3.6.1.4.1.49274.1.1.7.1.2",
    url: "https://www.itsme-id.com/content-assets/53388/1652270260-compl_pol_genericqualifiedsignaturepolicy-version-1-2.pdf",
    status: "ENABLED",
    sigDigest:
      "a805784b3f9e2db282077a0dcd5a2ee83f12837a4c1af068530178984809ee22d2f8fe1c49a696caf90e4257eda0bd20c5d0c4134f02401d6fc76d9fe67f6ff9",
    sigDigestAlg: "SHA512",
    text: {
      EN: "Qualified signature policy (equal to handwritten)",
      FR: "Politique de signature qualifiée (équivalente au manuscrit)",
      NL: "Beleid gekwalificeerde handtekening (gelijk aan handgeschreven)",
      DE: "Richtlinie für qualifizierte Signatur (der Handschrift gleich)",
    },
  },
  {
    oid: "1.3.6.1.4.1.49274.1.1.5.1.2",
    ref: "1.3.6.1.4.1.49274.1.1.5.1.2",
    url: "https://www.itsme-id.com/content-assets/53388/1652270326-compl_pol_testsignaturepolicy-version-1-2.pdf",
    status: "ENABLED",
    sigDigest:
      "a182422a72b8c4985b5d8ef1351caac4baf013ddf3c875099198b97074109f248691bd0100f36076e79b1d94eb6207a40f80e50a0e17166880c4ed20376c34ea",
    sigDigestAlg: "SHA512",
    text: {
      EN: "Test policy, not binding",
      FR: "Politique de test, sans engagement",
      NL: "Testbeleid, niet bindend",
      DE: "Testrichtlinie, nicht bindend",
    },
  },
  {
    oid: "1.3.6.1.4.1.49274.1.1.7.2.0",
    ref: "1.3.6.1.4.1.49274.1.1.7.2.0",
    url: "https://www.itsme-id.com/content-assets/53388/1662634565-compl_pol_genericqualifiedsignaturepolicy-2-0.pdf",
    status: "ENABLED",
    sigDigest: "c15df94f133c559ab5b37bbae5536e888efc3c5c36adabe391f99e540ed0b121",
    sigDigestAlg: "SHA256",
    text: {
      EN: "Qualified signature policy (equal to handwritten)",
      FR: "Politique de signature qualifiée (équivalente au manuscrit)",
      NL: "Beleid gekwalificeerde handtekening (gelijk aan handgeschreven)",
      DE: "Richtlinie für qualifizierte Signatur (der Handschrift gleich)",
    },
  },
];

export const commitmentTypes: readonly CommitmentType[] = [
  {
    oid: "1.3.6.1.4.1.49274.1.2.1",
    ref: "1.3.6.1.4.1.49274.1.2.1",
    text: {
      DE: "Test",
      EN: "Testing",
      FR: "Test",
      NL: "Test",
    },
  },
  {
    oid: "1.2.840.113549.1.9.16.6.1",
    ref: "1.2.840.113549.1.9.16.6.1",
    text: {
      DE: "Ursprungsnachweis",
      EN: "Proof of origin",
      FR: "Preuve d'origine",
      NL: "Bewijs van herkomst",
    },
  },
  {
    oid: "1.2.840.113549.1.9.16.6.2",
    ref: "1.2.840.113549.1.9.16.6.2",
    text: {
      DE: "Empfangsbescheinigung",
      EN: "Proof of receipt",
      FR: "Preuve de réception",
      NL: "Bewijs van ontvangst",
    },
  },
  {
    oid: "1.2.840.113549.1.9.16.6.3",
    ref: "1.2.840.113549.1.9.16.6.3",
    text: {
      DE: "Zustellnachweis",
      EN: "Proof of delivery",
      FR: "Preuve de livraison",
      NL: "Bewijs van levering",
    },
  },
  {
    oid: "1.2.840.113549.1.9.16.6.4",
    ref: "1.2.840.113549.1.9.16.6.4",
    text: {
      DE: "Nachweis des Absenders",
      EN: "Proof of sender",
      FR: "Preuve d'expéditeur",
      NL: "Bewijs van afzender",
    },
  },
  {
    oid: "1.2.840.113549.1.9.16.6.5",
    ref: "1.2.840.113549.1.9.16.6.5",
    text: {
      DE: "Nachweis der Zustimmung",
      EN: "Proof of approval",
      FR: "Preuve d'approbation",
      NL: "Bewijs van goedkeuring",
    },
  },
  {
    oid: "1.2.840.113549.1.9.16.6.6",
    ref: "1.2.840.113549.1.9.16.6.6",
    text: {
      DE: "Nachweis der Schöpfung",
      EN: "Proof of creation",
      FR: "Preuve de création",
      NL: "Bewijs van creatie",
    },
  },
];
