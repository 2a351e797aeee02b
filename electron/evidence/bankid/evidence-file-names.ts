/**
 * The files in which the evidence of an order lies in a PDF or beside it. The first is the truth, as canonical JSON; the
 * others say the same for programs that do not know it, and have to agree with it.
 */
export const EVIDENCE_FILE = "bankid-evidence.json";
export const SIGNATURE_FILE = "bankid-signature.xml";
export const OCSP_FILE = "bankid-ocsp.der";
export const MANIFEST_FILE = "bankid-manifest.json";

export const EVIDENCE_FILE_NAMES = [EVIDENCE_FILE, SIGNATURE_FILE, OCSP_FILE, MANIFEST_FILE] as const;
export type EvidenceFileName = (typeof EVIDENCE_FILE_NAMES)[number];

/** How to check them, for people: in a package only. */
export const READ_ME_FILE = "READ-ME.txt";
