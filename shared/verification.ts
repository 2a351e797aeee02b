/**
 * The verifier's answer as pure data, as fixed by `architecture.md` (command line, `--json`). Indications are those of
 * ETSI EN 319 102-1 clause 5.1.3.
 */
export type Indication = "TOTAL-PASSED" | "INDETERMINATE" | "TOTAL-FAILED";

export type FileVerdict = Indication | "NO-SIGNATURE" | "UNREADABLE";

export interface Reason {
  /** Stable code, dotted and kebab-case ("byte-range.gap"). */
  readonly code: string;
  /** One plain English sentence. */
  readonly message: string;
  /** Byte offset in the file, where the reason has a place. */
  readonly offset?: number;
}

export type PadesLevel = "B-B" | "B-T" | "B-LT" | "B-LTA";

export interface SignatureReport {
  /** Fully qualified field name; "" when the signature is reachable from no field. */
  readonly field: string;
  readonly type: "signature" | "document-timestamp";
  readonly subFilter: string;
  readonly level: PadesLevel | null;
  /** Common name of the signing certificate. */
  readonly signer: string | null;
  /** ISO 8601 with zone, from /M: what the signer claims. */
  readonly claimedTime: string | null;
  /** ISO 8601 UTC, from a verified timestamp: what is proven. */
  readonly provenTime: string | null;
  /** Bytes only: digest and value right, whole revision covered, every byte accounted for, only allowed changes after. */
  readonly intact: boolean;
  readonly coverage: "whole-file" | "entire-revision" | "partial";
  readonly changesAfter: "none" | "allowed" | "forbidden";
  readonly indication: Indication;
  /** EN 319 102-1 sub-indication, e.g. "NO_CERTIFICATE_CHAIN_FOUND". */
  readonly subIndication: string | null;
  readonly qualification: string | null;
  readonly reasons: readonly Reason[];
  /** For people who look closer; only when it was asked for, and never part of `--json`. */
  readonly details?: SignatureDetails;
}

export interface SignatureDetails {
  /** The document as it was signed is its first bytes, up to here; null when no whole revision was, or the value is wrong. */
  readonly signedEnd: number | null;
  /** Number of the object that holds the signature, and where it lies in the file. */
  readonly object: number | null;
  readonly offset: number | null;
  /** What this signature itself permits to happen after it (ISO 32000-2 12.8.2). */
  readonly permits: SignaturePermissions;
  /** From the signer's certificate towards its root, as far as it could be built. */
  readonly chain: readonly ChainMember[];
}

export interface SignaturePermissions {
  /** DocMDP level of a certification; null: an approval, which permits filling in forms and signing. */
  readonly certification: 1 | 2 | 3 | null;
  readonly locks: readonly { readonly action: "All" | "Include" | "Exclude"; readonly fields: readonly string[] }[];
}

export interface ChainMember {
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Hexadecimal digits. */
  readonly serialNumber: string;
}

/** One thing that a revision did to the document, as seen from the revision before it. */
export interface TimelineEvent {
  readonly kind:
    | "created"
    | "signature"
    | "document-timestamp"
    | "new-signature-field"
    | "validation-data"
    | "form-filling"
    | "annotation"
    | "bookkeeping"
    | "evidence"
    | "other";
  /** What the signatures up to then say about it. A document that nobody had signed may be changed in any way. */
  readonly verdict: "allowed" | "not-judged" | "forbidden";
  /** Stable code, as in `Reason`. */
  readonly code: string;
  /** One plain English sentence. */
  readonly message: string;
  /** Fully qualified name of the field concerned. */
  readonly field?: string;
  /** Page concerned, from 1. */
  readonly page?: number;
  readonly object?: number;
  /** Where the object lies in the file. */
  readonly offset?: number;
}

/** A revision of the file, oldest first: which bytes it added, and what they did. */
export interface TimelineEntry {
  /** From 1. */
  readonly revision: number;
  /** Bytes [begin, end) of the file. */
  readonly begin: number;
  readonly end: number;
  readonly events: readonly TimelineEvent[];
}

/** The person that evidence speaks of, as the certificate names them. Only a claim, unless the evidence passed. */
export interface EvidencePerson {
  readonly name: string | null;
  /** Twelve digits. */
  readonly personalNumber: string | null;
  /** The organisation in the certificate: for BankID the bank that issued it, not the person's employer. */
  readonly organisation: string | null;
}

/**
 * Evidence that a person signed a document by other means than a signature of the PDF. It stands beside the signatures: what
 * those prove about a seal's organisation, this proves about a person, and neither stands for the other.
 */
export interface EvidenceReport {
  readonly kind: "bankid";
  /** Name of the file that holds it. */
  readonly name: string;
  /** "undecided": nothing speaks against it, but not everything that it needs is known. */
  readonly verdict: "passed" | "undecided" | "failed";
  readonly person: EvidencePerson | null;
  /** ISO 8601 UTC: when BankID answered for the person's certificate. A claim, unless the evidence passed. */
  readonly provenTime: string | null;
  /** What was signed, as the person's list of documents names it: the file's first `size` bytes. Null: nothing of this file. */
  readonly document: {
    readonly name: string;
    readonly size: number;
    /** Hexadecimal. */
    readonly sha256: string;
    /** Pages that those bytes have; null when they could not be counted. */
    readonly pages: number | null;
  } | null;
  /** Pages that the file has now. Those behind the document's own are nothing that the person signed. */
  readonly pagesNow: number | null;
  /** What happened to the document since; null when it is another one. */
  readonly changesAfter: "none" | "allowed" | "forbidden" | null;
  /** The signature that covers the evidence, as it stands among the file's; null: none does. */
  readonly sealedBy: {
    /** From 1. */
    readonly signature: number;
    readonly signer: string | null;
    readonly indication: Indication;
    readonly intact: boolean;
  } | null;
  readonly reasons: readonly Reason[];
  /** What the person read and signed; only when details were asked for, and never part of `--json`. */
  readonly signedText?: string;
}

export interface FileReport {
  readonly file: string;
  readonly verdict: FileVerdict;
  readonly reasons: readonly Reason[];
  readonly signatures: readonly SignatureReport[];
  /** Absent for a file that has no signature or could not be read as far as that. */
  readonly timeline?: readonly TimelineEntry[];
  /** Only for a file that carries evidence. */
  readonly evidence?: readonly EvidenceReport[];
}
