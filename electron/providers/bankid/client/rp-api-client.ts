import type { Failure } from "../../../../shared/failure.ts";
import { failed, type Result, success } from "../../../../shared/result.ts";
import type { HttpAnswer, HttpClient } from "../../../net/http-client.ts";
import { objectField, readObject, textField } from "../../loose-json.ts";
import type { RpApiConnection } from "../bankid-profile.ts";
import { failedStatus, pendingStatus, type StartMethod } from "../order-status.ts";
import type { BankIdClient, CollectAnswer, SignRequest } from "./bankid-client.ts";
import { readStartedOrder, serverWords, unexpected } from "./read-answers.ts";

export interface RpApiOptions {
  readonly connection: RpApiConnection;
  /** With the relying party's client certificate. */
  readonly http: HttpClient;
}

/** BankID's own RP API v6.0 (sheet section 3), for organisations that have a relying party's certificate. */
export function rpApiClient({ connection, http }: RpApiOptions): BankIdClient {
  const base = connection.baseUrl.replace(/\/+$/u, "");

  const post = async (call: string, body: unknown, signal: AbortSignal): Promise<Result<HttpAnswer, Failure>> => {
    const sent = await http.request({
      method: "POST",
      url: `${base}/${call}`,
      // Section 3.1: with a charset it is a 415.
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
    return sent.ok && sent.value.status !== 200 ? failed(errorFailure(sent.value)) : sent;
  };

  return {
    async sign(request, signal) {
      const sent = await post("sign", signBody(request, connection.endUserIp), signal);
      if (!sent.ok) {
        return sent;
      }
      const order = readStartedOrder(sent.value, "orderRef");
      return order === null ? failed(unexpected(sent.value)) : success(order);
    },
    async collect(reference, method, signal) {
      const sent = await post("collect", { orderRef: reference }, signal);
      if (!sent.ok) {
        // Also: the order is unknown, or was collected before (sections 2.3 and 3.7).
        return sent.failure.code === "bankid.bad-request" ? failed({ code: "bankid.order-gone" }) : sent;
      }
      return readCollect(sent.value, method);
    },
    async cancel(reference, signal) {
      const sent = await post("cancel", { orderRef: reference }, signal);
      return sent.ok ? success(null) : sent;
    },
  };
}

/** Section 3.2. */
function signBody(request: SignRequest, endUserIp: string) {
  const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
  return {
    endUserIp,
    userVisibleData: base64(request.visibleText),
    userNonVisibleData: base64(request.hiddenData),
    ...(request.format === "plain" ? {} : { userVisibleDataFormat: request.format }),
    ...(Object.keys(request.requirement).length === 0 ? {} : { requirement: request.requirement }),
  };
}

/** Section 3.5: unknown hints go on while the order is alive, and end it when it has failed. */
function readCollect(answer: HttpAnswer, method: StartMethod): Result<CollectAnswer, Failure> {
  const body = readObject(answer.body);
  const hint = textField(body, "hintCode") ?? "";
  switch (textField(body, "status")) {
    case "pending":
      return success({ kind: "pending", hint: pendingStatus(hint) === undefined ? null : hint });
    case "failed": {
      const known = failedStatus(hint);
      return success({
        kind: "failed",
        failure:
          known === undefined
            ? { code: "bankid.failed", params: { status: serverWords(hint) || "failed" } }
            : { code: known.failure[method] },
      });
    }
    case "complete": {
      const data = objectField(body, "completionData");
      const signature = textField(data, "signature");
      const ocspResponse = textField(data, "ocspResponse");
      return signature === null || ocspResponse === null
        ? failed(unexpected(answer))
        : success({ kind: "complete", evidence: { signature, ocspResponse } });
    }
    case null:
    default:
      return failed(unexpected(answer));
  }
}

/** Section 3.7. `details` are for developers and are not shown. */
function errorFailure(answer: HttpAnswer): Failure {
  const { status } = answer;
  switch (textField(readObject(answer.body), "errorCode")) {
    case "alreadyInProgress":
      return { code: "bankid.already-in-progress" };
    case "invalidParameters":
    case "methodNotAllowed":
    case "unsupportedMediaType":
      return { code: "bankid.bad-request", params: { status } };
    case "maintenance":
      return { code: "bankid.maintenance" };
    case null:
    default:
      return byStatus(status);
  }
}

function byStatus(status: number): Failure {
  switch (status) {
    case 401:
    case 403:
      return { code: "bankid.credentials" };
    case 404:
      return { code: "provider.configuration", params: { field: "baseUrl" } };
    case 429:
      return { code: "bankid.too-many-requests" };
    case 503:
      return { code: "bankid.maintenance" };
    default:
      return status >= 500 || status === 408
        ? { code: "provider.server-error", params: { status } }
        : { code: "provider.unexpected-answer", params: { status } };
  }
}
