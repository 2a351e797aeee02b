import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorySource } from "../../electron/pdf/memory-source.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import { rewriteRepaired } from "../../electron/pdf/rewrite.ts";
import { placeOf } from "./contracts.ts";
import type { SignedVersion } from "./contracts.ts";
import { defaultPlace } from "./fixed-place.ts";
import type { IdnowFlaws } from "./flaws.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import type { IdnowOrder } from "./order.ts";
import { somebodyElse } from "./persons.ts";
import { signPdf } from "./sign-pdf.ts";
import type { SignPdfRoom } from "./sign-pdf.ts";
import { simplePdf } from "./simple-pdf.ts";

/** What getESignPDF delivers: the signed documents in the order in which they were sent, unless a flaw says otherwise. */
export async function deliveredDocuments(
  room: IdnowRoom,
  signing: SignPdfRoom,
  order: IdnowOrder,
  version: SignedVersion,
): Promise<readonly Uint8Array[]> {
  const documents: Uint8Array[] = [];
  for (const index of version.signed.keys()) documents.push(await delivered(room, signing, order, version, index));
  switch (room.flaws.pdfOrder) {
    case "as-sent":
      return documents;
    case "reversed":
      return documents.toReversed();
    case "one-missing":
      return documents.slice(0, -1);
  }
}

async function delivered(
  room: IdnowRoom,
  signing: SignPdfRoom,
  order: IdnowOrder,
  version: SignedVersion,
  index: number,
): Promise<Uint8Array> {
  const before = version.before[index] ?? new Uint8Array();
  const signed = version.signed[index] ?? new Uint8Array();
  const { pdf, signer } = room.flaws;
  if (pdf === "unsigned") return before;
  if (pdf === "broken-value") return brokenValue(signed, before.length);
  if (pdf === "ours" && signer === "person") return signed;
  return signPdf(signing, {
    document: await replacedBy(pdf, before),
    place: pdf === "other-file" ? defaultPlace : placeOf(room.contracts.documents(order.documentsOf)?.[index], order),
    person: await room.persons.of(signer === "person" ? order.request.person : somebodyElse),
    level: room.account.level,
    now: version.at,
  });
}

async function replacedBy(pdf: IdnowFlaws["pdf"], before: Uint8Array): Promise<Uint8Array> {
  switch (pdf) {
    case "re-saved":
      return reSaved(before);
    case "changed-byte":
      return changedByte(before);
    case "other-file":
      return simplePdf("Another document", ["This is not the document that was sent."]);
    case "ours":
    case "broken-value":
    case "unsigned":
      return before;
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
function brokenValue(signed: Uint8Array, originalSize: number): Uint8Array {
  const copy = Uint8Array.from(signed);
  const at = Buffer.from(copy.buffer).indexOf("/M (D:", originalSize);
  if (at < 0) throw new Error("the signature has no time");
  const digit = at + "/M (D:".length + 3;
  copy[digit] = copy[digit] === 0x30 ? 0x31 : 0x30;
  return copy;
}
