import { randomBytes as systemRandomBytes } from "node:crypto";

import type { Certificate } from "./certificate.ts";
import { DerProblem } from "./der-reader.ts";
import type { DigestAlgorithm } from "./digest.ts";
import { parseTimestampResponse, timestampRequest, type VerifiedTimestamp, verifyTimestampToken } from "./timestamp.ts";
import type { Failure } from "../../shared/failure.ts";
import { failed, type Result, success } from "../../shared/result.ts";

/** The little of an HTTP client that is needed; `net/http-client.ts` fits. */
export interface TimestampTransport {
  request(request: {
    readonly method: "POST";
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly signal?: AbortSignal;
  }): Promise<Result<{ readonly status: number; readonly body: Uint8Array }, Failure>>;
}

export interface TimestampOrder {
  readonly url: string;
  /** Digest of what is to be timestamped. */
  readonly imprint: Uint8Array;
  readonly digestAlgorithm: DigestAlgorithm;
  readonly policy?: string;
  /** Anchors for the authority's chain; "none" leaves the judgement to the verifier. */
  readonly anchors: readonly Certificate[] | "none";
  readonly signal?: AbortSignal;
  readonly randomBytes?: (size: number) => Uint8Array;
}

export interface NewTimestamp {
  /** The ContentInfo to embed. */
  readonly token: Uint8Array;
  readonly verified: VerifiedTimestamp;
}

/**
 * Asks a timestamp authority over HTTP (RFC 3161 3.4) and checks the answer before anybody relies on it. Failures:
 * `network.proxy-*`, `timestamp.unreachable`, `timestamp.refused` (params `status`, `text`), `timestamp.invalid` (params
 * `reason`, `detail`).
 */
export async function requestTimestamp(
  transport: TimestampTransport,
  order: TimestampOrder,
): Promise<Result<NewTimestamp, Failure>> {
  const nonce = Uint8Array.from((order.randomBytes ?? systemRandomBytes)(16));
  const answer = await transport.request({
    method: "POST",
    url: order.url,
    headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
    body: timestampRequest({
      imprint: order.imprint,
      digestAlgorithm: order.digestAlgorithm,
      nonce,
      ...(order.policy === undefined ? {} : { policy: order.policy }),
    }),
    ...(order.signal === undefined ? {} : { signal: order.signal }),
  });
  if (!answer.ok) {
    // A proxy that lets nobody through says so itself; its remedy is another than waiting.
    const { code } = answer.failure;
    return failed(
      code.startsWith("network.") ? answer.failure : { code: "timestamp.unreachable", params: { reason: code } },
    );
  }
  if (answer.value.status !== 200) {
    return failed({ code: "timestamp.unreachable", params: { reason: `HTTP ${answer.value.status}` } });
  }
  return readAnswer(answer.value.body, order, nonce);
}

function readAnswer(body: Uint8Array, order: TimestampOrder, nonce: Uint8Array): Result<NewTimestamp, Failure> {
  const response = parseAnswer(body);
  if (response === undefined) {
    return failed({
      code: "timestamp.invalid",
      params: { reason: "timestamp.malformed", detail: "It is no timestamp at all." },
    });
  }
  // RFC 3161 2.4.2: 0 granted, 1 granted with modifications.
  if (response.status > 1 || response.token === undefined) {
    const words = response.failureInfo.map((bit) => FAILURE_INFO[bit] ?? String(bit)).join(", ");
    const params = {
      status: response.status,
      text: (response.statusText || words || `status ${response.status}`).slice(0, 200),
    };
    return failed({ code: "timestamp.refused", params });
  }
  const verified = verifyTimestampToken({
    token: response.token,
    imprint: (algorithm) => (algorithm === order.digestAlgorithm ? order.imprint : undefined),
    anchors: order.anchors,
    nonce,
    ...(order.policy === undefined ? {} : { policy: order.policy }),
  });
  if (!verified.ok) {
    const { code, message } = verified.failure;
    return failed({ code: "timestamp.invalid", params: { reason: code, detail: message } });
  }
  return success({ token: Uint8Array.from(response.token), verified: verified.value });
}

/** PKIFailureInfo (RFC 3161 2.4.2). */
const FAILURE_INFO: Readonly<Record<number, string>> = {
  0: "badAlg",
  2: "badRequest",
  5: "badDataFormat",
  14: "timeNotAvailable",
  15: "unacceptedPolicy",
  16: "unacceptedExtension",
  17: "addInfoNotAvailable",
  25: "systemFailure",
};

function parseAnswer(body: Uint8Array): ReturnType<typeof parseTimestampResponse> | undefined {
  try {
    return parseTimestampResponse(body);
  } catch (error) {
    if (error instanceof DerProblem) {
      return undefined;
    }
    throw error;
  }
}
