import type { Sha256Hex } from "./ids.ts";

export const MARK_LAYOUTS = ["text", "picture-left", "picture-above", "picture-only", "picture-behind"] as const;
export type MarkLayout = (typeof MARK_LAYOUTS)[number];

/** "iso": 2026-11-22. The others: the day in words, as that language writes it. */
export const MARK_DATE_FORMATS = ["iso", "en-GB", "en-US", "nl", "fr", "de", "sv"] as const;
export type MarkDateFormat = (typeof MARK_DATE_FORMATS)[number];

export const MAXIMUM_MARK_LINES = 8;

/** What the QR code holds. `{digest}` in an address stands for the document's SHA-256 in lower-case hexadecimal. */
export type MarkQr =
  | { readonly kind: "digest" }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "text"; readonly text: string };

/** How a visible mark looks: plain data that the journal keeps, so that a run that resumes draws the same mark. */
export interface MarkDesign {
  /** Lines with placeholders, top to bottom; null: the usual lines. */
  readonly lines: readonly string[] | null;
  readonly dateFormat: MarkDateFormat;
  /** SHA-256 of a picture in the program's own store. Never a path: that may vanish. */
  readonly picture: Sha256Hex | null;
  readonly layout: MarkLayout;
  readonly qr: MarkQr | null;
}

export const USUAL_MARK: MarkDesign = { lines: null, dateFormat: "iso", picture: null, layout: "text", qr: null };

export const MARK_CORNERS = ["bottom-right", "bottom-left", "top-right", "top-left"] as const;
export type MarkCorner = (typeof MARK_CORNERS)[number];

/** Initials on the pages: small stamps under the same signature. Lengths in points, as the reader sees the page. */
export interface InitialsDesign {
  /** "all", or pages and ranges ("1-3,5"); see `parsePageRanges`. */
  readonly pages: string;
  /** One line with placeholders; empty: the first letters of the signer's name. */
  readonly text: string;
  readonly picture: Sha256Hex | null;
  readonly corner: MarkCorner;
  /** From both edges of the corner. */
  readonly margin: number;
  readonly width: number;
  readonly height: number;
}

export const USUAL_INITIALS: InitialsDesign = {
  pages: "all",
  text: "",
  picture: null,
  corner: "bottom-right",
  margin: 18,
  width: 44,
  height: 24,
};

/** A named mark of the person's own. */
export interface MarkPreset {
  readonly id: string;
  readonly name: string;
  readonly design: MarkDesign;
}

export interface MarksView {
  readonly presets: readonly MarkPreset[];
  /** The preset used when none is chosen; null: the usual mark. */
  readonly defaultPreset: string | null;
}

export const NO_PRESETS: MarksView = { presets: [], defaultPreset: null };
