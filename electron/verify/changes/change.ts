/** One difference between a signed revision and the document as it is now. */
export interface Change {
  readonly verdict: "allowed" | "not-judged" | "forbidden";
  readonly kind: ChangeKind;
  /** Stable code of the reason. */
  readonly code: string;
  /** One plain English sentence. */
  readonly message: string;
  /** Object number, where there is one. */
  readonly object: number | undefined;
  /** Fully qualified name of the field concerned. */
  readonly field?: string;
  /** A signature field that shows on a page. */
  readonly visible?: boolean;
  /** A value that the signer saw gave way to another one. */
  readonly replaces?: boolean;
  /** It lies over what was signed. */
  readonly covers?: boolean;
  /** Object number of the page concerned. */
  readonly page?: number;
}

export type ChangeKind =
  /** Nothing a reader of the document could see or that means anything to him. */
  | "bookkeeping"
  | "validation-data"
  | "document-timestamp"
  /** A field that was there before was signed. */
  | "signature"
  | "new-signature-field"
  | "form-filling"
  | "annotation"
  | "other";

export const allowed = (kind: ChangeKind, code: string, message: string, more: More = {}): Change => ({
  verdict: "allowed",
  kind,
  code,
  message,
  object: more.object,
  ...withPlace(more),
});

export const notJudged = (kind: ChangeKind, code: string, message: string, more: More = {}): Change => ({
  verdict: "not-judged",
  kind,
  code,
  message,
  object: more.object,
  ...withPlace(more),
});

export const forbidden = (code: string, message: string, object?: number): Change => ({
  verdict: "forbidden",
  kind: "other",
  code,
  message,
  object,
});

/** What is known about the place of a change beside its object. */
interface More {
  readonly object?: number;
  readonly field?: string;
  readonly visible?: boolean;
  readonly page?: number;
}

const withPlace = ({ field, visible, page }: More): Omit<More, "object"> => ({
  ...(field === undefined ? {} : { field }),
  ...(visible === undefined ? {} : { visible }),
  ...(page === undefined ? {} : { page }),
});
