/** Markup annotations (ISO 32000-2 table 171) with which people comment; none of them does anything. */
export const COMMENTS: ReadonlySet<string> = new Set([
  "Text",
  "FreeText",
  "Line",
  "Square",
  "Circle",
  "Polygon",
  "PolyLine",
  "Highlight",
  "Underline",
  "Squiggly",
  "StrikeOut",
  "Caret",
  "Stamp",
  "Ink",
  "Popup",
]);

/** Made to lie over text, and leaving it readable. Striking out is not: it takes back what was signed. */
export const MARKERS: ReadonlySet<string> = new Set(["Highlight", "Underline", "Squiggly"]);

/** What a comment may say (tables 166, 172 to 186); no action, no layer, no file, no other document. */
export const COMMENT_KEYS: ReadonlySet<string> = new Set(
  (
    "Type Subtype Rect Contents P NM M F AP Border C StructParent BS BE CA ca Lang T Popup RC CreationDate IRT Subj RT IT " +
    "Open Name State StateModel DA Q DS CL RD LE QuadPoints L LL LLE Cap LLO CP CO IC Vertices InkList Sy Parent Rotate"
  ).split(" "),
);

/** Keys whose numbers are points on the page. */
export const POINTS = ["QuadPoints", "L", "Vertices", "InkList", "CL"] as const;
