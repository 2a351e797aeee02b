/** How one of Fourthline's own steps ends. */
export type StepResult =
  | { readonly result: "pass" }
  | { readonly result: "kyc_required"; readonly code: number }
  /** Only after the number was uploaded. */
  | { readonly result: "selfie_required"; readonly code: number }
  /** Null: it does not recover. Otherwise it goes back so long after, and the same step passes then. */
  | { readonly result: "error"; readonly code: number; readonly recoversAfterMilliseconds: number | null };

/** How the practice Fourthline goes on. All of it can be changed while it runs. */
export interface FourthlineSettings {
  /** Multiplies all deadlines and the life of tokens: 1/3600 makes an hour a second. */
  readonly timeFactor: number;
  /** What is asked for is answered at once and happens so much later, in milliseconds. */
  readonly workMilliseconds: number;
  readonly atCreation: StepResult;
  readonly afterNumber: StepResult;
  readonly afterSelfie: StepResult;
  readonly afterApproval: StepResult;
  readonly afterConfirmation: StepResult;
  /** Pending flow: how and how long after the confirmation the identity check ends; null: when somebody says so. */
  readonly verification: "match" | "mismatch";
  readonly verificationMilliseconds: number | null;
  /** Whether there is an identity check that a signature can be based on. */
  readonly identityCase: "usable" | "none" | "high-risk";
  readonly trustService: "namirial" | "infocert";
  /** 4 to 8. */
  readonly passcodeLength: number;
  readonly passcodeAttempts: number;
  readonly maximumDocuments: number;
  readonly maximumDocumentBytes: number;
}

const pass: StepResult = { result: "pass" };

export const usualSettings: FourthlineSettings = {
  timeFactor: 1,
  workMilliseconds: 400,
  atCreation: pass,
  afterNumber: pass,
  afterSelfie: pass,
  afterApproval: pass,
  afterConfirmation: pass,
  verification: "match",
  verificationMilliseconds: 15_000,
  identityCase: "usable",
  trustService: "namirial",
  passcodeLength: 6,
  passcodeAttempts: 3,
  maximumDocuments: 10,
  maximumDocumentBytes: 10 * 1024 * 1024,
};

/** What goes wrong on purpose with the documents that come back, until it is reset. */
export interface FourthlineFlaws {
  /**
   * What was signed instead of the document that was sent: a file written anew from it, it with one byte changed,
   * another file. "broken-value": the right file, changed after it was signed. "unsigned": as it was sent.
   */
  readonly pdf: "ours" | "re-saved" | "changed-byte" | "other-file" | "broken-value" | "unsigned";
  /** "swapped": each document comes under the next one's id. */
  readonly documents: "right" | "swapped";
  /** Whose certificate signs. */
  readonly signer: "person" | "somebody-else";
  /** Without one nothing says that the one-time certificate was valid when it signed. */
  readonly timestamp: "ours" | "none";
  /** Pending flow: what makes the document binding. */
  readonly countersignature: "ours" | "none";
  /**
   * The guide's "a message in plain text and the PDF document" can be read in several ways: the PDF itself, both as parts
   * of a multipart answer, both in JSON, or only the message. "truncated": half of the PDF.
   */
  readonly answer: "pdf" | "multipart" | "json" | "message" | "truncated";
}

export const noFlaws: FourthlineFlaws = {
  pdf: "ours",
  documents: "right",
  signer: "person",
  timestamp: "ours",
  countersignature: "ours",
  answer: "pdf",
};
