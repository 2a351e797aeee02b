import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { HttpAnswer, HttpClient } from "../../../net/http-client.ts";
import { readObject } from "../../loose-json.ts";
import type { JsonRecord } from "../../loose-json.ts";
import type { CallName } from "../endpoint-table.ts";
import type { FourthlineProfile, FourthlineSecrets } from "../fourthline-profile.ts";
import { bodyOf, numberAt, textAt } from "./field-path.ts";
import { httpFailure } from "./http-failures.ts";
import type { Form } from "./multipart.ts";
import { tokenKeeper } from "./token-keeper.ts";
import type { AccessToken } from "./token-keeper.ts";

export interface Call {
  readonly name: Exclude<CallName, "token">;
  /** Fill the path's placeholders. */
  readonly workflow?: string;
  readonly document?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonRecord;
  readonly form?: Form;
  /** SECURITY: texts of the request that an answer must not bring into a failure: what is personal, and nothing else. */
  readonly personal?: readonly string[];
  readonly accept?: string;
  readonly signal: AbortSignal;
  readonly maximumBytes?: number;
  readonly timeoutMilliseconds?: number;
}

export interface Connection {
  readonly profile: Pick<FourthlineProfile, "baseUrl" | "clientId" | "table">;
  readonly http: HttpClient;
  readonly secrets: FourthlineSecrets;
  readonly now: () => number;
}

export interface FourthlineCall {
  (call: Call): Promise<Result<HttpAnswer, Failure>>;
  /** Gets the first token, and says what is wrong when it cannot be had. */
  readonly authorize: (signal: AbortSignal) => Promise<Result<null, Failure>>;
}

/** Where the answer does not say how long a token lives (sheet section 2). */
const USUAL_LIFE_SECONDS = 3600;

/** One call with a good token, its HTTP code read by the table. A token that the service has dropped is renewed once. */
export function fourthlineCall(connection: Connection): FourthlineCall {
  const keeper = tokenKeeper((signal) => askForToken(connection, signal), connection.now);

  const call = async ({ personal = [], ...asked }: Call): Promise<Result<HttpAnswer, Failure>> => {
    const first = await keeper.get(asked.signal);
    if (!first.ok) {
      return first;
    }
    const sent = await send(connection, asked, first.value);
    if (sent.ok && sent.value.status === 401) {
      keeper.drop(first.value);
      const second = await keeper.get(asked.signal);
      return second.ok ? judged(await send(connection, asked, second.value), connection, personal) : second;
    }
    return judged(sent, connection, personal);
  };
  const authorize = async (signal: AbortSignal): Promise<Result<null, Failure>> => {
    const token = await keeper.get(signal);
    return token.ok ? success(null) : token;
  };
  return Object.assign(call, { authorize });
}

function judged(
  sent: Result<HttpAnswer, Failure>,
  { profile }: Connection,
  personal: readonly string[],
): Result<HttpAnswer, Failure> {
  if (!sent.ok || isGood(sent.value)) {
    return sent;
  }
  return failed(httpFailure(sent.value, profile.table, personal));
}

const isGood = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;

async function send(
  { profile, http }: Connection,
  { name, workflow, document, query, body, form, accept, ...rest }: Omit<Call, "personal">,
  token: string,
): Promise<Result<HttpAnswer, Failure>> {
  const { method, path } = profile.table.endpoints[name];
  // SECURITY: ids come from the service; encoded, none of them leads anywhere else.
  const filled = path
    .replaceAll(/\{(?:workflowId|signatureId)\}/gu, encodeURIComponent(workflow ?? ""))
    .replaceAll("{documentId}", encodeURIComponent(document ?? ""));
  const search = query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
  const content = form ?? (body === undefined ? null : { contentType: "application/json", body: JSON.stringify(body) });
  return http.request({
    method,
    url: `${profile.baseUrl}${filled}${search}`,
    headers: {
      accept: accept ?? "application/json",
      authorization: `Bearer ${token}`,
      ...(content === null ? {} : { "content-type": content.contentType }),
    },
    ...(content === null ? {} : { body: content.body }),
    ...rest,
  });
}

async function askForToken(
  { profile, http, secrets }: Connection,
  signal: AbortSignal,
): Promise<Result<AccessToken, Failure>> {
  const secret = await secrets.clientSecret();
  if (!secret.ok) {
    return secret;
  }
  const { endpoints, fields } = profile.table;
  const names = fields.token;
  const body = bodyOf([
    [names.grantType, "client_credentials"],
    [names.clientId, profile.clientId],
    [names.clientSecret, secret.value],
  ]);
  const sent = await http.request({
    method: endpoints.token.method,
    url: `${profile.baseUrl}${endpoints.token.path}`,
    headers: { accept: "application/json", "content-type": "application/json", "cache-control": "no-cache" },
    body: JSON.stringify(body),
    signal,
  });
  if (!sent.ok) {
    return sent;
  }
  if (!isGood(sent.value)) {
    // OAuth 2.0 answers wrong credentials with 400 or 401 (RFC 6749 5.2). SECURITY: nothing of the answer is shown here.
    return [400, 401].includes(sent.value.status)
      ? failed({ code: "fourthline.credentials" })
      : failed(httpFailure(sent.value, profile.table, [secret.value, profile.clientId]));
  }
  const answer = readObject(sent.value.body);
  const token = textAt(answer, names.accessToken);
  // RFC 6750 2.1; a token of other characters would be another header.
  return token === null || !/^[A-Za-z0-9._~+/-]+=*$/u.test(token)
    ? failed({ code: "provider.unexpected-answer", params: { status: sent.value.status, reason: "token" } })
    : success({ token, life: (numberAt(answer, names.expiresIn) ?? USUAL_LIFE_SECONDS) * 1000 });
}
