import { randomBytes as systemRandomBytes } from "node:crypto";
import { failed, type Result, success } from "../../shared/result.ts";
import type { Certificate } from "./certificate.ts";
import { DerProblem } from "./der-reader.ts";
import { sameBytes } from "./der-values.ts";
import { octetString } from "./der-writer.ts";
import {
  checkOcspSigner,
  OcspNoAnswer,
  type OcspResponse,
  type OcspSingleResponse,
  ocspStatusOf,
  parseOcspResponse,
} from "./ocsp.ts";
import { ocspRequest } from "./ocsp-request.ts";
import { fetchPki, type PkiTransport } from "./pki-transport.ts";

export interface OcspOrder {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly url: string;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  readonly randomBytes?: (size: number) => Uint8Array;
  /** Default 15 s. */
  readonly timeoutMilliseconds?: number;
}

export interface OcspAnswer {
  /** DER of the whole OCSPResponse, as a document security store holds it. */
  readonly der: Uint8Array;
  readonly response: OcspResponse;
  /** What it says of the certificate: good or revoked. */
  readonly single: OcspSingleResponse;
  /** Who signed it: the issuer, or a responder certified by the issuer. */
  readonly responder: Certificate;
  readonly validUntil: Date;
}

/** Why there is no usable answer; the text completes "OCSP of X: …". */
export type OcspRefusal =
  | { readonly code: "unreachable"; readonly detail: string }
  | { readonly code: "malformed" }
  /** The responder's own word (RFC 6960 4.2.1): "tryLater", "unauthorized"… */
  | { readonly code: "no-answer"; readonly detail: string }
  | { readonly code: "about-another" }
  | { readonly code: "unknown" }
  | { readonly code: "stale" }
  | { readonly code: "not-authorized"; readonly detail: string }
  | { readonly code: "nonce-mismatch" };

const DEFAULT_TIMEOUT = 15_000;
const MAXIMUM_BYTES = 1024 * 1024;
/** Clocks differ. */
const SKEW = 5 * 60_000;
/** RFC 6960 2.4: without nextUpdate newer information is always there; an answer this old was not made for us. */
const LIFE_WITHOUT_NEXT_UPDATE = 24 * 3600_000;
/** RFC 6960 A.1: GET for requests that need fewer than 255 bytes after encoding. */
const MAXIMUM_GET = 255;

/**
 * Asks an OCSP responder (RFC 6960) and checks the answer before anybody relies on it: signer, certificate, freshness,
 * nonce. First by POST with a nonce; a responder that has no answer to that (RFC 5019: it serves prepared ones) is
 * asked again by GET without, when the request is short enough.
 */
export async function requestOcsp(transport: PkiTransport, order: OcspOrder): Promise<Result<OcspAnswer, OcspRefusal>> {
  const nonce = Uint8Array.from((order.randomBytes ?? systemRandomBytes)(16));
  const common = {
    accept: "application/ocsp-response",
    maximumBytes: MAXIMUM_BYTES,
    timeoutMilliseconds: order.timeoutMilliseconds ?? DEFAULT_TIMEOUT,
    signal: order.signal,
  };
  const body = ocspRequest(order.certificate, order.issuer, nonce);
  const posted = await fetchPki(transport, {
    ...common,
    url: order.url,
    post: { type: "application/ocsp-request", body },
  });
  const first = posted.ok ? readAnswer(posted.value, order, nonce) : failed(unreachable(posted.failure));
  const path = encodeURIComponent(Buffer.from(ocspRequest(order.certificate, order.issuer)).toString("base64"));
  if (first.ok || !mayAskAgain(first.failure) || path.length >= MAXIMUM_GET) {
    return first;
  }
  const got = await fetchPki(transport, { ...common, url: `${order.url.replace(/\/$/u, "")}/${path}` });
  const second = got.ok ? readAnswer(got.value, order, undefined) : failed(unreachable(got.failure));
  // What the first way met says more than "not found" of the second.
  return second.ok || got.ok ? second : first;
}

const unreachable = (detail: string): OcspRefusal => ({ code: "unreachable", detail });

/** A server that answered at all, but not this request. When nothing answers, a second wait is of no use. */
function mayAskAgain(refusal: OcspRefusal): boolean {
  return (
    refusal.code === "malformed" ||
    refusal.code === "no-answer" ||
    (refusal.code === "unreachable" && refusal.detail.startsWith("HTTP "))
  );
}

function readAnswer(
  body: Uint8Array,
  order: OcspOrder,
  nonce: Uint8Array | undefined,
): Result<OcspAnswer, OcspRefusal> {
  try {
    return checkAnswer(body, parseOcspResponse(body), order, nonce);
  } catch (error) {
    if (error instanceof OcspNoAnswer) {
      return failed({ code: "no-answer", detail: error.status });
    }
    if (error instanceof DerProblem) {
      return failed({ code: "malformed" });
    }
    throw error;
  }
}

function checkAnswer(
  body: Uint8Array,
  response: OcspResponse,
  { certificate, issuer, now }: OcspOrder,
  nonce: Uint8Array | undefined,
): Result<OcspAnswer, OcspRefusal> {
  const single = ocspStatusOf(response, certificate, issuer);
  if (single === undefined) {
    return failed({ code: "about-another" });
  }
  const signer = checkOcspSigner(response, issuer);
  if (!signer.ok) {
    return failed({ code: "not-authorized", detail: signer.problem });
  }
  const { responder } = signer;
  // RFC 6960 4.2.2.2: a responder whose own certificate has run out cannot speak.
  if (response.producedAt < responder.notBefore || response.producedAt > responder.notAfter) {
    return failed({ code: "not-authorized", detail: "responder-expired" });
  }
  // RFC 8954: a nonce that comes back must be ours; prepared answers have none.
  if (nonce !== undefined && response.nonce !== undefined && !sameBytes(response.nonce, octetString(nonce))) {
    return failed({ code: "nonce-mismatch" });
  }
  if (single.status.kind === "unknown") {
    return failed({ code: "unknown" });
  }
  const validUntil = single.nextUpdate ?? new Date(single.thisUpdate.getTime() + LIFE_WITHOUT_NEXT_UPDATE);
  const early = single.thisUpdate.getTime() > now.getTime() + SKEW;
  if (early || validUntil.getTime() < now.getTime() - SKEW) {
    return failed({ code: "stale" });
  }
  return success({ der: Uint8Array.from(body), response, single, responder, validUntil });
}
