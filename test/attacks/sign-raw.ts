import { sha256 } from "../../electron/pki/algorithms.ts";
import { body, bytesOfText, type RawDocument, type RevisionOptions, revise, swap } from "./raw-document.ts";
import type { Identity } from "./test-authority.ts";
import { type CmsOptions, makeCms } from "./test-cms.ts";

export interface SignOptions {
  readonly field?: string;
  /** Signs this empty field instead of adding one. */
  readonly existing?: number;
  readonly rectangle?: string;
  /** More entries of the signature dictionary. */
  readonly entries?: string;
  /** More entries of the field. */
  readonly fieldEntries?: string;
  readonly cms?: Partial<CmsOptions>;
  /** Makes /Contents from the digest of the byte range. */
  readonly value?: (digest: Uint8Array) => Uint8Array;
  /** Annotation flags. */
  readonly flags?: number;
  readonly subFilter?: string;
  readonly type?: string;
  readonly revision?: RevisionOptions;
  /** More objects written in the same revision. */
  readonly objects?: Readonly<Record<number, string>>;
  /** Sets /Perms /DocMDP of the catalog (object 1). */
  readonly certify?: 1 | 2 | 3;
  readonly appearance?: string;
  /** Number of the page that shows the field; the first one when absent. */
  readonly page?: number;
  /** The whole field, instead of the one that is signed. */
  readonly widget?: string;
}

/** Numbers of the fixed parts of the documents that are signed here. */
export const PART = { catalog: 1, pages: 2, page: 3, content: 4, info: 5, form: 7 } as const;

/** Bytes that /Contents holds. */
export const CAPACITY = 2600;
const RANGE_WIDTH = 44;

export const certification = (level: number): string =>
  `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /V /1.2 /P ${level} >> >>]`;

/** Object numbers of the newest signature. */
export interface SignedDocument extends RawDocument {
  readonly value: number;
  readonly field: number;
  /** Offset of "<" of /Contents. */
  readonly gap: number;
  readonly gapEnd: number;
}

/** Appends a revision that signs, as other programs do. */
export function signRaw(document: RawDocument, who: Identity, options: SignOptions = {}): SignedDocument {
  const value = document.size;
  const field = options.existing ?? document.size + 1;
  const appearance = document.size + 2;
  const dictionary =
    `<< /Type /${options.type ?? "Sig"} /Filter /Adobe.PPKLite /SubFilter /${options.subFilter ?? "ETSI.CAdES.detached"}` +
    ` /M (D:20260101120000Z) ${options.certify === undefined ? "" : certification(options.certify)} ${options.entries ?? ""}` +
    ` /ByteRange [${" ".repeat(RANGE_WIDTH)}] /Contents <${"0".repeat(CAPACITY * 2)}> >>`;
  const drawing = options.appearance === undefined ? "" : ` /AP << /N ${appearance} 0 R >>`;
  const placed = revise(
    document,
    {
      ...options.objects,
      [value]: dictionary,
      ...(options.appearance === undefined ? {} : { [appearance]: options.appearance }),
      ...fieldObjects(document, value, field, drawing, options),
    },
    options.revision ?? {},
  );
  return finish(placed, value, field, who, options);
}

function fieldObjects(
  document: RawDocument,
  value: number,
  field: number,
  drawing: string,
  options: SignOptions,
): Readonly<Record<number, string>> {
  const catalog =
    options.certify === undefined
      ? {}
      : { [PART.catalog]: swap(body(document, PART.catalog), /<</u, `<< /Perms << /DocMDP ${value} 0 R >>`) };
  if (options.existing !== undefined) {
    return {
      ...catalog,
      [field]: options.widget ?? swap(body(document, field), /<</u, `<< /V ${value} 0 R${drawing}`),
    };
  }
  const page = options.page ?? PART.page;
  const form = body(document, PART.form);
  const flagged = form.includes("/SigFlags") ? form : swap(form, /<</u, "<< /SigFlags 3");
  return {
    ...catalog,
    [field]:
      `<< /FT /Sig /T (${options.field ?? "Signature1"}) /V ${value} 0 R /Type /Annot /Subtype /Widget /F ${options.flags ?? 132}` +
      ` /Rect [${options.rectangle ?? "0 0 0 0"}] /P ${page} 0 R${drawing} ${options.fieldEntries ?? ""} >>`,
    [page]: withItem(body(document, page), "Annots", `${field} 0 R`),
    [PART.form]: withItem(flagged, "Fields", `${field} 0 R`),
  };
}

/** Adds an item to an array of a dictionary, written as text. */
export const withItem = (text: string, key: string, item: string): string =>
  swap(
    text,
    new RegExp(`/${key} \\[([^\\]]*)\\]`, "u"),
    `/${key} [${new RegExp(`/${key} \\[([^\\]]*)\\]`, "u").exec(text)?.[1] ?? ""} ${item}]`,
  );

function finish(
  placed: RawDocument,
  value: number,
  field: number,
  who: Identity,
  options: SignOptions,
): SignedDocument {
  const gap = placed.text.lastIndexOf("/Contents <") + "/Contents ".length;
  const gapEnd = gap + CAPACITY * 2 + 2;
  const range = `0 ${gap} ${gapEnd} ${placed.text.length - gapEnd}`.padEnd(RANGE_WIDTH);
  const at = placed.text.lastIndexOf("/ByteRange [", gap) + "/ByteRange [".length;
  const ranged = placed.text.slice(0, at) + range + placed.text.slice(at + RANGE_WIDTH);
  const digest = sha256(bytesOfText(ranged.slice(0, gap) + ranged.slice(gapEnd)));
  const cms = options.value?.(digest) ?? makeCms(digest, { who, ...options.cms });
  const hex = Buffer.from(cms).toString("hex");
  if (hex.length > CAPACITY * 2) {
    throw new Error(`the value needs ${hex.length / 2} bytes`);
  }
  const text = ranged.slice(0, gap + 1) + hex.padEnd(CAPACITY * 2, "0") + ranged.slice(gapEnd - 1);
  const bodies = new Map(placed.bodies);
  const start = text.lastIndexOf(`\n${value} 0 obj\n`);
  bodies.set(value, text.slice(start + `\n${value} 0 obj\n`.length, text.indexOf("\nendobj", start)));
  return { ...placed, text, bodies, value, field, gap, gapEnd };
}
