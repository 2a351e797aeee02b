import type { PreparedSignature } from "../pades/prepared-signature.ts";
import type { ExpectedSigner, FlowState, SigningOrder } from "../providers/provider.ts";
import type { Certification } from "../../shared/certification.ts";
import type { Failure } from "../../shared/failure.ts";
import type { ProviderId, Sha256Hex, TransactionId } from "../../shared/ids.ts";
import type { EnvironmentKind } from "../../shared/profiles.ts";
import type { PadesLevel } from "../../shared/verification.ts";
import type { InitialsDesign, MarkDesign } from "../../shared/mark-design.ts";
import type { Placement } from "../../shared/placement.ts";

/** A run as the journal keeps it. */
export interface TransactionRecord {
  readonly id: TransactionId;
  readonly provider: ProviderId;
  /** Name of the profile it runs with ("sandbox"). */
  readonly profile: string;
  readonly phase: TransactionPhase;
  readonly order: SigningOrder;
  readonly level: PadesLevel;
  /** Where the profile leads. Absent in rows of versions before. */
  readonly environment?: EnvironmentKind;
  /** The provider's own state, stored before the step it stands for. */
  readonly state: FlowState;
  /** Counts the stored states; an update names the one it builds on, so two drivers cannot both go on. */
  readonly version: number;
  readonly failure: Failure | null;
  /** ISO 8601. */
  readonly created: string;
  readonly updated: string;
}

export type TransactionPhase = "running" | "done" | "failed";

/** One document of a run. */
export interface ItemRecord {
  readonly transaction: TransactionId;
  /** The id under which provider and run speak of it ("1", "2", …). */
  readonly item: string;
  readonly name: string;
  readonly sourcePath: string;
  readonly sourceSize: number;
  readonly sourceSha256: Sha256Hex;
  /** Written from the original for signing, in the output folder; never the original itself. */
  readonly stagedPath: string;
  /** Where it shall be delivered; after delivery: where it was. */
  readonly outputPath: string;
  /** The person named the output file; otherwise a free name is found. */
  readonly outputFixed: boolean;
  readonly placement: Placement;
  /** Partial name of the new field, when the person named it. */
  readonly fieldName: string | null;
  readonly reason: string | null;
  /** Certifies the document. Absent: it does not; so said rows of versions that could not. */
  readonly certification?: Certification;
  /** Locks the form's other fields. */
  readonly lockFields?: boolean;
  /** Absent in rows of versions before; then, as with null, there is none. */
  readonly location?: string | null;
  /** How the mark looks; null: the usual one. Its picture lies in the picture store under its digest. */
  readonly mark?: MarkDesign | null;
  readonly initials?: InitialsDesign | null;
  /** Original had a broken structure and is rewritten before its first signature, with consent. */
  readonly rewrite: boolean;
  /** ISO 8601: the time the signer claims (/M). */
  readonly claimedTime: string;
  /** Bytes to reserve for the CMS, when an earlier try showed that the usual estimate is too small. */
  readonly capacityBytes: number | null;
  readonly phase: ItemPhase;
  readonly prepared: PreparedSignature | null;
  /** For a provider that takes whole documents: which bytes went out. */
  readonly sent?: SentDocument | null;
  /** The signed document that came back lies in the store of returned files; this says which one it is. */
  readonly returned?: ReturnedDocument | null;
  /** The evidence that speaks of it, by its number in the journal (`Journal.evidence`). Here `prepared` is the seal. */
  readonly evidence?: number | null;
  /** For evidence: a page for people is wanted in the document. Absent: it is. */
  readonly evidencePage?: boolean;
  /** Base64 of the signature value: from here on the person's approval must not be lost. */
  readonly value: string | null;
  readonly failure: Failure | null;
  /** Of the checked file, from just before it gets its name. Absent or null: it was not on its way yet. */
  readonly resultSha256?: Sha256Hex | null;
  /** What was delivered. Absent or null: nothing yet, or by a version that did not keep it. */
  readonly outcome?: DeliveredOutcome | null;
}

export interface DeliveredOutcome {
  /** Null: the result is no signed document, but a package of evidence. */
  readonly level: PadesLevel | null;
  /** Our own; null: nobody judged it. */
  readonly verdict: string | null;
}

/** The original, or its clean copy where it was rewritten. What comes back must begin with these bytes. */
export interface SentDocument {
  readonly size: number;
  readonly sha256: Sha256Hex;
}

export interface ReturnedDocument {
  readonly size: number;
  readonly sha256: Sha256Hex;
  /** Who was ordered to sign. */
  readonly signers: readonly ExpectedSigner[];
  /** A service had to sign or stamp it as well; absent: it had not. */
  readonly countersigned?: boolean;
}

/**
 * `pending` → `prepared` → `approved` → `assembled` → `delivered`. `failed` is final; an approved document that could
 * not be delivered stays `approved` or `assembled` with a failure beside it, and is tried again.
 */
export type ItemPhase = "pending" | "prepared" | "approved" | "assembled" | "delivered" | "failed";
