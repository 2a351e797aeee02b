import { checkedData } from "./ident-data.ts";
import { offsetTime } from "./offset-time.ts";
import type { IdnowOrder } from "./order.ts";
import { fullName } from "./persons.ts";
import { practicePicture } from "./practice-media.ts";
import { simplePdf } from "../documents/simple-pdf.ts";

/** The report on the identification, in German as the real one, with a picture of the document. */
export function identReportPdf(order: IdnowOrder): Uint8Array {
  const data = checkedData(order);
  const row = (label: string, key: string): readonly string[] =>
    typeof data[key] === "string" ? [`${label}: ${data[key]}`] : [];
  return simplePdf(
    "Identifizierungsbericht (Übung)",
    [
      `Auftrag: ${order.id}`,
      `Referenz: ${order.request.ref}`,
      `Identifiziert: ${offsetTime(order.identifiedAt ?? order.createdAt)}`,
      ...(order.method === null ? [] : [`Verfahren: ${order.method}`]),
      ...(order.fraud ? ["Betrugsverdacht: ja"] : []),
      ...row("Vorname", "Firstname"),
      ...row("Nachname", "Surname"),
      ...row("Geburtsdatum", "Birthdate"),
      ...row("Geburtsort", "Birthplace"),
      ...row("Straße", "Street"),
      ...row("PLZ", "ZipCode"),
      ...row("Ort", "City"),
      ...row("Staatsangehörigkeit", "Nationality"),
    ],
    { jpeg: Buffer.from(practicePicture, "base64"), width: 160, height: 100 },
  );
}

/** The log of an advanced signature: who signed what, and every step with its time. */
export function auditLogPdf(order: IdnowOrder): Uint8Array {
  return simplePdf("Audit log of the signing process (practice)", [
    `Order: ${order.id}`,
    `Signer: ${fullName(order.request.person)}`,
    ...order.request.documents.map(({ filename }) => `Document: ${filename}`),
    ...order.history.map(({ kind, time }) => `${offsetTime(time)}  status ${kind}`),
  ]);
}
