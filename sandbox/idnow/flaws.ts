/** What goes wrong on purpose, until it is reset. */
export interface IdnowFlaws {
  /** Of getESignPDF's documents. */
  readonly pdfOrder: "as-sent" | "reversed" | "one-missing";
  /**
   * What was signed instead of the document that was sent: a file written anew from it, it with one byte changed,
   * another file. "broken-value": the right file, changed after it was signed. "unsigned": as it was sent.
   */
  readonly pdf: "ours" | "re-saved" | "changed-byte" | "other-file" | "broken-value" | "unsigned";
  /**
   * Of getESignHash's answers. "other-digest": a good signature, but over another hash. "wrong-value": one bit of it is
   * different. "cut": half of it.
   */
  readonly hash: "ours" | "other-digest" | "wrong-value" | "cut";
  readonly base64: "whole" | "truncated";
  readonly crypt: "right" | "wrong-tag";
  readonly history: "in-order" | "shuffled" | "unknown-codes" | "one-second";
  /** "once": the first TAN of an order is lost with 139, the next one arrives. */
  readonly tanSending: "works" | "fails-once" | "fails-always";
  /** The trust service refuses with 29 and this sub-code as soon as signing starts; null: it does not. */
  readonly refusal: 63 | 64 | 65 | 76 | null;
  /** Whose certificate signs. */
  readonly signer: "person" | "somebody-else";
  /** The documents print `{ [ … ] }`, which is no JSON. */
  readonly ordersByRef: "array" | "object" | "as-printed";
}

export const noFlaws: IdnowFlaws = {
  pdfOrder: "as-sent",
  pdf: "ours",
  hash: "ours",
  base64: "whole",
  crypt: "right",
  history: "in-order",
  tanSending: "works",
  refusal: null,
  signer: "person",
  ordersByRef: "array",
};

/** systemStatus as the account sees it. */
export interface SystemStatus {
  readonly serverAlive: boolean;
  readonly apiAvailable: boolean;
  readonly videoAvailable: boolean;
  readonly mailingAvailable: boolean;
  readonly smsTanAvailable: boolean;
  readonly autoIdentAvailable: boolean;
  readonly eSign: {
    readonly serverAlive: boolean;
    readonly qesAvailable: boolean;
    readonly fesServerAlive: boolean;
    readonly fesAvailable: boolean;
  };
}

export const allAvailable: SystemStatus = {
  serverAlive: true,
  apiAvailable: true,
  videoAvailable: true,
  mailingAvailable: true,
  smsTanAvailable: true,
  autoIdentAvailable: true,
  eSign: { serverAlive: true, qesAvailable: true, fesServerAlive: true, fesAvailable: true },
};
