import { alteredPdf, brokenSignature } from "../documents/altered-pdf.ts";
import { placeOf } from "./contracts.ts";
import type { SignedVersion } from "./contracts.ts";
import { defaultPlace } from "./fixed-place.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import type { IdnowOrder } from "./order.ts";
import { somebodyElse } from "./persons.ts";
import { signPdf } from "./sign-pdf.ts";
import type { SignPdfRoom } from "./sign-pdf.ts";

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
  if (pdf === "broken-value") return brokenSignature(signed, before.length);
  if (pdf === "ours" && signer === "person") return signed;
  return signPdf(signing, {
    document: pdf === "ours" ? before : await alteredPdf(before, pdf),
    place: pdf === "other-file" ? defaultPlace : placeOf(room.contracts.documents(order.documentsOf)?.[index], order),
    person: await room.persons.of(signer === "person" ? order.request.person : somebodyElse),
    level: room.account.level,
    now: version.at,
  });
}
