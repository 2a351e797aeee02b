import type { Failure } from "../../../../shared/failure.ts";
import { failed, type Result, success } from "../../../../shared/result.ts";
import type { HttpAnswer, HttpClient } from "../../../net/http-client.ts";
import { readObject, textField } from "../../loose-json.ts";
import type { BankIdSecrets, PhenixIdConnection } from "../bankid-profile.ts";
import { failedStatus, hintOfStatus, pendingStatus, type StartMethod } from "../order-status.ts";
import type { BankIdClient, CollectAnswer, SignRequest } from "./bankid-client.ts";
import { readStartedOrder, serverWords, unexpected } from "./read-answers.ts";

export interface PhenixIdOptions {
  readonly connection: PhenixIdConnection;
  readonly http: HttpClient;
  readonly secrets: BankIdSecrets;
}

/** PhenixID Signing Service, local API (sheet section 1). It has no call to cancel. */
export function phenixIdClient({ connection, http, secrets }: PhenixIdOptions): BankIdClient {
  const base = connection.baseUrl.replace(/\/+$/u, "");

  const put = async (call: string, body: unknown, signal: AbortSignal): Promise<Result<HttpAnswer, Failure>> => {
    const authorization = await authorizationOf(connection, secrets);
    if (!authorization.ok) {
      return authorization;
    }
    const sent = await http.request({
      method: "PUT",
      url: `${base}/api/sign/${call}`,
      headers: { "content-type": "application/json", tenant: connection.tenant, ...authorization.value },
      body: JSON.stringify(body),
      signal,
    });
    return sent.ok && sent.value.status !== 200 ? failed(httpFailure(sent.value)) : sent;
  };

  return {
    async sign(request, signal) {
      const sent = await put("bankidsign", signBody(request, connection.encode), signal);
      if (!sent.ok) {
        return sent;
      }
      const order = readStartedOrder(sent.value, "transactionID");
      return order === null ? failed(unexpected(sent.value)) : success(order);
    },
    async collect(reference, method, signal) {
      const sent = await put("bankidcollect", { transactionID: reference }, signal);
      return sent.ok ? readCollect(sent.value, method) : sent;
    },
    cancel: null,
  };
}

/** RFC 7617, in UTF-8. */
async function authorizationOf(
  { basic }: PhenixIdConnection,
  secrets: BankIdSecrets,
): Promise<Result<Readonly<Record<string, string>>, Failure>> {
  if (basic === undefined) {
    return success({});
  }
  const password = await secrets.password();
  return password.ok
    ? success({ authorization: `Basic ${Buffer.from(`${basic.user}:${password.value}`, "utf8").toString("base64")}` })
    : password;
}

/** Section 1.2: plain text where BankID itself has Base64, and `requirement` as text that holds JSON. */
function signBody(request: SignRequest, encode: PhenixIdConnection["encode"]) {
  const text = (plain: string): string => (encode === "base64" ? Buffer.from(plain, "utf8").toString("base64") : plain);
  return {
    userVisibleData: text(request.visibleText),
    userNonVisibleData: text(request.hiddenData),
    ...(request.format === "plain" ? {} : { userVisibleDataFormat: request.format }),
    ...(Object.keys(request.requirement).length === 0 ? {} : { requirement: JSON.stringify(request.requirement) }),
  };
}

function readCollect(answer: HttpAnswer, method: StartMethod): Result<CollectAnswer, Failure> {
  const body = readObject(answer.body);
  const status = textField(body, "status");
  if (status === null) {
    return failed(unexpected(answer));
  }
  if (status === "OK") {
    const signature = textField(body, "signature");
    const ocspResponse = textField(body, "ocspResponse");
    return signature === null || ocspResponse === null
      ? failed(unexpected(answer))
      : success({ kind: "complete", evidence: { signature, ocspResponse } });
  }
  if (status === "PENDING") {
    return success({ kind: "pending", hint: null });
  }
  const hint = hintOfStatus(status);
  if (hint !== undefined && pendingStatus(hint) !== undefined) {
    return success({ kind: "pending", hint });
  }
  return success({ kind: "failed", failure: finalFailure(status, hint, textField(body, "message"), method) });
}

/** "Other status: stop polling." `message` may itself be one of BankID's hints. */
function finalFailure(status: string, hint: string | undefined, message: string | null, method: StartMethod): Failure {
  const behind = hint ?? (message === null ? undefined : (hintOfStatus(message.trim()) ?? message.trim()));
  const known = behind === undefined ? undefined : failedStatus(behind);
  if (known !== undefined) {
    return { code: known.failure[method] };
  }
  if (status === "ERROR") {
    const text = message === null ? "" : serverWords(message);
    return { code: "bankid.service-error", params: { text: text === "" ? "ERROR" : text } };
  }
  return { code: "bankid.failed", params: { status: serverWords(status) } };
}

/** Section 1.3, below the table of statuses. */
function httpFailure(answer: HttpAnswer): Failure {
  const { status } = answer;
  if (status === 401 || status === 403) {
    return { code: "bankid.credentials" };
  }
  if (status === 400 || status === 404) {
    return { code: "bankid.tenant", params: { status } };
  }
  const message = textField(readObject(answer.body), "message");
  if (status === 500 && message !== null) {
    return { code: "bankid.service-error", params: { text: serverWords(message) || "500", status } };
  }
  return status >= 500 || status === 408
    ? { code: "provider.server-error", params: { status } }
    : { code: "provider.unexpected-answer", params: { status } };
}
