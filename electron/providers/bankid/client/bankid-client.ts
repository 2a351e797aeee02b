import type { Failure } from "../../../../shared/failure.ts";
import type { Result } from "../../../../shared/result.ts";
import type { BankIdEvidence } from "../../../evidence/bankid/verify-bankid-evidence.ts";
import type { StartMethod } from "../order-status.ts";
import type { BankIdTextFormat } from "../../../evidence/bankid/visible-text.ts";

/** What a server in front of BankID can do, whichever it is. */
export interface BankIdClient {
  /** Places an order. SECURITY: never called again by itself: a second order for the same person cancels both. */
  sign(request: SignRequest, signal: AbortSignal): Promise<Result<StartedOrder, Failure>>;
  /** How the order stands. To be asked every two seconds, never more often than once a second. */
  collect(reference: string, method: StartMethod, signal: AbortSignal): Promise<Result<CollectAnswer, Failure>>;
  /** Ends an order. Null: there is no such call; the app may go on showing it. */
  readonly cancel: ((reference: string, signal: AbortSignal) => Promise<Result<null, Failure>>) | null;
}

export interface SignRequest {
  readonly visibleText: string;
  readonly format: BankIdTextFormat;
  readonly hiddenData: string;
  readonly requirement: SignRequirement;
}

/** Sheet section 3.3. What is absent is not asked for. */
export interface SignRequirement {
  readonly pinCode?: boolean;
  readonly mrtd?: boolean;
  readonly cardReader?: "class1" | "class2";
  readonly certificatePolicies?: readonly string[];
  /** Twelve digits: the person who has to sign. */
  readonly personalNumber?: string;
  readonly risk?: "LOW" | "MODERATE";
}

export interface StartedOrder {
  /** By which the order is asked about. */
  readonly reference: string;
  readonly autoStartToken: string;
  readonly qrStartToken: string;
  /** SECURITY: stays in the main process. */
  readonly qrStartSecret: string;
}

export type CollectAnswer =
  /** Null: alive, but the server does not say how; what was known last still counts. */
  | { readonly kind: "pending"; readonly hint: string | null }
  | { readonly kind: "failed"; readonly failure: Failure }
  /** SECURITY: names that come along are not signed, so they are left where they are. */
  | { readonly kind: "complete"; readonly evidence: BankIdEvidence };
