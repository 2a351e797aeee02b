import type { Certification } from "../../shared/certification.ts";
import type { Failure } from "../../shared/failure.ts";
import type { Sha256Hex } from "../../shared/ids.ts";
import type { Placement } from "../../shared/placement.ts";
import type { Result } from "../../shared/result.ts";
import type { SignatureScheme } from "../pki/signature-scheme.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";
import type { AppearanceRequest } from "./appearance/appearance-request.ts";
import type { PreparedSignature } from "./prepared-signature.ts";

/** First phase: everything that goes into the document itself. */
export interface PrepareRequest {
  /** Path of the document; it is only read. */
  readonly source: string;
  /** For an encrypted document: its user or owner password. Not needed when the user password is empty. */
  readonly password?: string;
  /** SHA-256 of the document that the person confirmed; a document with another one is `document.changed-on-disk`. */
  readonly originalSha256?: Sha256Hex;
  /** Path of the staged copy to be made. Overwritten when it exists; removed again when preparing fails. */
  readonly staged: string;
  readonly placement: Placement;
  /** Partial name of a new field; without it the first free "Signature<n>". Ignored when the placement names a field. */
  readonly fieldName?: string;
  /** Null: no drawing; the field, if it has a rectangle, stays empty to the eye. */
  readonly appearance: AppearanceRequest | null;
  /** Common name of the signer for /Name and the mark (see `personName`); null when it is not known yet. */
  readonly signerName: string | null;
  readonly reason: string | null;
  readonly location: string | null;
  readonly contactInfo: string | null;
  /** The claimed signing time, for /M and the mark. */
  readonly claimedTime: Date;
  /** Minutes east of UTC in which the time is written; by default the computer's own zone. */
  readonly utcOffsetMinutes?: number;
  /** Room for the CMS in bytes; by default `estimateCapacity` of an unknown chain with a timestamp. */
  readonly capacityBytes?: number;
  /** Digests that the signer can use, the preferred one first; by default SHA-256 only. A seed value may insist on one. */
  readonly digests?: readonly SigningDigest[];
  /** The key is on a curve that PDF 2.0 knows through ISO/TS 32002 only (`needsCurveExtension`): declare it. */
  readonly curveExtension?: boolean;
  /** Will the signature get a timestamp? A field's seed value may insist on one. */
  readonly timestamped?: boolean;
  /** Certifies the document; only its first signature can. */
  readonly certification?: Certification;
  /** Forbids later changes of all form fields but the signature fields. */
  readonly lockFields?: boolean;
  /** DER, the signer's certificate first: a field's seed value may ask for certain ones, and is refused without. */
  readonly chain?: readonly Uint8Array[];
  readonly signal?: AbortSignal;
  /** 0 to 1, over copying and hashing. */
  readonly onProgress?: (fraction: number) => void;
}

/** Second phase: the signature value is there. */
export interface CompleteRequest {
  /** As `bindSigner` gave it. */
  readonly prepared: PreparedSignature;
  readonly staged: string;
  /** The raw signature value: RSA as many bytes as the modulus, ECDSA the DER SEQUENCE of r and s. */
  readonly value: Uint8Array;
  /** How the value was made; by default what `bindSigner` settled. */
  readonly scheme?: SignatureScheme;
  /** Fetches and checks an RFC 3161 token (DER of ContentInfo) over the signature value; makes it B-T. */
  readonly timestamp?: (signatureValue: Uint8Array, signal?: AbortSignal) => Promise<Result<Uint8Array, Failure>>;
  readonly signal?: AbortSignal;
}

export interface CompletedSignature {
  readonly level: "B-B" | "B-T";
  /** Bytes of CMS written into the placeholder. */
  readonly cmsBytes: number;
  readonly field: string;
}
