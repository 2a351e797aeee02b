import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../../net/http-client.ts";
import type { IdnowProfile, IdnowSecrets } from "../idnow-profile.ts";
import { httpFailure, personalTexts } from "./http-failures.ts";
import type { CallPurpose } from "./http-failures.ts";
import { openEncrypted } from "./open-encrypted.ts";

export interface Call {
  readonly method: HttpRequest["method"];
  /** Below the base address; every part is encoded. */
  readonly path: readonly string[];
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly purpose?: CallPurpose;
  /** Add "/crypt", and open what comes. */
  readonly encrypted?: boolean;
  readonly accept?: string;
  readonly maximumBytes?: number;
  readonly timeoutMilliseconds?: number;
}

export type IdnowCall = (call: Call) => Promise<Result<HttpAnswer, Failure>>;

export interface Connection {
  readonly profile: Pick<IdnowProfile, "baseUrl" | "user">;
  readonly http: HttpClient;
  readonly secrets: IdnowSecrets;
}

/** One call: credentials lent for it, its HTTP code read by the table, its body decrypted where that was asked for. */
export function idnowCall({ profile, http, secrets }: Connection): IdnowCall {
  const base = profile.baseUrl.replace(/\/+$/u, "");
  return async (call) => {
    const path = [...call.path, ...(call.encrypted === true ? ["crypt"] : [])];
    const password = await secrets.password();
    if (!password.ok) {
      return password;
    }
    const sent = await http.request({
      method: call.method,
      url: [base, ...path.map(encodeURIComponent)].join("/"),
      headers: {
        accept: call.accept ?? "application/json",
        authorization: basic(profile.user, password.value),
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal: call.signal,
      ...(call.maximumBytes === undefined ? {} : { maximumBytes: call.maximumBytes }),
      ...(call.timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds: call.timeoutMilliseconds }),
    });
    if (!sent.ok) {
      return sent;
    }
    if (sent.value.status < 200 || sent.value.status > 299) {
      return failed(httpFailure(sent.value, call.purpose ?? "order", personalTexts(call.body)));
    }
    return call.encrypted === true ? opened(sent.value, secrets) : sent;
  };
}

async function opened(answer: HttpAnswer, secrets: IdnowSecrets): Promise<Result<HttpAnswer, Failure>> {
  const key = await secrets.cryptKey();
  if (!key.ok) {
    return key;
  }
  const body = openEncrypted(key.value, answer.body);
  key.value.fill(0);
  return body === null ? failed({ code: "idnow.decryption" }) : success({ ...answer, body });
}

/** RFC 7617, in UTF-8. */
function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}
