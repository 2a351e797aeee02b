import { createCipheriv } from "node:crypto";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/** Bytes that no filter can shrink and that are the same every time: AES-128-CTR over zeros, key as below. */
class RandomBytes {
  readonly #cipher = createCipheriv(
    "aes-128-ctr",
    Buffer.from("00112233445566778899aabbccddeeff", "hex"),
    Buffer.alloc(16),
  );

  take(length: number): Buffer {
    return this.#cipher.update(Buffer.alloc(length));
  }
}

/** Writes objects one after the other, and at the end a classic cross-reference table (ISO 32000-2 7.5.4). */
class PdfWriter {
  readonly #file: FileHandle;
  readonly #offsets: number[] = [];
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #position = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(...parts: readonly (string | Buffer)[]): Promise<void> {
    for (const part of parts) {
      const bytes = typeof part === "string" ? Buffer.from(part, "latin1") : part;
      this.#pending.push(bytes);
      this.#pendingBytes += bytes.length;
      this.#position += bytes.length;
    }
    if (this.#pendingBytes >= 1024 * 1024) {
      await this.#flush();
    }
  }

  async object(number: number, body: string, stream?: Buffer): Promise<void> {
    this.#offsets[number] = this.#position;
    await (stream === undefined
      ? this.write(`${number} 0 obj\n${body}\nendobj\n`)
      : this.write(`${number} 0 obj\n${body}\nstream\n`, stream, "\nendstream\nendobj\n"));
  }

  async end(): Promise<void> {
    const start = this.#position;
    const size = this.#offsets.length;
    const entries = this.#offsets.map((offset, number) =>
      number === 0 ? "0000000000 65535 f \n" : `${String(offset).padStart(10, "0")} 00000 n \n`,
    );
    entries[0] = "0000000000 65535 f \n";
    const id = "<00112233445566778899AABBCCDDEEFF>";
    await this.write(
      `xref\n0 ${size}\n${entries.join("")}trailer\n<< /Size ${size} /Root 1 0 R /ID [${id} ${id}] >>\n`,
      `startxref\n${start}\n%%EOF\n`,
    );
    await this.#flush();
  }

  async #flush(): Promise<void> {
    await this.#file.writev(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

const HEADER = Buffer.from("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "latin1");
const ROW_PIXELS = 1024;

/** A PDF 1.7 of about `bytes` bytes: pages with one random RGB picture each, at most 1 MiB a picture. */
export function writeImageDocument(path: string, bytes: number): Promise<void> {
  const pictures = Math.max(1, Math.round(bytes / (1024 * 1024)));
  const rows = Math.max(1, Math.round(bytes / pictures / (ROW_PIXELS * 3)));
  const random = new RandomBytes();
  return writePages(path, pictures, async (pdf, numbers) => {
    const picture = `<< /Type /XObject /Subtype /Image /Width ${ROW_PIXELS} /Height ${rows} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
    const length = ROW_PIXELS * 3 * rows;
    const content = Buffer.from("q 595 0 0 842 0 0 cm /Im Do Q", "latin1");
    await pdf.object(numbers.content, `<< /Length ${content.length} >>`, content);
    await pdf.object(numbers.resource, `${picture} /Length ${length} >>`, random.take(length));
    return `<< /XObject << /Im ${numbers.resource} 0 R >> >>`;
  });
}

/** A PDF 1.7 with many pages of text, about 1.8 kB each, in one flat page tree. */
export function writeTextDocument(path: string, pages: number): Promise<void> {
  const random = new RandomBytes();
  return writePages(path, pages, async (pdf, numbers) => {
    const lines = Array.from({ length: 24 }, () => `(${random.take(24).toString("hex")}) Tj T*`);
    const content = Buffer.from(`BT /F 11 Tf 60 780 Td 14 TL\n${lines.join("\n")}\nET`, "latin1");
    await pdf.object(numbers.content, `<< /Length ${content.length} >>`, content);
    await pdf.object(numbers.resource, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    return `<< /Font << /F ${numbers.resource} 0 R >> >>`;
  });
}

async function writePages(
  path: string,
  pages: number,
  writeParts: (pdf: PdfWriter, numbers: { readonly content: number; readonly resource: number }) => Promise<string>,
): Promise<void> {
  const file = await open(path, "w");
  try {
    const pdf = new PdfWriter(file);
    const kids = Array.from({ length: pages }, (_, index) => `${3 + index * 3} 0 R`);
    await pdf.write(HEADER);
    await pdf.object(1, "<< /Type /Catalog /Pages 2 0 R >>");
    await pdf.object(2, `<< /Type /Pages /Count ${pages} /Kids [${kids.join(" ")}] >>`);
    for (let index = 0; index < pages; index += 1) {
      const page = 3 + index * 3;
      const resources = await writeParts(pdf, { content: page + 1, resource: page + 2 });
      const links = `/Parent 2 0 R /Contents ${page + 1} 0 R /Resources ${resources}`;
      await pdf.object(page, `<< /Type /Page /MediaBox [0 0 595 842] ${links} >>`);
    }
    await pdf.end();
  } finally {
    await file.close();
  }
}
