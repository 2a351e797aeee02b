import type { Failure } from "../../../../shared/failure.ts";
import type { HttpAnswer } from "../../../net/http-client.ts";
import { type JsonRecord, readObject, textField } from "../../loose-json.ts";
import { isUuid } from "../autostart-link.ts";
import type { StartedOrder } from "./bankid-client.ts";

const REFERENCE = /^[\x21-\x7E]{1,200}$/u;
const LONGEST_TEXT = 200;

/** PhenixID and BankID spell the fields differently; nothing but that differs. Null: something is missing or is no UUID. */
export function readStartedOrder(answer: HttpAnswer, referenceField: string): StartedOrder | null {
  const body = readObject(answer.body);
  const reference = textField(body, referenceField);
  const autoStartToken = uuidField(body, "autoStartToken");
  const qrStartToken = uuidField(body, "qrStartToken");
  const qrStartSecret = uuidField(body, "qrStartSecret");
  return reference === null ||
    !REFERENCE.test(reference) ||
    autoStartToken === null ||
    qrStartToken === null ||
    qrStartSecret === null
    ? null
    : { reference, autoStartToken, qrStartToken, qrStartSecret };
}

function uuidField(body: JsonRecord | null, name: string): string | null {
  const value = textField(body, name);
  return value !== null && isUuid(value) ? value : null;
}

export const unexpected = ({ status }: HttpAnswer): Failure => ({
  code: "provider.unexpected-answer",
  params: { status, reason: "body" },
});

const PERSONAL_NUMBER = /(?:\d{2})?\d{6}[-+ ]?\d{4}/gu;

/** A server's words in one line. SECURITY: they are shown, kept and perhaps sent to a support, so without personal numbers. */
export function serverWords(text: string): string {
  const line = text.replaceAll(/[\p{C}\s]+/gu, " ").trim();
  const words = line.startsWith("<") ? "" : line;
  return words.replaceAll(PERSONAL_NUMBER, "…").slice(0, LONGEST_TEXT);
}
