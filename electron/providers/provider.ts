import type { Failure } from "../../shared/failure.ts";
import type { TextPreview } from "../../shared/app-state.ts";
import type { ProviderId } from "../../shared/ids.ts";
import type { Interaction, InteractionAnswer } from "../../shared/interaction.ts";
import type { OrderDetails } from "../../shared/order-details.ts";
import type { UserSpaceRectangle } from "../../shared/placement.ts";
import type { Result } from "../../shared/result.ts";
import type { BankIdReport } from "../evidence/bankid/bankid-report.ts";
import type { EvidenceContent } from "../evidence/bankid/evidence-files.ts";
import type { SignatureScheme } from "../pki/signature-scheme.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";

/**
 * What every provider's folder exports. A provider is data (`descriptor`) and a state machine whose states are plain
 * JSON: the signing service stores each state in the journal *before* it asks the machine to go on, so a run resumes
 * after a crash exactly where it stood.
 */
export interface SigningProvider {
  readonly descriptor: ProviderDescriptor;
  /** Checks everything that can be checked locally, before anything is sent. Null: nothing to object to. */
  check(order: SigningOrder): Failure | null;
  /** For a provider that signs a text: the text as it would be sent, made by the very code that makes it then. */
  preview?(order: SigningOrder, documents: readonly DocumentFacts[]): Result<TextPreview, Failure>;
  /** The first state. No side effect. */
  begin(order: SigningOrder): FlowState;
  /** The order as the journal may keep it: without what only the first state needs. Absent: as it is. */
  kept?(order: SigningOrder): SigningOrder;
  /**
   * Performs the one side effect that `state` stands for and says what comes next. Never throws for expected failures.
   * Aborting `context.signal` ends the network call, not the run.
   */
  advance(state: FlowState, input: FlowInput, context: FlowContext): Promise<FlowStep>;
}

export interface ProviderDescriptor {
  readonly id: ProviderId;
  readonly takes: "hash" | "document" | "text";
  readonly returns: "raw-signature" | "cms" | "signed-document" | "evidence";
  /** "before": the certificate comes first and goes into the signed attributes. */
  readonly certificateKnown: "before-hashing" | "after-signing";
  /** It draws the visible mark itself, in the place that it is told: our own mark, initials and locks cannot be had. */
  readonly drawsMark?: boolean;
  /** False: it cannot even be told where. Absent: it can. */
  readonly takesPlace?: boolean;
  /** Sum of the documents' sizes that it takes at the most; absent: none is known. */
  readonly maximumBytes?: number;
  /** How many documents one approval covers at the most. */
  readonly maximumDocuments: number;
  /** What the provider can sign with; which of them it is for a run, `SignerIdentity.schemes` says. */
  readonly digestAlgorithms: readonly SigningDigest[];
  readonly languages: readonly string[];
}

export interface SigningOrder {
  readonly documents: readonly OrderedDocument[];
  readonly language: "EN" | "FR" | "NL" | "DE";
  /** Shown in the provider's app where it can be. */
  readonly description: string | null;
  readonly policy: string | null;
  readonly commitmentType: string | null;
  readonly signerRole: string | null;
  /** A code by which the provider knows this person from an earlier run (itsme's userCode), or null. */
  readonly knownPerson: string | null;
  /** What only this provider needs to know (who signs, how to reach them); absent: it needs nothing. */
  readonly details?: OrderDetails;
  /** The text that the person has read and confirmed, where one is signed: another one must not be sent. */
  readonly confirmedText?: string;
}

export interface OrderedDocument {
  readonly id: string;
  readonly name: string;
  /** Bytes of the original; absent in runs of versions before. */
  readonly size?: number;
  /** For a provider that takes whole documents: where the mark goes; null: no place was chosen. */
  readonly place?: SignaturePlace | null;
}

/** Opaque to everybody but the provider; JSON without secrets (session ids are allowed). */
export type FlowState = { readonly step: string } & Readonly<Record<string, unknown>>;

