import { newDocument, type RawDocument, stream } from "./raw-document.ts";

export interface OnePage {
  readonly content: string;
  /** Entries of the page's /Resources, beside its font /F1. */
  readonly resources?: string;
  /** More fonts. */
  readonly fonts?: string;
  /** Entries of the page. */
  readonly page?: string;
  /** Entries of the catalog. */
  readonly catalog?: string;
  /** From number 10 on. */
  readonly objects?: Readonly<Record<number, string>>;
}

/** A page of 300 by 200 points with the font /F1 (Helvetica). */
export const onePage = ({
  content,
  resources = "",
  fonts = "",
  page = "",
  catalog = "",
  objects = {},
}: OnePage): RawDocument =>
  newDocument({
    1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R ${fonts} >> ${resources} >> ${page} >>`,
    4: stream(content),
    5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ...objects,
  });

/** Wide enough for what `TEXT` shows, which reaches from 50 to about 160 and from 145 to 165. */
export const TEXT = "BT /F1 18 Tf 50 150 Td (Pay 100 EUR) Tj ET";
export const BOX = "45 140 200 30 re f";

const FORM = "/Type /XObject /Subtype /Form /BBox [0 0 300 200]";
const IMAGE = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
export const OVER_TEXT = "q 200 0 0 30 45 140 cm /X1 Do Q";
export const FULL_PAGE = "q 300 0 0 200 0 0 cm /X1 Do Q";

export const withImage = (content: string, entries = ""): RawDocument =>
  onePage({
    content,
    resources: "/XObject << /X1 10 0 R >>",
    objects: { 10: stream("\u00ff", `${IMAGE} ${entries}`), 11: stream("\u0080", IMAGE) },
  });

export const withForm = (content: string, form: string, entries = ""): RawDocument =>
  onePage({ content, resources: "/XObject << /X1 10 0 R >>", objects: { 10: stream(form, `${FORM} ${entries}`) } });

export const withGraphicsState = (content: string, state: string): RawDocument =>
  onePage({ content, resources: `/ExtGState << /G1 << ${state} >> >>` });

/** An annotation over the text whose drawing fills its rectangle. */
export const withAnnotation = (
  entries = "",
  drawing = "0 0 200 30 re f",
  { content = TEXT, subtype = "Stamp", rectangle = "45 140 245 170" } = {},
): RawDocument =>
  onePage({
    content,
    page: "/Annots [10 0 R]",
    objects: {
      10: `<< /Type /Annot /Subtype /${subtype} /Rect [${rectangle}] /AP << /N 11 0 R >> ${entries} >>`,
      11: stream(drawing, "/Type /XObject /Subtype /Form /BBox [0 0 200 30] /Resources << /Font << /F1 5 0 R >> >>"),
    },
  });

/** A layer, the settings that decide about it, and content of the page that belongs to it or not. */
export const withLayer = (
  settings: string,
  options: { usage?: string; content?: string; more?: string } = {},
): RawDocument =>
  onePage({
    content: options.content ?? `/OC /L1 BDC ${TEXT} EMC`,
    resources: "/Properties << /L1 10 0 R /L2 11 0 R /M1 12 0 R >>",
    catalog: `/OCProperties << /OCGs [10 0 R 11 0 R] /D << ${settings} >> >>`,
    objects: {
      10: `<< /Type /OCG /Name (Annex) ${options.usage ?? ""} >>`,
      11: "<< /Type /OCG /Name (Plan) >>",
      12: `<< /Type /OCMD ${options.more ?? "/OCGs [10 0 R 11 0 R]"} >>`,
    },
  });

export interface OneField {
  /** Entries of the field and its only widget. */
  readonly field: string;
  /** What its drawing shows, on 100 by 20 points. */
  readonly drawing: string;
  readonly form?: string;
  readonly flags?: number;
}

export const withField = ({ field, drawing, form = "", flags = 4 }: OneField): RawDocument =>
  onePage({
    content: "BT /F1 12 Tf 20 170 Td (Amount) Tj ET",
    page: "/Annots [10 0 R]",
    catalog: `/AcroForm << /Fields [10 0 R] /DR << /Font << /F1 5 0 R >> >> /DA (/F1 12 Tf 0 g) ${form} >>`,
    objects: {
      10: `<< /T (Amount) ${field} /Type /Annot /Subtype /Widget /F ${flags} /P 3 0 R /Rect [20 50 120 70] >>`,
      11: stream(drawing, "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 5 0 R >> >>"),
      12: stream("0 0 10 10 re S", "/Type /XObject /Subtype /Form /BBox [0 0 100 20]"),
    },
  });

export const shows = (text: string): string => `/Tx BMC BT /F1 12 Tf 2 5 Td (${text}) Tj ET EMC`;
