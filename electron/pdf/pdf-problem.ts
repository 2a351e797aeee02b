/** Malformed input or a limit reached. The only error that the reader throws. */
export class PdfProblem extends Error {
  override readonly name = "PdfProblem";
  /** Stable, kebab-case: "xref-broken", "not-a-pdf", "depth-limit" … */
  readonly code: PdfProblemCode;
  /** Absolute byte offset, where there is one. */
  readonly offset: number | undefined;

  constructor(code: PdfProblemCode, message: string, offset?: number) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}

export type PdfProblemCode =
  | "empty-file"
  | "not-a-pdf"
  | "no-startxref"
  | "xref-broken"
  | "xref-loop"
  | "trailer-broken"
  | "object-broken"
  | "object-mismatch"
  | "stream-broken"
  | "filter-unsupported"
  | "filter-broken"
  /** A password is needed, and none that was given is right. */
  | "encrypted"
  /** Encrypted in a way that no password opens here: for certificates, by an unknown handler, or beyond repair. */
  | "encryption-unsupported"
  | "catalog-broken"
  | "page-tree-broken"
  | "no-such-page"
  | "limit";