export type FlowInput =
  /** First call, call after "continue", a poll that is due, or resuming after a restart. */
  | { readonly kind: "go" }
  | { readonly kind: "answer"; readonly interaction: string; readonly answer: InteractionAnswer }
  /** The provider's page reached its return address (the page itself is never loaded). */
  | { readonly kind: "page-returned"; readonly interaction: string; readonly url: string }
  | { readonly kind: "page-closed"; readonly interaction: string }
  /** The link of this interaction could not be handed to the operating system. */
  | { readonly kind: "app-not-opened"; readonly interaction: string }
  /** What was asked for by "need-digests", one a document. */
  | { readonly kind: "digests"; readonly digests: readonly DocumentToSign[] }
  /** What was asked for by "need-document-digests"; documents that could not be prepared are missing. */
  | { readonly kind: "document-digests"; readonly digests: readonly DocumentDigest[] }
  /** What was asked for by "need-documents"; documents that could not be read are missing. */
  | { readonly kind: "documents"; readonly documents: readonly DocumentToSend[] }
  | { readonly kind: "cancel" };

/** What is signed for one document: the signed attributes (RFC 5652 5.4). */
export interface DocumentToSign {
  readonly id: string;
  /** One of those that the provider named. */
  readonly scheme: SignatureScheme;
  /** Lower-case hexadecimal digest of `message` by the scheme's own algorithm (the DTBSR); SHA-512 for Ed25519. */
  readonly digest: string;
  /** Base64 of the DER: EdDSA signs the message itself (RFC 8032 5.1.6). It holds no word of the document. */
  readonly message: string;
}

/** The byte range's digest of a document that is prepared for a signature of somebody yet unknown. */
export interface DocumentDigest {
  readonly id: string;
  readonly name: string;
  readonly algorithm: SigningDigest;
  /** Lower-case hexadecimal. */
  readonly digest: string;
}

/** What a text says of a document. */
export interface DocumentFacts {
  readonly name: string;
  readonly size: number;
  /** Lower-case hexadecimal, of the whole file. */
  readonly sha256: string;
  /** How many pages it has; absent: unknown. */
  readonly pages?: number;
}

/** A whole document for a provider that takes them. SECURITY: its bytes never go into a state. */
export interface DocumentToSend extends DocumentFacts {
  readonly id: string;
  /** Null: none was chosen. */
  readonly place: SignaturePlace | null;
  /** Visible area of the first page, for a provider that draws a mark also where none was chosen. */
  readonly firstPage: UserSpaceRectangle;
  /** Fails when the file is not what the person confirmed any more. */
  read(): Promise<Result<Uint8Array, Failure>>;
}

export type SignaturePlace =
  | {
      readonly kind: "rectangle";
      /** From 1. */
      readonly page: number;
      readonly rectangle: UserSpaceRectangle;
      /** The page's visible area (CropBox), in the same user space. */
      readonly pageBox: UserSpaceRectangle;
    }
  | { readonly kind: "field"; readonly field: string };

export interface FlowContext {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
  /** Small records that outlive a run (an identification that may be used again); absent: nothing can be kept. */
  readonly records?: SealedRecords;
  /** Documents whose signed form, or signature, came back and was refused; absent: none can be. */
  readonly refused?: () => readonly string[];
  /** Asks the person where to save a file; false: nowhere. Absent: nobody can be asked. */
  readonly offerFile?: (file: OfferedFile) => Promise<boolean>;
}

/** Sealed by the vault. */
export interface SealedRecords {
  /** Null: there is none, or the vault cannot be opened now. */
  get(key: string): Promise<Uint8Array | null>;
  /** False: it could not be kept. */
  put(key: string, record: Uint8Array): Promise<boolean>;
  remove(key: string): Promise<void>;
}

