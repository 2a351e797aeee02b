import type { Failure } from "../../shared/failure.ts";
import type { ProviderId } from "../../shared/ids.ts";
import type { Interaction, InteractionAnswer } from "../../shared/interaction.ts";
import type { SignatureScheme } from "../pki/signature-scheme.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";

/**
 * What every provider's folder exports. A provider is data (`descriptor`) and a state machine whose states are plain
 * JSON: the signing service stores each state in the journal *before* it asks the machine to go on, so a run resumes
 * after a crash exactly where it stood.
 */
export interface HashSigningProvider {
  readonly descriptor: ProviderDescriptor;
  /** Checks everything that can be checked locally, before anything is sent. Null: nothing to object to. */
  check(order: SigningOrder): Failure | null;
  /** The first state. No side effect. */
  begin(order: SigningOrder): FlowState;
  /**
   * Performs the one side effect that `state` stands for and says what comes next. Never throws for expected failures.
   * Aborting `context.signal` ends the network call, not the run.
   */
  advance(state: FlowState, input: FlowInput, context: FlowContext): Promise<FlowStep>;
}

export interface ProviderDescriptor {
  readonly id: ProviderId;
  readonly takes: "hash" | "document" | "text";
  readonly returns: "raw-signature" | "signed-document" | "evidence";
  /** "before": the certificate comes first and goes into the signed attributes. */
  readonly certificateKnown: "before-hashing" | "after-signing";
  /** How many documents one approval covers at the most. */
  readonly maximumDocuments: number;
  /** What the provider can sign with; which of them it is for a run, `SignerIdentity.schemes` says. */
  readonly digestAlgorithms: readonly SigningDigest[];
  readonly languages: readonly string[];
}

export interface SigningOrder {
  readonly documents: readonly { readonly id: string; readonly name: string }[];
  readonly language: "EN" | "FR" | "NL" | "DE";
  /** Shown in the provider's app where it can be. */
  readonly description: string | null;
  readonly policy: string | null;
  readonly commitmentType: string | null;
  readonly signerRole: string | null;
  /** A code by which the provider knows this person from an earlier run (itsme's userCode), or null. */
  readonly knownPerson: string | null;
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
  /** What was asked for by "need-digests", one a document. */
  | { readonly kind: "digests"; readonly digests: readonly DocumentToSign[] }
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

export interface FlowContext {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
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
  /** Values for some documents: store them and the state together, assemble, then call again with "go". */
  | { readonly kind: "values"; readonly state: FlowState; readonly values: readonly SignatureValue[] }
  | { readonly kind: "done"; readonly state: FlowState }
  | { readonly kind: "failed"; readonly state: FlowState; readonly failure: Failure };

/** An interaction plus what only main may know: the page's address and what is allowed in its window. */
export type FlowInteraction = Interaction & { readonly page?: ProviderPage };

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
  /** Base64 of the raw signature value, already verified against certificate and digest by the provider's code. */
  readonly value: string;
}
