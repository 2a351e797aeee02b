import { MAXIMUM_CONDITIONS } from "../../../../shared/interaction.ts";
import type { HttpAnswer } from "../../../net/http-client.ts";
import { asObject, readObject, textField } from "../../loose-json.ts";
import type { JsonRecord } from "../../loose-json.ts";
import type { EndpointTable } from "../endpoint-table.ts";
import { listAt, numberAt, textAt } from "./field-path.ts";
import { partsOf } from "./multipart.ts";

export interface Workflow {
  readonly workflowId: string;
  readonly clientId: string | null;
}

export interface SignatureStatus {
  /** As Fourthline writes it; it may be one that nobody knew before. */
  readonly status: string;
  readonly statusCode: number | null;
}

/** What the person has to see before approving. */
export interface SignatureDetails {
  readonly documents: readonly { readonly documentId: string; readonly title: string | null }[];
  readonly conditions: readonly LegalCondition[];
  /** Digits of the passcode; null: the answer does not say. */
  readonly passcodeLength: number | null;
}

export interface LegalCondition {
  readonly id: string;
  readonly title: string | null;
  readonly text: string | null;
  /** https only. */
  readonly url: string | null;
}

type Fields = EndpointTable["fields"];

const MAXIMUM_TEXT = 200_000;
const LONGEST_PASSCODE = 12;

export function readWorkflow({ body }: HttpAnswer, { createWorkflow }: Fields): Workflow | null {
  const answer = readObject(body);
  const workflowId = idAt(answer, createWorkflow.workflowId);
  return workflowId === null ? null : { workflowId, clientId: idAt(answer, createWorkflow.clientId) };
}

export function readStatus({ body }: HttpAnswer, { status: names }: Fields): SignatureStatus | null {
  const answer = readObject(body);
  const status = textAt(answer, names.status)?.trim().toLowerCase() ?? null;
  // Also shown to people, so it has to be a word.
  return status === null || !/^[a-z0-9_ -]{1,60}$/u.test(status)
    ? null
    : { status, statusCode: numberAt(answer, names.statusCode) };
}

export function readDetails({ body }: HttpAnswer, { details: names }: Fields): SignatureDetails | null {
  const answer = readObject(body);
  if (answer === null) {
    return null;
  }
  const documents = listAt(answer, names.documents).map((entry) => {
    const documentId = idAt(asObject(entry), names.documentId);
    return documentId === null ? null : { documentId, title: textAt(asObject(entry), names.documentTitle) };
  });
  const conditions = listAt(answer, names.legalConditions).map((entry) => conditionOf(asObject(entry), names));
  // SECURITY: what cannot be shown whole is not shown in part: the person would approve more than was seen.
  // Nor what nobody could agree to: an answer names no more conditions than that.
  if (documents.includes(null) || conditions.includes(null) || conditions.length > MAXIMUM_CONDITIONS) {
    return null;
  }
  const length = numberAt(answer, names.passcodeLength);
  return {
    documents: documents.filter((document) => document !== null),
    conditions: conditions.filter((condition) => condition !== null),
    passcodeLength: length !== null && length >= 1 && length <= LONGEST_PASSCODE ? Math.floor(length) : null,
  };
}

function conditionOf(entry: JsonRecord | null, names: Fields["details"]): LegalCondition | null {
  const id = idAt(entry, names.conditionId);
  const url = textAt(entry, names.conditionUrl);
  const text = textAt(entry, names.conditionText);
  const isLink = url !== null && URL.parse(url)?.protocol === "https:";
  if (id === null || (text === null && !isLink) || (text?.length ?? 0) > MAXIMUM_TEXT) {
    return null;
  }
  return { id, title: textAt(entry, names.conditionTitle)?.slice(0, 300) ?? null, text, url: isLink ? url : null };
}

/** SECURITY: an id becomes part of addresses; one of dots, or with a slash in it, would lead elsewhere. */
function idAt(object: JsonRecord | null, path: string): string | null {
  const id = textAt(object, path);
  return id !== null && /^[^\s/\\\p{Cc}]{1,200}$/u.test(id) && !/^\.+$/u.test(id) ? id : null;
}

/** Where a PDF's header may begin at the latest (ISO 32000-2 annex I, note to 7.5.2). */
const HEADER_WITHIN = 1024;

/**
 * The PDF of an answer. The guide says "a message in plain text and the PDF", which can be one of three things: the file
 * itself, parts of a multipart answer, or JSON with the file as Base64.
 */
export function readPdf({ headers, body }: HttpAnswer): Uint8Array | null {
  const parts = partsOf(headers["content-type"] ?? "", body);
  if (parts.length > 0) {
    // Before the body itself: a part of it near the beginning looks like a PDF with something in front.
    return parts.find(({ bytes }) => isPdf(bytes))?.bytes ?? null;
  }
  return isPdf(body) ? body : pdfInJson(body);
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEADER_WITHIN)).includes("%PDF-");
}

function pdfInJson(body: Uint8Array): Uint8Array | null {
  // "{" or white space before it; anything else is no object.
  if (body.length === 0 || !/^\s*\{/u.test(Buffer.from(body.slice(0, 100)).toString("latin1"))) {
    return null;
  }
  const answer = readObject(body);
  for (const name of Object.keys(answer ?? {})) {
    const text = textField(answer, name);
    // "%PDF-" begins so in Base64.
    if (text?.startsWith("JVBERi0") === true) {
      return new Uint8Array(Buffer.from(text, "base64"));
    }
  }
  return null;
}
