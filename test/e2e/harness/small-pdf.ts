import { writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface SmallPdf {
  /** Default 1. 0 makes a document without pages. */
  readonly pages?: number;
  readonly title?: string;
  /** Name of an empty signature field on page 1. */
  readonly field?: string;
  /** Makes the trailer say that the document is encrypted. */
  readonly encrypted?: boolean;
  /** This many bytes of a stream that nothing refers to but the catalog. */
  readonly ballast?: number;
}

/** The rectangle of the field that `field` asks for. */
export const FIELD_RECTANGLE = [72, 600, 272, 660] as const;

/** A PDF 1.7 file by hand (ISO 32000-2 7.5), for kinds of documents that are too many or too odd to be kept. */
export function smallPdf(what: SmallPdf = {}): Buffer {
  const { pages = 1, title = "Small document", field, encrypted = false, ballast = 0 } = what;
  const first = 5;
  const pageNumbers = Array.from({ length: pages }, (_, index) => first + 2 * index);
  const fieldNumber = first + 2 * pages;
  const ballastNumber = fieldNumber + 1;
  const objects = new Map<number, Buffer>();
  const set = (number: number, text: string): void => void objects.set(number, Buffer.from(text, "latin1"));
  const form = field === undefined ? "" : ` /AcroForm << /Fields [${fieldNumber} 0 R] /SigFlags 1 >>`;
  const extra = ballast === 0 ? "" : ` /Ballast ${ballastNumber} 0 R`;
  const language = " /Lang (en) /ViewerPreferences << /DisplayDocTitle true >>";
  set(1, `<< /Type /Catalog /Pages 2 0 R${form}${extra}${language} >>`);
  set(2, `<< /Type /Pages /Kids [${pageNumbers.map((n) => `${n} 0 R`).join(" ")}] /Count ${pages} >>`);
  set(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  set(4, `<< /Title (${title}) >>`);
  for (const [index, number] of pageNumbers.entries()) {
    const annotations = index === 0 && field !== undefined ? ` /Annots [${fieldNumber} 0 R]` : "";
    const content = `BT /F1 24 Tf 72 720 Td (${title}, page ${index + 1}) Tj ET`;
    set(
      number,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${number + 1} 0 R${annotations} >>`,
    );
    set(number + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  if (field !== undefined) {
    set(
      fieldNumber,
      `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${field}) /F 132 /P ${first} 0 R /Rect [${FIELD_RECTANGLE.join(" ")}] >>`,
    );
  }
  if (ballast > 0) {
    const head = Buffer.from(`<< /Length ${ballast} >>\nstream\n`, "latin1");
    objects.set(
      ballastNumber,
      Buffer.concat([head, Buffer.alloc(ballast, 0x20), Buffer.from("\nendstream", "latin1")]),
    );
  }
  return assemble(objects, encrypted);
}

function assemble(objects: ReadonlyMap<number, Buffer>, encrypted: boolean): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n", "latin1")];
  let size = parts[0]?.length ?? 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    size += part.length;
  };
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, size);
    add(Buffer.from(`${number} 0 obj\n`, "latin1"));
    add(body);
    add(Buffer.from("\nendobj\n", "latin1"));
  }
  const count = Math.max(...objects.keys()) + 1;
  const start = size;
  const rows = Array.from({ length: count - 1 }, (_, index) => {
    const offset = offsets.get(index + 1);
    return offset === undefined ? "0000000000 00001 f \n" : `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const id = "<00112233445566778899aabbccddeeff>";
  const key = "<00000000000000000000000000000000000000000000000000000000000000000>".replace("0>", ">");
  const encrypt = encrypted ? ` /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O ${key} /U ${key} >>` : "";
  add(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${rows.join("")}trailer\n<< /Size ${count} /Root 1 0 R /Info 4 0 R /ID [${id} ${id}]${encrypt} >>\nstartxref\n${start}\n%%EOF\n`,
      "latin1",
    ),
  );
  return Buffer.concat(parts);
}

/** Writes small documents with these names and returns their paths. */
export async function writeSmallPdfs(folder: string, names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      await writeFile(path, smallPdf({ title: name.replace(/\.pdf$/u, "") }));
      return path;
    }),
  );
}
