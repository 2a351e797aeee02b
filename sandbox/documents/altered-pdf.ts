import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorySource } from "../../electron/pdf/memory-source.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import { rewriteRepaired } from "../../electron/pdf/rewrite.ts";
import { simplePdf } from "./simple-pdf.ts";

/** What a provider can sign instead of the document that it was sent, on purpose. */
export type DocumentFlaw =
  /** The same pages, in a file written anew. */
  | "re-saved"
  /** It with one byte changed. */
  | "changed-byte"
  | "other-file";

/** The document that is signed instead. */
export async function alteredPdf(document: Uint8Array, flaw: DocumentFlaw): Promise<Uint8Array> {
  switch (flaw) {
    case "re-saved":
      return reSaved(document);
    case "changed-byte":
      return changedByte(document);
    case "other-file":
      return simplePdf("Another document", ["This is not the document that was sent."]);
  }
}

/** The same pages, written as another program would write them. */
async function reSaved(bytes: Uint8Array): Promise<Uint8Array> {
  const work = await mkdtemp(join(tmpdir(), "sealdesk-practice-"));
  const path = join(work, "saved.pdf");
  const file = openPdf(memorySource(bytes));
  try {
    await rewriteRepaired(file, path);
    return new Uint8Array(await readFile(path));
  } finally {
    file.close();
    await rm(work, { recursive: true, force: true });
  }
}

/** Another version number in the header (ISO 32000-2 7.5.2): one byte, and still a document that opens. */
function changedByte(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = Buffer.from(copy.buffer).indexOf("%PDF-1.") + "%PDF-1.".length;
  copy[at] = copy[at] === 0x34 ? 0x35 : 0x34;
  return copy;
}

/** Another year in the signature dictionary's /M, behind the document: the digest is wrong, everything can be read. */
export function brokenSignature(signed: Uint8Array, originalSize: number): Uint8Array {
  const copy = Uint8Array.from(signed);
  const at = Buffer.from(copy.buffer).indexOf("/M (D:", originalSize);
  if (at < 0) throw new Error("the signature has no time");
  const digit = at + "/M (D:".length + 3;
  copy[digit] = copy[digit] === 0x30 ? 0x31 : 0x30;
  return copy;
}
