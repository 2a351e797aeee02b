import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import {
  dict,
  isArray,
  isDict,
  name,
  type PdfDict,
  type PdfObject,
  ref,
  stream,
} from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { type Certificate, parseCertificates } from "../../../electron/pki/certificate.ts";

const openssl = (folder: string, ...args: readonly string[]): Buffer =>
  execFileSync("openssl", [...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });

export const hasOpenssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

const CONFIGURATION = `
[req]
distinguished_name = name
prompt = no
[name]
CN = Test Root
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
[person]
keyUsage = critical,digitalSignature,nonRepudiation
[login]
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
[not-ca]
basicConstraints = critical,CA:false
`;

/** A small PKI made by OpenSSL, so that no signature here is of our own making. */
export class Signers implements Disposable {
  readonly folder: string;
  readonly root: Certificate;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "sealdesk-verify-"));
    writeFileSync(join(this.folder, "cnf"), CONFIGURATION);
    openssl(
      this.folder,
      ..."req -x509 -newkey rsa:2048 -nodes -days 30 -config cnf -extensions root -keyout root.key -out root.pem".split(
        " ",
      ),
    );
    for (const kind of ["person", "login"]) {
      openssl(
        this.folder,
        ..."req -newkey rsa:2048 -nodes -config cnf".split(" "),
        "-subj",
        `/CN=Ada ${kind}`,
        "-keyout",
        `${kind}.key`,
        "-out",
        `${kind}.csr`,
      );
      openssl(
        this.folder,
        ..."x509 -req -days 20 -CA root.pem -CAkey root.key -CAcreateserial -extfile cnf".split(" "),
        "-extensions",
        kind,
        "-in",
        `${kind}.csr`,
        "-out",
        `${kind}.pem`,
      );
    }
    const [root] = parseCertificates(readFileSync(join(this.folder, "root.pem")));
    if (root === undefined) {
      throw new Error("openssl made no root certificate");
    }
    this.root = root;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Detached CMS with signing-certificate-v2 over the bytes. */
  cms(content: Uint8Array, who: "person" | "login" = "person"): Uint8Array {
    writeFileSync(join(this.folder, "content"), content);
    openssl(
      this.folder,
      ..."cms -sign -binary -cades -md sha256 -nosmimecap -outform DER -in content -out cms".split(" "),
      "-signer",
      `${who}.pem`,
      "-inkey",
      `${who}.key`,
    );
    return new Uint8Array(readFileSync(join(this.folder, "cms")));
  }

  path(fileName: string): string {
    return join(this.folder, fileName);
  }

  write(fileName: string, bytes: Uint8Array): string {
    const path = this.path(fileName);
    writeFileSync(path, bytes);
    return path;
  }
}

const text = (value: string): PdfObject => ({
  kind: "string",
  bytes: new TextEncoder().encode(value),
  form: "literal",
});

/** Object numbers of the unsigned document. */
export const PART = {
  catalog: 1,
  pages: 2,
  page: 3,
  contents: 4,
  info: 5,
  metadata: 6,
  form: 7,
  total: 8,
  place: 9,
  missing: 20,
} as const;

export const PAGE_TEXT = "BT /F1 18 Tf 50 100 Td (Pay 100 EUR) Tj ET";

