import type { Failure } from "../../../../shared/failure.ts";
import type { HttpAnswer } from "../../../net/http-client.ts";
import { readObject, textField } from "../../loose-json.ts";

const MAXIMUM_TEXT = 200;

/** Calls about the account's password answer 401 for a wrong number or code, too. */
export type CallPurpose = "order" | "password";

/**
 * The table of HTTP codes (sheet section 3) as failures. 429 is no rate limit: the order is cancelled.
 *
 * @param sent texts of the request that must not come back in a failure
 */
export function httpFailure(answer: HttpAnswer, purpose: CallPurpose, sent: readonly string[]): Failure {
  const { status } = answer;
  switch (status) {
    case 400:
      return { code: "idnow.bad-request", params: { text: errorText(answer, sent) } };
    case 401:
      return { code: purpose === "password" ? "idnow.password-refused" : "idnow.credentials" };
    case 403:
      return { code: "provider.access-denied", params: { status } };
    case 404:
      return { code: "idnow.order-gone" };
    case 406:
      return { code: "idnow.wrong-state" };
    case 409:
      return { code: "idnow.wrong-tan" };
    case 410:
      return { code: "idnow.already-processed" };
    case 412:
      return { code: "idnow.signing-not-started" };
    case 429:
      return { code: "idnow.too-many-tans" };
    default:
      return status >= 500 || status === 408
        ? { code: "provider.server-error", params: { status } }
        : { code: "provider.unexpected-answer", params: { status } };
  }
}

/** `Error` of a JSON body, or the body itself: only putOrder documents what a 400 brings. */
function errorText(answer: HttpAnswer, sent: readonly string[]): string {
  const raw =
    textField(readObject(answer.body), "Error") ?? new TextDecoder("utf-8").decode(answer.body.slice(0, 4096));
  const isPage = /^\s*</u.test(raw);
  const line = (isPage ? "" : raw).replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  return withoutPersonalData(line, sent).slice(0, MAXIMUM_TEXT) || `HTTP ${answer.status}`;
}

const MAIL = /[^\s@"'<>,;:]+@[^\s@"'<>,;:]+/gu;
const PHONE = /\+?\d[\d /-]{6,}\d/gu;

/** SECURITY: the service may quote what it complains of, and a failure is shown, kept and perhaps sent to a support. */
function withoutPersonalData(line: string, sent: readonly string[]): string {
  const known = [...sent].filter((text) => text.trim().length > 1).toSorted((one, other) => other.length - one.length);
  const withoutSent = known.reduce((text, value) => text.replaceAll(value.trim(), "…"), line);
  return withoutSent.replaceAll(MAIL, "…").replaceAll(PHONE, "…");
}

/** The personal texts of a request's body, to be kept out of failures. */
export function personalTexts(body: unknown): readonly string[] {
  const order = (body ?? {}) as Readonly<Record<string, unknown>>;
  return ["Email", "Mobile", "Phone", "Address", "IdentData", "EmailNotifications", "mobile", "tan"]
    .flatMap((name) => leaves(order[name]))
    .filter((text) => text.length < 300);
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}
