import type { Failure } from "../../../../shared/failure.ts";
import type { HttpAnswer } from "../../../net/http-client.ts";
import { bodyText, errorLine } from "../../error-line.ts";
import { asObject, readObject } from "../../loose-json.ts";
import type { EndpointTable } from "../endpoint-table.ts";
import { listAt, textAt } from "./field-path.ts";

/**
 * The table of HTTP codes (sheet section 2) as failures.
 *
 * @param sent texts of the request that must not come back in a failure
 */
export function httpFailure(answer: HttpAnswer, table: EndpointTable, sent: readonly string[]): Failure {
  const { status } = answer;
  switch (status) {
    case 400:
      return { code: "fourthline.bad-request", params: { text: errorText(answer, table, sent) } };
    case 401:
      return { code: "fourthline.credentials" };
    case 403:
      return { code: "provider.access-denied", params: { status } };
    case 404:
      return { code: "fourthline.not-found" };
    case 409:
      return { code: "fourthline.wrong-state" };
    case 422:
      return { code: "fourthline.refused", params: { text: errorText(answer, table, sent) } };
    case 429:
      return { code: "fourthline.too-many-requests" };
    default:
      return status >= 500 || status === 408
        ? { code: "provider.server-error", params: { status } }
        : { code: "provider.unexpected-answer", params: { status } };
  }
}

/** The body's format is not public: what is there is shown, nothing depends on it. */
function errorText(answer: HttpAnswer, { fields }: EndpointTable, sent: readonly string[]): string {
  const body = readObject(answer.body);
  const found =
    body === null
      ? [bodyText(answer.body)]
      : [
          textAt(body, fields.error.message),
          textAt(body, fields.error.code),
          ...listAt(body, fields.error.errors).map((error) =>
            typeof error === "string" ? error : textAt(asObject(error), fields.error.message),
          ),
        ].filter((text) => text !== null);
  return errorLine(found.join("; "), sent) || `HTTP ${answer.status}`;
}
