import { failed, type Result, success } from "../../shared/result.ts";
import type { Certificate } from "./certificate.ts";
import { checkCrl, type Crl, findRevoked, parseCrl, type RevokedEntry } from "./crl.ts";
import { DerProblem } from "./der-reader.ts";
import { OID } from "./oids.ts";
import { decodePem } from "./pem.ts";
import { fetchPki, type PkiTransport } from "./pki-transport.ts";

export interface CrlOrder {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly url: string;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  /** Default 60 s: a list of 64 MiB over a line of 10 Mbit/s. */
  readonly timeoutMilliseconds?: number;
}

export interface CrlAnswer {
  readonly crl: Crl;
  /** The entry about the certificate; undefined when it is not listed. */
  readonly revoked: RevokedEntry | undefined;
  readonly validUntil: Date;
}

/** Why there is no usable list; the text completes "CRL of X: …". */
export type CrlRefusal =
  | { readonly code: "unreachable"; readonly detail: string }
  | { readonly code: "malformed" }
  | { readonly code: "stale" }
  | { readonly code: "not-usable"; readonly detail: string };

const DEFAULT_TIMEOUT = 60_000;
/** The largest lists of public authorities are below 50 MB. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;
const SKEW = 5 * 60_000;
/** RFC 5280 5.1.2.5 demands nextUpdate; where it is missing the list counts for a day. */
const LIFE_WITHOUT_NEXT_UPDATE = 24 * 3600_000;
/** RFC 5280 5.3.1: removeFromCRL is no revocation. */
const REMOVE_FROM_CRL = 8;

/** Fetches a revocation list (RFC 5280 4.2.1.13, by HTTP). What it is worth for a certificate says `readCrl`. */
export async function fetchCrl(
  transport: PkiTransport,
  order: Pick<CrlOrder, "url" | "signal" | "timeoutMilliseconds">,
): Promise<Result<Crl, CrlRefusal>> {
  const fetched = await fetchPki(transport, {
    url: order.url,
    accept: "application/pkix-crl",
    maximumBytes: MAXIMUM_BYTES,
    timeoutMilliseconds: order.timeoutMilliseconds ?? DEFAULT_TIMEOUT,
    signal: order.signal,
  });
  if (!fetched.ok) {
    return failed({ code: "unreachable", detail: fetched.failure });
  }
  return guarded(() => success(parseCrl(derOf(fetched.value))));
}

/** Both: the list, and what it says of the certificate. */
export async function requestCrl(transport: PkiTransport, order: CrlOrder): Promise<Result<CrlAnswer, CrlRefusal>> {
  const fetched = await fetchCrl(transport, order);
  return fetched.ok ? readCrl(fetched.value, order) : fetched;
}

function guarded<T>(read: () => Result<T, CrlRefusal>): Result<T, CrlRefusal> {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerProblem) {
      return failed({ code: "malformed" });
    }
    throw error;
  }
}

/** Some authorities serve PEM in spite of RFC 5280 4.2.1.13. */
function derOf(body: Uint8Array): Uint8Array {
  if (body[0] === 0x30) {
    return body;
  }
  return decodePem(new TextDecoder("latin1").decode(body), "X509 CRL")[0] ?? body;
}

/** Does a list answer for this certificate, now, and what does it say? */
export function readCrl(
  crl: Crl,
  { certificate, issuer, now }: Pick<CrlOrder, "certificate" | "issuer" | "now">,
): Result<CrlAnswer, CrlRefusal> {
  const validUntil = crl.nextUpdate ?? new Date(crl.thisUpdate.getTime() + LIFE_WITHOUT_NEXT_UPDATE);
  const early = crl.thisUpdate.getTime() > now.getTime() + SKEW;
  if (early || validUntil.getTime() < now.getTime() - SKEW) {
    return failed({ code: "stale" });
  }
  // RFC 5280 3.3: a certificate that has run out leaves the list, unless the list says that it keeps them.
  if (crl.thisUpdate > certificate.notAfter && !crl.extensions.has(OID.expiredCertsOnCrl)) {
    return failed({ code: "not-usable", detail: "certificate-expired" });
  }
  return guarded(() => {
    const problem = checkCrl(crl, issuer, certificate);
    if (problem !== undefined) {
      return failed({ code: "not-usable", detail: problem });
    }
    const entry = findRevoked(crl, certificate.serialNumber);
    return success({ crl, revoked: entry?.reason === REMOVE_FROM_CRL ? undefined : entry, validUntil });
  });
}
