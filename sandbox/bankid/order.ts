import type { PracticePerson } from "./persons.ts";
import type { Requirement } from "./requirement.ts";

/** What a relying party asked for. Texts are in Base64, as they are signed. */
export interface OrderRequest {
  /** Who placed it: PhenixID for somebody, or a relying party itself. Each sees its own orders only. */
  readonly api: "phenixid" | "rp";
  readonly function: "Signing" | "Identification";
  /** Null: an identification without a text. */
  readonly visible: string | null;
  readonly format: "simpleMarkdownV1" | null;
  readonly hidden: string | null;
  readonly requirement: Requirement;
  readonly endUserIp: string;
  readonly returnRisk: boolean;
}

export type OrderState =
  /** `forced`: a hint that was set by hand; null: what follows from the order. */
  | { readonly kind: "pending"; readonly forced: string | null }
  | { readonly kind: "failed"; readonly hint: string; readonly at: number }
  | { readonly kind: "complete"; readonly at: number };

export interface BankIdOrder {
  /** `orderRef`, or PhenixID's `transactionID`. */
  readonly id: string;
  readonly request: OrderRequest;
  readonly autoStartToken: string;
  readonly qrStartToken: string;
  readonly qrStartSecret: string;
  /** Milliseconds since 1970; second 0 of the code. */
  readonly createdAt: number;
  /** How and when the app got it; null: it has not. */
  readonly taken: { readonly by: "code" | "link"; readonly at: number } | null;
  /** Whose BankID was chosen in the app. */
  readonly person: PracticePerson | null;
  /** The passport or identity card was read. */
  readonly documentRead: boolean;
  readonly state: OrderState;
}

/** The order wants a passport or identity card, and it was not read yet. */
export const isDocumentToRead = ({ documentRead, request }: Pick<BankIdOrder, "documentRead" | "request">): boolean =>
  request.requirement.mrtd === true && !documentRead;

/** BankID's hint for an order that is alive. */
export function pendingHint(order: BankIdOrder): string {
  const { person, state, taken } = order;
  if (state.kind === "pending" && state.forced !== null) return state.forced;
  if (taken === null) return "outstandingTransaction";
  // The app runs; which BankID is to be used is not known yet.
  if (person === null) return "started";
  return isDocumentToRead(order) ? "userMrtd" : "userSign";
}

/** Text of Base64; empty for none. */
export function textOf(base64: string | null): string {
  return Buffer.from(base64 ?? "", "base64").toString("utf8");
}
