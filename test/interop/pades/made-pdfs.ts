import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mustRun } from "./run-tool.ts";

export interface MadePdf {
  readonly rotate?: 0 | 90 | 180 | 270;
  readonly mediaBox?: string;
  readonly cropBox?: string;
  readonly userUnit?: number;
  /** How the page holds its annotations. */
  readonly annotations?: "absent" | "direct" | "indirect" | "empty" | "dangling";
  /** How the catalog holds its form. */
  readonly form?:
    | "absent"
    | "direct"
    | "indirect"
    | "fields-indirect"
    | "without-fields"
    | "with-signature-field"
    | "separate-widget";
  /** Extra entries of the signature field of "with-signature-field". */
  readonly fieldEntries?: string;
  readonly endOfLine?: "\n" | "\r\n";
  readonly junkBefore?: string;
  readonly trailingEndOfLine?: boolean;
  readonly pages?: number;
}

/**
 * A small PDF, written by hand with a right classic cross-reference table: one text a page, so that the result can be
 * looked at.
 */
export function makePdf(options: MadePdf = {}): Uint8Array {
  const eol = options.endOfLine ?? "\n";
  const pages = options.pages ?? 1;
  const objects = new Map<number, string>();
  const pageNumbers = Array.from({ length: pages }, (_, index) => 10 + index);
  objects.set(1, `<< /Type /Catalog /Pages 2 0 R${formEntry(options, objects)} >>`);
  objects.set(2, `<< /Type /Pages /Count ${pages} /Kids [${pageNumbers.map((num) => `${num} 0 R`).join(" ")}] >>`);
  objects.set(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const text = "BT /F1 18 Tf 20 20 Td (lower left, origin) Tj ET 0.5 w 5 5 390 290 re S";
  objects.set(4, `<< /Length ${text.length} >>${eol}stream${eol}${text}${eol}endstream`);
  const entries = [
    `/MediaBox ${options.mediaBox ?? "[0 0 400 300]"}`,
    options.cropBox === undefined ? "" : `/CropBox ${options.cropBox}`,
    options.rotate === undefined ? "" : `/Rotate ${options.rotate}`,
    options.userUnit === undefined ? "" : `/UserUnit ${options.userUnit}`,
    annotationsEntry(options, objects),
  ];
  for (const num of pageNumbers) {
    const own = num === 10 ? entries : entries.slice(0, -1);
    objects.set(
      num,
      `<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R ${own.join(" ")} >>`,
    );
  }
  return write(objects, options, eol);
}

function formEntry(options: MadePdf, objects: Map<number, string>): string {
  const textField = "<< /FT /Tx /T (Name) /V (x) >>";
  switch (options.form ?? "absent") {
    case "absent":
      return "";
    case "direct":
      objects.set(5, textField);
      return " /AcroForm << /Fields [5 0 R] /SigFlags 1 /DA (/Helv 0 Tf) >>";
    case "indirect":
      objects.set(5, textField);
      objects.set(6, "<< /Fields [5 0 R] /NeedAppearances true >>");
      return " /AcroForm 6 0 R";
    case "fields-indirect":
      objects.set(5, textField);
      objects.set(6, "<< /Fields 7 0 R /SigFlags 3 >>");
      objects.set(7, "[5 0 R]");
      return " /AcroForm 6 0 R";
    case "without-fields":
      return " /AcroForm << >>";
    case "separate-widget":
      objects.set(5, "<< /FT /Sig /T (Approval) /Kids [7 0 R] >>");
      objects.set(6, "<< /Fields [5 0 R] >>");
      objects.set(7, "<< /Type /Annot /Subtype /Widget /Parent 5 0 R /F 4 /P 10 0 R /Rect [200 40 380 110] >>");
      return " /AcroForm 6 0 R";
    case "with-signature-field":
      objects.set(
        5,
        `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Approval) /F 4 /P 10 0 R /Rect [200 40 380 110] ${options.fieldEntries ?? ""} >>`,
      );
      objects.set(6, "<< /Fields [5 0 R] >>");
      return " /AcroForm 6 0 R";
  }
}

function annotationsEntry(options: MadePdf, objects: Map<number, string>): string {
  if (options.form === "with-signature-field") {
    return "/Annots [5 0 R]";
  }
  if (options.form === "separate-widget") {
    return "/Annots [7 0 R]";
  }
  const link = "<< /Type /Annot /Subtype /Link /Rect [0 0 0 0] /Border [0 0 0] >>";
  switch (options.annotations ?? "absent") {
    case "absent":
      return "";
    case "direct":
      objects.set(8, link);
      return "/Annots [8 0 R]";
    case "indirect":
      objects.set(8, link);
      objects.set(9, "[8 0 R]");
      return "/Annots 9 0 R";
    case "empty":
      return "/Annots []";
    case "dangling":
      return "/Annots 99 0 R";
  }
}

function write(objects: ReadonlyMap<number, string>, options: MadePdf, eol: string): Uint8Array {
  const junk = options.junkBefore ?? "";
  let body = `%PDF-1.7${eol}%\u00e2\u00e3\u00cf\u00d3${eol}`;
  const offsets = new Map<number, number>();
  for (const [num, text] of [...objects].sort(([a], [b]) => a - b)) {
    offsets.set(num, body.length);
    body += `${num} 0 obj${eol}${text}${eol}endobj${eol}`;
  }
  const size = Math.max(...objects.keys()) + 1;
  const start = body.length;
  // Entries are 20 bytes with their end of line (ISO 32000-2 7.5.4).
  const line = (text: string): string => text + (eol === "\n" ? " \n" : "\r\n");
  body += `xref${eol}0 ${size}${eol}${line("0000000000 65535 f")}`;
  for (let num = 1; num < size; num += 1) {
    const offset = offsets.get(num);
    body += line(offset === undefined ? "0000000000 00000 f" : `${String(offset).padStart(10, "0")} 00000 n`);
  }
  body += `trailer${eol}<< /Size ${size} /Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] >>`;
  body += `${eol}startxref${eol}${start}${eol}%%EOF${options.trailingEndOfLine === false ? "" : eol}`;
  return Buffer.from(junk + body, "latin1");
}

export interface SigningCase {
  readonly name: string;
  readonly path: string;
}

const FORMS = [
  "direct",
  "indirect",
  "fields-indirect",
  "without-fields",
  "with-signature-field",
  "separate-widget",
] as const;
const ANNOTATIONS = ["direct", "indirect", "empty", "dangling"] as const;

/** Kinds of structure that the corpus lacks, written to files in `folder`; some are made by qpdf. */
export async function makeAllPdfs(folder: string): Promise<readonly SigningCase[]> {
  const made: Readonly<Record<string, MadePdf>> = {
    plain: {},
    "crlf line ends": { endOfLine: "\r\n" },
    "no line end behind the end marker": { trailingEndOfLine: false },
    "junk before the header": { junkBefore: "HTTP/1.1 200 OK\r\n\r\n" },
    "crop box away from the origin": { mediaBox: "[0 0 600 500]", cropBox: "[50 50 450 350]" },
    "negative media box": { mediaBox: "[-100 -50 300 250]" },
    "user unit of two": { userUnit: 2 },
    ...Object.fromEntries(([90, 180, 270] as const).map((rotate) => [`page turned by ${rotate}`, { rotate }])),
    ...Object.fromEntries(FORMS.map((form) => [`form ${form}`, { form }])),
    ...Object.fromEntries(ANNOTATIONS.map((annotations) => [`annotations ${annotations}`, { annotations }])),
  };
  const cases: SigningCase[] = [];
  for (const [name, options] of Object.entries(made)) {
    cases.push(await save(folder, name, makePdf(options)));
  }
  const base = await save(
    folder,
    "base for qpdf",
    makePdf({ form: "indirect", annotations: "indirect", pages: 3, rotate: 90 }),
  );
  for (const [name, args] of [
    ["object streams", ["--object-streams=generate"]],
    ["linearized with table", ["--linearize", "--object-streams=disable"]],
    ["linearized with object streams", ["--linearize", "--object-streams=generate"]],
  ] as const) {
    const path = pathOf(folder, name);
    await mustRun("qpdf", [...args, "--deterministic-id", base.path, path]);
    cases.push({ name, path });
  }
  return cases;
}

const pathOf = (folder: string, name: string): string => join(folder, `${name.replaceAll(" ", "-")}.pdf`);

async function save(folder: string, name: string, bytes: Uint8Array): Promise<SigningCase> {
  const path = pathOf(folder, name);
  await writeFile(path, bytes);
  return { name, path };
}
