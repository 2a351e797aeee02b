import { type Certificate, parseCertificate, sameCertificate } from "./certificate.ts";
import { parseSignedData } from "./cms-signed-data.ts";
import { DerProblem } from "./der-reader.ts";
import { sameName } from "./name.ts";
import { couldIssue, isSignedBy } from "./path.ts";
import { decodePem } from "./pem.ts";
import { fetchPki, type PkiTransport } from "./pki-transport.ts";

export interface ChainOrder {
  readonly certificate: Certificate;
  /** Certificates at hand: from the CMS, the document security store. */
  readonly candidates: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly signal?: AbortSignal | undefined;
}

export interface BuiltChain {
  /** The certificate first; every link's signature is checked. */
  readonly chain: readonly Certificate[];
  /** It ends at an anchor or at a certificate that issued itself. */
  readonly complete: boolean;
  /** Addresses at which the missing issuer should have been, with the reason why it was not got. */
  readonly missed: readonly { readonly url: string; readonly reason: string }[];
}

const MAXIMUM_LENGTH = 10;
/** SECURITY: certificates that name each other as issuers must not keep us fetching. */
const MAXIMUM_FETCHES = 8;
const MAXIMUM_BYTES = 1024 * 1024;
const TIMEOUT = 15_000;

/**
 * The certificates from one to the end of its chain, asking the addresses in them (RFC 5280 4.2.2.1, caIssuers) for
 * issuers that are not at hand. It says nothing about trust or validity.
 */
export async function buildChain(transport: PkiTransport | null, order: ChainOrder): Promise<BuiltChain> {
  const known = [...order.anchors, ...order.candidates];
  const asked = new Set<string>();
  const missed: { url: string; reason: string }[] = [];
  const chain = [order.certificate];
  for (;;) {
    const last = chain.at(-1);
    if (last === undefined || isEnd(last, order.anchors)) {
      return { chain, complete: true, missed: [] };
    }
    const issuer = issuerAmong(last, known, chain) ?? (await fetchIssuer(transport, last, order, asked, missed, known));
    if (issuer === undefined || chain.length >= MAXIMUM_LENGTH || chain.some((one) => sameCertificate(one, issuer))) {
      return { chain, complete: false, missed };
    }
    chain.push(issuer);
  }
}

const isEnd = (certificate: Certificate, anchors: readonly Certificate[]): boolean =>
  sameName(certificate.subject, certificate.issuer) || anchors.some((anchor) => sameCertificate(anchor, certificate));

function issuerAmong(
  certificate: Certificate,
  known: readonly Certificate[],
  chain: readonly Certificate[],
): Certificate | undefined {
  return known.find(
    (candidate) =>
      couldIssue(candidate, certificate) &&
      !chain.some((one) => sameCertificate(one, candidate)) &&
      isSignedBy(certificate, candidate),
  );
}

async function fetchIssuer(
  transport: PkiTransport | null,
  certificate: Certificate,
  order: ChainOrder,
  asked: Set<string>,
  missed: { url: string; reason: string }[],
  known: Certificate[],
): Promise<Certificate | undefined> {
  for (const scheme of certificate.accessUrls.otherSchemes) {
    missed.push({ url: `${scheme}:`, reason: `${scheme} is not fetched` });
  }
  for (const url of certificate.accessUrls.caIssuers) {
    if (transport === null || asked.has(url) || asked.size >= MAXIMUM_FETCHES) {
      continue;
    }
    asked.add(url);
    const body = await fetchPki(transport, {
      url,
      accept: "application/pkix-cert, application/pkcs7-mime",
      maximumBytes: MAXIMUM_BYTES,
      timeoutMilliseconds: TIMEOUT,
      signal: order.signal,
    });
    if (!body.ok) {
      missed.push({ url, reason: body.failure });
      continue;
    }
    const found = readIssuers(body.value);
    known.push(...found);
    const issuer = issuerAmong(certificate, found, [certificate]);
    if (issuer !== undefined) {
      return issuer;
    }
    missed.push({ url, reason: found.length === 0 ? "malformed" : "not-the-issuer" });
  }
  return undefined;
}

/** One certificate in DER or PEM, or a bag of them (PKCS#7 certs-only, RFC 8551 3.8), DER or PEM; [] for anything else. */
export function readIssuers(body: Uint8Array): readonly Certificate[] {
  if (body[0] === 0x30) {
    return readDerIssuers(body);
  }
  const text = new TextDecoder("latin1").decode(body);
  return ["CERTIFICATE", "PKCS7", "CMS"].flatMap((label) => decodePem(text, label).flatMap(readDerIssuers));
}

function readDerIssuers(bytes: Uint8Array): readonly Certificate[] {
  for (const read of [() => [parseCertificate(bytes)], () => parseSignedData(bytes).certificates]) {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof DerProblem)) {
        throw error;
      }
    }
  }
  return [];
}
