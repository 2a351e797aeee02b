import { newDocument, type RawDocument, type RevisionOptions, stream } from "./raw-document.ts";

/** Numbers of the objects of the base document beside those of `PART`. */
export const OBJECT = {
  metadata: 6,
  textField: 8,
  emptySignature: 9,
  checkBox: 10,
  radio: 11,
  choice: 12,
  font: 13,
  overlay: 14,
  layer: 15,
  names: 16,
  structure: 17,
  element: 18,
  textAppearance: 19,
  /** Referred to, but not there. */
  dangling: 20,
  secondPage: 21,
  secondContent: 22,
  checkOn: 23,
  checkOff: 24,
  embedded: 25,
  fileSpecification: 26,
  link: 27,
  kids: 28,
  lengthOfSecond: 29,
  unused: 30,
  toUnicode: 31,
  hiddenSignature: 32,
  fieldResources: 33,
  outlines: 34,
} as const;

export const SIGNED_TEXT = "Pay 100 EUR";

const pageEntries =
  "/MediaBox [0 0 300 200] /Resources << /Font << /F1 13 0 R >> /XObject << /X1 14 0 R /X2 20 0 R >> /Properties << /L1 15 0 R >> >>";

export const BODIES: Readonly<Record<number, string>> = {
  1: "<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /AcroForm 7 0 R /Names 16 0 R /Outlines 34 0 R /StructTreeRoot 17 0 R /MarkInfo << /Marked true >> /OCProperties << /OCGs [15 0 R] /D << /ON [15 0 R] >> >> >>",
  2: "<< /Type /Pages /Kids [3 0 R 21 0 R] /Count 2 >>",
  3: `<< /Type /Page /Parent 2 0 R ${pageEntries} /Contents 4 0 R /StructParents 0 /Annots [8 0 R 9 0 R 10 0 R 11 0 R 12 0 R 27 0 R 32 0 R] >>`,
  4: stream(`/Span << /MCID 0 >> BDC BT /F1 18 Tf 50 150 Td (${SIGNED_TEXT}) Tj ET EMC /OC /L1 BDC /X1 Do EMC`),
  5: "<< /Title (Contract) >>",
  6: stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", "/Type /Metadata /Subtype /XML"),
  7: "<< /Fields [8 0 R 9 0 R 10 0 R 11 0 R 12 0 R 32 0 R] /DA (/F1 12 Tf 0 g) /DR 33 0 R >>",
  8: "<< /FT /Tx /T (Total) /V (100) /DA (/F1 12 Tf 0 g) /Type /Annot /Subtype /Widget /F 4 /Rect [10 10 90 30] /P 3 0 R /AP << /N 19 0 R >> >>",
  9: "<< /FT /Sig /T (Place) /Type /Annot /Subtype /Widget /F 4 /Rect [200 10 290 30] /P 3 0 R >>",
  10: "<< /FT /Btn /T (Agree) /V /Off /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [10 40 20 50] /P 3 0 R /AP << /N << /Yes 23 0 R /Off 24 0 R >> >> >>",
  11: "<< /FT /Btn /Ff 32768 /T (Kind) /V /A /AS /A /Type /Annot /Subtype /Widget /F 4 /Rect [30 40 40 50] /P 3 0 R /AP << /N << /A 23 0 R /Off 24 0 R >> >> >>",
  12: "<< /FT /Ch /Ff 131072 /T (Choice) /Opt [(One) (Two)] /V (One) /DA (/F1 12 Tf 0 g) /Type /Annot /Subtype /Widget /F 4 /Rect [100 10 190 30] /P 3 0 R >>",
  13: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 31 0 R >>",
  14: stream("0.8 g 50 60 100 20 re f", "/Type /XObject /Subtype /Form /BBox [0 0 300 200]"),
  15: "<< /Type /OCG /Name (Layer) >>",
  16: "<< /EmbeddedFiles << /Names [(a.txt) 26 0 R] >> >>",
  17: "<< /Type /StructTreeRoot /K [18 0 R] /ParentTree << /Nums [0 [18 0 R]] >> /ParentTreeNextKey 1 >>",
  18: "<< /Type /StructElem /S /P /P 17 0 R /Pg 3 0 R /K [0] >>",
  19: stream(
    "/Tx BMC BT /F1 12 Tf 2 5 Td (100) Tj ET EMC",
    "/Type /XObject /Subtype /Form /BBox [0 0 80 20] /Resources << /Font << /F1 13 0 R >> >>",
  ),
  21: `<< /Type /Page /Parent 2 0 R ${pageEntries} /Contents 22 0 R >>`,
  22: "<< /Length 29 0 R >>\nstream\nBT /F1 18 Tf 50 100 Td (Second page) Tj ET\nendstream",
  23: stream("0 0 10 10 re f", "/Type /XObject /Subtype /Form /BBox [0 0 10 10]"),
  24: stream("0 0 10 10 re S", "/Type /XObject /Subtype /Form /BBox [0 0 10 10]"),
  25: stream("attached", "/Type /EmbeddedFile"),
  26: "<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 25 0 R >> >>",
  27: "<< /Type /Annot /Subtype /Link /Rect [10 100 90 120] /Border [0 0 0] /A << /S /URI /URI (https://example.org/) >> >>",
  28: "[]",
  29: "42",
  30: "<< /Nobody (uses this) >>",
  31: stream("/CIDInit /ProcSet findresource begin begincmap endcmap end"),
  32: "<< /FT /Sig /T (Hidden) /Type /Annot /Subtype /Widget /F 6 /Rect [0 0 300 200] /P 3 0 R >>",
  33: "<< /Font << /F1 13 0 R >> >>",
  34: "<< /Type /Outlines /Count 0 >>",
};

/** Two pages with a form of every kind of field, layer, attachment, link, structure tree and a reference to nothing. */
export const baseDocument = (
  changes: Readonly<Record<number, string>> = {},
  options: RevisionOptions = {},
): RawDocument => newDocument({ ...BODIES, ...changes }, { info: "5 0 R", ...options });
