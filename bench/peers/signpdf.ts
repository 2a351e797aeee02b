// @signpdf with pdf-lib, as its documentation shows it:  signpdf.ts PKCS12 PASSWORD SOURCE TARGET
import { readFile, writeFile } from "node:fs/promises";
import { peerLibrary } from "./peer-library.ts";

interface Document {
  save(options: { useObjectStreams: boolean }): Promise<Uint8Array>;
}

const { PDFDocument } = peerLibrary("pdf-lib") as {
  readonly PDFDocument: { load(bytes: Uint8Array): Promise<Document> };
};
const { pdflibAddPlaceholder } = peerLibrary("@signpdf/placeholder-pdf-lib") as {
  readonly pdflibAddPlaceholder: (input: Readonly<Record<string, unknown>>) => void;
};
const { P12Signer } = peerLibrary("@signpdf/signer-p12") as {
  readonly P12Signer: new (pkcs12: Buffer, options: { passphrase: string }) => unknown;
};
const { SignPdf } = peerLibrary("@signpdf/signpdf") as {
  readonly SignPdf: new () => { sign(bytes: Uint8Array, signer: unknown): Promise<Buffer> };
};

const [pkcs12 = "", passphrase = "", source = "", target = ""] = process.argv.slice(2);
const pdfDoc = await PDFDocument.load(await readFile(source));
const texts = { reason: "bench", contactInfo: "", name: "Bench Signer", location: "" };
pdflibAddPlaceholder({ pdfDoc, ...texts, subFilter: "ETSI.CAdES.detached" });
const prepared = await pdfDoc.save({ useObjectStreams: false });
const signer = new P12Signer(await readFile(pkcs12), { passphrase });
await writeFile(target, await new SignPdf().sign(prepared, signer));