export interface OfferedFile {
  /** Suggested name with its extension. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type FlowStep =
  /** Store the state, then call again at once. */
  | { readonly kind: "continue"; readonly state: FlowState }
  /** Store the state, show the interaction, call again at `at` (ms since 1970) or when the person did something. */
  | { readonly kind: "wait"; readonly state: FlowState; readonly at: number; readonly interaction: FlowInteraction }
  /** The signer is known: build the signed attributes for these documents with this chain, then come back with "digests". */
  | {
      readonly kind: "need-digests";
      readonly state: FlowState;
      readonly documents: readonly string[];
      readonly signer: SignerIdentity;
    }
  /**
   * The signer will be known only afterwards: prepare these documents with enough space and come back with
   * "document-digests".
   */
  | {
      readonly kind: "need-document-digests";
      readonly state: FlowState;
      readonly documents: readonly string[];
      readonly algorithm: SigningDigest;
    }
  /** Come back with the "documents" themselves. */
  | { readonly kind: "need-documents"; readonly state: FlowState; readonly documents: readonly string[] }
  /**
   * Signed documents came back: keep them and the state together, judge them as a stranger's, then call again with "go".
   * `signers`: who was ordered to sign, to be compared with the certificates.
   */
  | {
      readonly kind: "signed-documents";
      readonly state: FlowState;
      readonly documents: readonly SignedDocument[];
      readonly signers: readonly ExpectedSigner[];
      /** A service had to sign, too, before the signature binds anybody; absent: it had not. */
      readonly countersigned?: boolean;
    }
  /** Values for some documents: store them and the state together, assemble, then call again with "go". */
  | {
      readonly kind: "values";
      readonly state: FlowState;
      readonly values: readonly SignatureValue[];
      /** Each value is a whole CMS over the document's digest, not yet checked; `signers`: who was ordered to sign. */
      readonly cms?: { readonly signers: readonly ExpectedSigner[] };
    }
  /**
   * Proof that is no PDF signature came back, already verified: keep it and the state together, put it into the documents,
   * then call again with "go".
   */
  | {
      readonly kind: "evidence";
      readonly state: FlowState;
      readonly documents: readonly string[];
      readonly evidence: BankIdSigning;
    }
  | { readonly kind: "done"; readonly state: FlowState }
  | { readonly kind: "failed"; readonly state: FlowState; readonly failure: Failure };

/** An interaction plus what only main may know: the page's address and what is allowed in its window, a link to open. */
export type FlowInteraction = Interaction & {
  readonly page?: ProviderPage;
  /** Opens another program on this computer; to be handed to the operating system once for each id of an interaction. */
  readonly openLink?: string;
};

export interface ProviderPage {
  readonly url: string;
  readonly policy: ProviderPagePolicy;
}

/** Data, so that it can be tested as data; `windows/` enforces it. */
export interface ProviderPagePolicy {
  /** Exact https origins the main frame may show. */
  readonly allowedOrigins: readonly string[];
  /** Compared by scheme, host, port and path; caught, never loaded. */
  readonly returnUrl: string;
  readonly permissions: readonly ("camera" | "microphone")[];
  readonly timeLimitMilliseconds: number;
}

export interface SignerIdentity {
  /** DER, base64: leaf, issuing CA, root. */
  readonly chain: readonly string[];
  /**
   * How this signer signs, the preferred way first; the others are for documents whose field insists on another digest.
   * Never empty.
   */
  readonly schemes: readonly SignatureScheme[];
  /** Code to recognise the person next time; stored only when the person agrees. */
  readonly knownPerson: string | null;
}

export interface SignatureValue {
  readonly id: string;
  /**
   * Base64 of the raw signature value, already verified against certificate and digest by the provider's code; of the
   * whole CMS (RFC 5652 SignedData, detached) where the step says so.
   */
  readonly value: string;
}

/** A document as it came back, matched to what was sent. */
export interface SignedDocument {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** One order signed with BankID: everything that is needed to prove it again (bankid.md section 8). */
export interface BankIdSigning extends EvidenceContent {
  readonly kind: "bankid";
  readonly report: BankIdReport;
}

/** Names as the person wrote them. */
export interface ExpectedSigner {
  readonly givenName: string;
  readonly surname: string;
}
