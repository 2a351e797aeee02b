import type { HttpAnswer } from "../../net/http-client.ts";
import { asObject, field, listField, objectField, readObject, textField } from "../loose-json.ts";
import type { JsonRecord } from "../loose-json.ts";

/** An answer that ends the round: `code` is itsme's own word, null when the body gave none. */
export interface Refused {
  readonly kind: "refused";
  readonly status: number;
  readonly code: string | null;
}
export interface Malformed {
  readonly kind: "malformed";
  readonly status: number;
  /** What is missing or wrong, for the details. */
  readonly reason: string;
}
/** HTTP 5xx and the like: try again later. */
export interface ServerTrouble {
  readonly kind: "server-trouble";
  readonly status: number;
}
export interface Pending {
  readonly kind: "pending";
}
export interface Started {
  readonly kind: "started";
  readonly session: string;
  readonly pageUrl: string;
}
export interface Identified {
  readonly kind: "identified";
  readonly userCode: string;
  readonly certificatePem: string;
  readonly chainPem: string | null;
}
export interface ReturnedValue {
  readonly id: string | null;
  /** Base64, as it came. */
  readonly value: string | null;
}
export interface Signed {
  readonly kind: "signed";
  readonly values: readonly ReturnedValue[];
}

type Unusable = Refused | Malformed | ServerTrouble;

/** qesB2B.json: ids have 1 to 255 characters. */
const MAXIMUM_ID = 255;
const MAXIMUM_CODE = 80;

export function readIdentificationStart(answer: HttpAnswer): Started | Unusable {
  const body = readObject(answer.body);
  const ended = endedBy(answer, textField(body, "statusReason"));
  if (ended !== null) {
    return ended;
  }
  if (textField(body, "status")?.toUpperCase() === "NOK") {
    return { kind: "refused", status: answer.status, code: cleanCode(textField(body, "statusReason")) };
  }
  return started(answer.status, textField(body, "asyncRespID"), textField(body, "identificationUrl"));
}

export function readIdentificationStatus(answer: HttpAnswer): Pending | Identified | Unusable {
  const body = readObject(answer.body);
  const reason = cleanCode(textField(body, "statusReason"));
  // "No reason when pending" in one place, 409 PENDING in another: both count.
  if (reason === "PENDING") {
    return { kind: "pending" };
  }
  const ended = endedBy(answer, reason);
  if (ended !== null) {
    return ended;
  }
  if (textField(body, "status")?.toUpperCase() === "NOK") {
    return reason === null ? { kind: "pending" } : { kind: "refused", status: answer.status, code: reason };
  }
  if (body === null) {
    return { kind: "malformed", status: answer.status, reason: "not-json" };
  }
  const chainPem = textField(body, "fullCertificateChain");
  const certificatePem = textField(body, "certificate") ?? chainPem;
  if (certificatePem === null) {
    return { kind: "pending" };
  }
  const userCode = textField(body, "userCode");
  if (userCode === null || userCode.length > MAXIMUM_ID) {
    return { kind: "malformed", status: answer.status, reason: "userCode" };
  }
  return { kind: "identified", userCode, certificatePem, chainPem };
}

export function readSignStart(answer: HttpAnswer): Started | Unusable {
  const body = readObject(answer.body);
  const ended = endedBy(answer, minorOf(body));
  if (ended !== null) {
    return ended;
  }
  if (majorOf(body) !== "pending") {
    return dssEnding(answer.status, body);
  }
  const options = objectField(objectField(body, "optOutp"), "itsme");
  return started(answer.status, textField(body, "respID"), textField(options, "signingUrl"));
}

export function readSignStatus(answer: HttpAnswer): Pending | Signed | Unusable {
  const body = readObject(answer.body);
  const major = majorOf(body);
  if (major === "pending" || minorOf(body) === "PENDING") {
    return { kind: "pending" };
  }
  const ended = endedBy(answer, minorOf(body));
  if (ended !== null) {
    return ended;
  }
  if (major !== "success") {
    return dssEnding(answer.status, body);
  }
  const values = listField(body, "sigObj").map((entry): ReturnedValue => {
    const object = asObject(entry);
    return { id: textField(object, "whichDoc"), value: textField(objectField(object, "b64Sig"), "value") };
  });
  return { kind: "signed", values };
}

function started(status: number, session: string | null, pageUrl: string | null): Started | Malformed {
  if (session === null || session.length > MAXIMUM_ID) {
    return { kind: "malformed", status, reason: "session-id" };
  }
  if (pageUrl === null) {
    return { kind: "malformed", status, reason: "page-url" };
  }
  return { kind: "started", session, pageUrl };
}

/** Null when the HTTP status is 200; otherwise what the status means. */
function endedBy(answer: HttpAnswer, code: string | null): Unusable | null {
  const { status } = answer;
  if (status === 200) {
    return null;
  }
  if (status >= 500 || status === 429 || status === 408) {
    return { kind: "server-trouble", status };
  }
  const clean = cleanCode(code);
  // 409 comes with an empty body for an unknown session; 401 and 403 come from what stands before the service.
  if (clean !== null || [401, 403, 409].includes(status)) {
    return { kind: "refused", status, code: clean };
  }
  return { kind: "malformed", status, reason: "status" };
}

function dssEnding(status: number, body: JsonRecord | null): Refused | Malformed {
  const code = minorOf(body) ?? messageCode(body);
  const isError = majorOf(body)?.endsWith("error") === true;
  return code !== null || isError
    ? { kind: "refused", status, code }
    : { kind: "malformed", status, reason: body === null ? "not-json" : "result-major" };
}

/** The last word of the URN: "pending", "success", "requestererror", "respondererror". */
function majorOf(body: JsonRecord | null): string | null {
  const urn = textField(objectField(body, "result"), "maj");
  return urn === null ? null : (urn.split(":").at(-1)?.toLowerCase() ?? null);
}

function minorOf(body: JsonRecord | null): string | null {
  return cleanCode(textField(objectField(body, "result"), "min"));
}

/** `msg` is a text in the base document and an object {lang, value} in the swagger; some answers give the code there. */
function messageCode(body: JsonRecord | null): string | null {
  const message = field(objectField(body, "result"), "msg");
  const text = typeof message === "string" ? message : textField(asObject(message), "value");
  return text !== null && /^[A-Z][A-Z_]{3,}$/u.test(text) ? cleanCode(text) : null;
}

/** A code may be the last part of a URN. SECURITY: only a short plain word reaches the window. */
function cleanCode(code: string | null): string | null {
  const word = code?.split(":").at(-1)?.trim() ?? "";
  const plain = word.replaceAll(/[^A-Za-z0-9_.-]/gu, "").slice(0, MAXIMUM_CODE);
  return plain === "" ? null : plain.toUpperCase();
}
