/** A page of text that is added to a document. */
export interface TextPage {
  readonly blocks: readonly TextBlock[];
}

export interface TextBlock {
  readonly kind: "title" | "label" | "text" | "lines";
  /** Wrapped where it is too long; "lines" has its own line feeds and is never wrapped. */
  readonly text: string;
  /** BCP 47, for screen readers. */
  readonly language: string;
}

/** A4 (ISO 216) in points. */
export const PAGE_WIDTH = 595.28;
export const PAGE_HEIGHT = 841.89;