/** One page with text, document information, metadata, a text field, an empty signature field and a dangling reference. */
export function plainDocument(): Uint8Array {
  const content = PAGE_TEXT;
  const bodies: readonly string[] = [
    "<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /AcroForm 7 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Annots [8 0 R 9 0 R]" +
      " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X1 20 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Title (Contract) >>",
    "<< /Type /Metadata /Subtype /XML /Length 4 >>\nstream\n<x/>\nendstream",
    "<< /Fields [8 0 R 9 0 R] >>",
    "<< /FT /Tx /T (Total) /V (100) /Type /Annot /Subtype /Widget /Rect [10 10 90 30] /P 3 0 R >>",
    "<< /FT /Sig /T (Place) /Type /Annot /Subtype /Widget /Rect [100 10 190 30] /F 4 /P 3 0 R >>",
  ];
  let output = "%PDF-1.7\n";
  const offsets = bodies.map((body, index) => {
    const offset = output.length;
    output += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = output.length;
  const count = bodies.length + 1;
  output += `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(output);
}

export const open = (bytes: Uint8Array): PdfFile => openPdf(memorySource(bytes));

/** Appends one incremental update. */
export function update(bytes: Uint8Array, change: (update: IncrementalUpdate, file: PdfFile) => void): Uint8Array {
  const file = open(bytes);
  const pending = new IncrementalUpdate(file);
  change(pending, file);
  return append(bytes, pending.render().bytes);
}

export function append(bytes: Uint8Array, more: Uint8Array | string): Uint8Array {
  const added = typeof more === "string" ? new TextEncoder().encode(more) : more;
  const result = new Uint8Array(bytes.length + added.length);
  result.set(bytes);
  result.set(added, bytes.length);
  return result;
}

export function dictOf(file: PdfFile, num: number): PdfDict {
  const object = file.fetch(ref(num));
  if (!isDict(object)) {
    throw new Error(`object ${num} is a dictionary`);
  }
  return object;
}

export const withEntry = (source: PdfDict, key: string, value: PdfObject): PdfDict =>
  dict(new Map([...source.entries, [key, value]]));

export interface SignOptions {
  readonly who?: "person" | "login";
  readonly field?: string;
  /** Sign the field that is there already. */
  readonly existing?: boolean;
  /** Extra entries of the signature dictionary, as PDF text. */
  readonly entries?: string;
  readonly rectangle?: string;
}

const CAPACITY = 6000;

/** Signs as other programs do: a new field (or the empty one), a placeholder, then the CMS. */
export function sign(signers: Signers, bytes: Uint8Array, options: SignOptions = {}): Uint8Array {
  const file = open(bytes);
  const pending = new IncrementalUpdate(file);
  const value = pending.allocate();
  pending.setRaw(value, [
    "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20260101120000Z) ",
    `${options.entries ?? ""} /ByteRange `,
    { mark: "range", bytes: new TextEncoder().encode(" ".repeat(48)) },
    " /Contents ",
    { mark: "contents", bytes: new TextEncoder().encode(`<${"0".repeat(CAPACITY * 2)}>`) },
    " >>",
  ]);
  placeField(pending, file, value.num, options);
  const { bytes: added, marks } = pending.render();
  const signed = append(bytes, added);
  const gap = marks.get("contents") ?? 0;
  const gapEnd = gap + CAPACITY * 2 + 2;
  const range = `[0 ${gap} ${gapEnd} ${signed.length - gapEnd}]`;
  signed.set(new TextEncoder().encode(range), marks.get("range") ?? 0);
  const cms = signers.cms(append(signed.slice(0, gap), signed.slice(gapEnd)), options.who);
  signed.set(new TextEncoder().encode(Buffer.from(cms).toString("hex")), gap + 1);
  return signed;
}

function placeField(pending: IncrementalUpdate, file: PdfFile, value: number, options: SignOptions): void {
  if (options.existing === true) {
    pending.set(ref(PART.place), withEntry(dictOf(file, PART.place), "V", ref(value)));
    return;
  }
  const field = pending.allocate();
  const rectangle = options.rectangle ?? "0 0 0 0";
  pending.setRaw(field, [
    `<< /FT /Sig /T (${options.field ?? "Signature1"}) /V ${value} 0 R /Type /Annot /Subtype /Widget /F 132`,
    ` /Rect [${rectangle}] /P ${PART.page} 0 R >>`,
  ]);
  const page = dictOf(file, PART.page);
  const form = dictOf(file, PART.form);
  pending.set(ref(PART.page), withEntry(page, "Annots", grown(page, "Annots", field.num)));
  pending.set(ref(PART.form), withEntry(withEntry(form, "Fields", grown(form, "Fields", field.num)), "SigFlags", 3));
}

export function grown(holder: PdfDict, key: string, added: number): PdfObject {
  const list = holder.entries.get(key);
  return [...(isArray(list) ? list : []), ref(added)];
}

export { dict, name, ref, stream, text };
