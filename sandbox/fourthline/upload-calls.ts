import { signingFault } from "../documents/signing-fault.ts";
import { randomUuid } from "../random-uuid.ts";
import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import { emptyAnswer } from "../web/loopback-server.ts";
import { badRequest, bodyOf, objectionTo, problem, workflowCall, wrongStatus } from "./api-call.ts";
import { readField } from "./field-path.ts";
import type { FourthlineRoom } from "./fourthline-room.ts";
import { readForm } from "./read-form.ts";
import type { FormFile } from "./read-form.ts";
import type { FourthlineSettings } from "./settings.ts";
import { settingsOf } from "./settings-of.ts";
import type { SentDocument } from "./workflow.ts";

/** "A successful response is empty." */
export const uploadDocuments = workflowCall(async (room, workflow, request) => {
  const objection = objectionTo(room, workflow, ["pending"]);
  if (objection !== null) return objection;
  const names = room.table.fields.uploadDocuments;
  const form = await readForm(request);
  if (form === null) return badRequest(room, "The body is no multipart/form-data");
  const information = await form.json(names.informationPart);
  const entries = information === null ? null : readField(information, names.documents);
  if (!Array.isArray(entries)) return badRequest(room, `The part ${names.informationPart} has no list of documents`);
  const files = await form.files(names.filePart);
  if (files.length === 0 || files.length !== entries.length) {
    return badRequest(room, `${entries.length} documents are described and ${files.length} were sent`);
  }
  const settings = settingsOf(room, workflow.reference);
  // As they are now: another upload may have come while this form was read.
  const already = room.workflows.byId(workflow.id)?.documents.length ?? 0;
  if (already + files.length > settings.maximumDocuments) {
    return problem(room, 422, "TOO_MANY_DOCUMENTS", `At most ${settings.maximumDocuments} documents can be signed`);
  }
  const faults = files.flatMap((file) => documentFault(file, settings) ?? []);
  if (faults.length > 0) return problem(room, 422, "DOCUMENT_REFUSED", "A document cannot be signed", faults);
  const documents = files.map((file, index) => sentDocument(room, file, asObject(entries[index]) ?? {}));
  // After the number no more documents come.
  return room.workflows.apply(workflow.id, { do: "upload-documents", documents }) === null
    ? wrongStatus(room, workflow)
    : emptyAnswer(204);
});

function documentFault({ name, bytes }: FormFile, settings: FourthlineSettings): string | null {
  if (bytes.length > settings.maximumDocumentBytes)
    return `${name}: larger than ${settings.maximumDocumentBytes} bytes`;
  const fault = signingFault(bytes, { kind: "invisible" });
  return fault === null ? null : `${name}: ${fault}`;
}

function sentDocument(room: FourthlineRoom, file: FormFile, entry: JsonObject): SentDocument {
  const names = room.table.fields.uploadDocuments;
  const text = (path: string): string | null => {
    const value = readField(entry, path);
    return typeof value === "string" && value !== "" ? value : null;
  };
  const fileName = text(names.fileName) ?? file.name;
  return { id: randomUuid(room.random), title: text(names.title) ?? fileName, fileName, bytes: file.bytes };
}

/** ITU-T E.164: a plus sign and up to 15 digits, the first of which is no zero. */
const e164 = /^\+[1-9]\d{6,14}$/;

/** "A successful response is empty." The eligibility check begins. */
export const uploadMobile = workflowCall((room, workflow, request) => {
  const objection = objectionTo(room, workflow, ["pending"]);
  if (objection !== null) return objection;
  const name = room.table.fields.uploadMobile.mobilePhoneNumber;
  const body = bodyOf(request);
  if (typeof body === "string") return badRequest(room, body);
  const mobile = readField(body, name);
  if (typeof mobile !== "string" || !e164.test(mobile)) return badRequest(room, `${name} is no number in E.164 format`);
  if (workflow.documents.length === 0) return problem(room, 422, "NO_DOCUMENTS", "Upload the documents first");
  room.workflows.apply(workflow.id, { do: "upload-number", mobile });
  return emptyAnswer(202);
});

export const uploadSelfie = workflowCall(async (room, workflow, request) => {
  const objection = objectionTo(room, workflow, ["selfie_required"]);
  if (objection !== null) return objection;
  const part = room.table.fields.uploadSelfie.imagePart;
  const form = await readForm(request);
  if (form === null) return badRequest(room, "The body is no multipart/form-data");
  const [image, ...more] = await form.files(part);
  if (image === undefined || more.length > 0) return badRequest(room, `The form has no part ${part}, or several`);
  if (!isJpeg(image.bytes)) return problem(room, 422, "SELFIE_REFUSED", "The selfie is no JPEG picture");
  return room.workflows.apply(workflow.id, { do: "upload-selfie" }) === null
    ? wrongStatus(room, workflow)
    : emptyAnswer(202);
});

/** ITU-T T.81 B.1.1.3: the marker SOI, then another one, and somewhere EOI. */
function isJpeg(bytes: Uint8Array): boolean {
  const begins = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
  return begins && Buffer.from(bytes).includes(Buffer.of(0xff, 0xd9), 3);
}
