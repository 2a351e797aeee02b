import type { Failure } from "../../../../shared/failure.ts";
import type { HttpAnswer } from "../../../net/http-client.ts";
import { bodyText, errorLine, leaves } from "../../error-line.ts";
import { readObject, textField } from "../../loose-json.ts";

/**
 * Calls about the account's password answer 401 for a wrong number or code, too. Calls with a code of the signer (TAN) answer
 * 429 when it was wrong too often.
 */
export type CallPurpose = "order" | "password" | "code";

/**
 * The table of HTTP codes (sheet section 3) as failures. 429 to a code is no rate limit: the order is cancelled. IDnow has no
 * other 429; one to another call can only be of something before its servers, and passes.
 *
 * @param sent texts of the request that must not come back in a failure
 */
export function httpFailure(answer: HttpAnswer, purpose: CallPurpose, sent: readonly string[]): Failure {
  const { status } = answer;
  if (status === 429 && purpose === "code") {
    return { code: "idnow.too-many-tans" };
  }
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
    default:
      return status >= 500 || status === 408 || status === 429
        ? { code: "provider.server-error", params: { status } }
        : { code: "provider.unexpected-answer", params: { status } };
  }
}

/** `Error` of a JSON body, or the body itself: only putOrder documents what a 400 brings. */
function errorText(answer: HttpAnswer, sent: readonly string[]): string {
  const raw = textField(readObject(answer.body), "Error") ?? bodyText(answer.body);
  return errorLine(raw, sent) || `HTTP ${answer.status}`;
}

/** The personal texts of a request's body, to be kept out of failures. */
export function personalTexts(body: unknown): readonly string[] {
  const order = (body ?? {}) as Readonly<Record<string, unknown>>;
  return ["Email", "Mobile", "Phone", "Address", "IdentData", "EmailNotifications", "mobile", "tan"]
    .flatMap((name) => leaves(order[name]))
    .filter((text) => text.length < 300);
}
