import type { Failure } from "../../shared/failure.ts";
import { failed, type Result, success } from "../../shared/result.ts";
import { type Certificate, fingerprint, subjectName } from "./certificate.ts";
import { type Crl } from "./crl.ts";
import { type CrlRefusal, fetchCrl, readCrl } from "./crl-client.ts";
import { toHex } from "./der-values.ts";
import { sha256 } from "./digest.ts";
import type { OcspResponse } from "./ocsp.ts";
import { type OcspAnswer, type OcspRefusal, requestOcsp } from "./ocsp-client.ts";
import { OID } from "./oids.ts";
import type { PkiTransport } from "./pki-transport.ts";
import type { RevocationCache } from "./revocation-cache.ts";
import { evidenceFor } from "./revocation-evidence.ts";

export interface RevocationChain {
  /** Leaf first; the last one, a root or an anchor, is not asked about. */
  readonly chain: readonly Certificate[];
  /** Proven time of what the leaf signed: a revocation after it does no harm. Now, when nothing is proven. */
  readonly at: Date;
}

export interface CollectOrder {
  readonly chains: readonly RevocationChain[];
  /** What is at hand already (the store of the document, the CMS): nothing is fetched that it answers. */
  readonly known: { readonly ocspResponses: readonly OcspResponse[]; readonly crls: readonly Crl[] };
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/** DER, without duplicates. */
export interface RevocationMaterial {
  readonly certificates: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** One certificate whose state could not be learnt. */
export interface MissingRevocation {
  /** Common name. */
  readonly certificate: string;
  readonly means: "OCSP" | "CRL" | "none";
  /** A short word: "unreachable", "stale", "unknown"… */
  readonly reason: string;
  /** Host that was asked first. */
  readonly service?: string;
  readonly of?: Certificate;
}

export interface CollectedRevocation {
  readonly material: RevocationMaterial;
  readonly missing: readonly MissingRevocation[];
}

export interface CollectorParts {
  readonly transport: PkiTransport;
  readonly cache: RevocationCache;
}

/**
 * Gathers what a later check needs to know that no certificate of these chains was revoked (EN 319 142-1 table 1,
 * B-LT): an OCSP answer, else a CRL, for each certificate that needs one. Everything is asked for at once. What could
 * not be got is named, and is no failure; a revoked certificate is: `revocation.revoked` (params `name`, `time`).
 */
export async function collectRevocation(
  parts: CollectorParts,
  order: CollectOrder,
): Promise<Result<CollectedRevocation, Failure>> {
  const { revoked, ...collected } = await gatherRevocation(parts, order);
  const missing = collected.missing.map(({ certificate, means, reason }) => ({ certificate, means, reason }));
  return revoked === undefined ? success({ ...collected, missing }) : failed(revoked);
}

/** The same for who judges by himself: all that could be got, revocations included. */
export async function gatherRevocation(
  parts: CollectorParts,
  order: CollectOrder,
): Promise<CollectedRevocation & { readonly revoked: Failure | undefined }> {
  const collection = new Collection(parts, order);
  await Promise.all(order.chains.map((chain) => collection.chain(chain)));
  return { ...collection.result(), revoked: collection.revoked };
}

class Collection {
  readonly #parts: CollectorParts;
  readonly #order: CollectOrder;
  readonly #certificates = new Map<string, Uint8Array>();
  readonly #ocspResponses = new Map<string, Uint8Array>();
  readonly #crls = new Map<string, Uint8Array>();
  readonly #missing = new Map<string, MissingRevocation>();
  /** Responders that are being asked about already: one may not vouch for itself in a circle. */
  readonly #responders = new Set<string>();
  revoked: Failure | undefined;

  constructor(parts: CollectorParts, order: CollectOrder) {
    this.#parts = parts;
    this.#order = order;
  }

  result(): CollectedRevocation {
    return {
      material: {
        certificates: [...this.#certificates.values()],
        ocspResponses: [...this.#ocspResponses.values()],
        crls: [...this.#crls.values()],
      },
      missing: [...this.#missing.values()],
    };
  }

  async chain({ chain, at }: RevocationChain): Promise<void> {
    for (const certificate of chain) {
      this.#certificates.set(fingerprint(certificate), certificate.der);
    }
    await Promise.all(
      chain.map(async (certificate, index) => {
        const issuer = chain[index + 1];
        if (issuer !== undefined && !certificate.withoutRevocation) {
          await this.#ask(certificate, issuer, at);
        }
      }),
    );
  }

  async #ask(certificate: Certificate, issuer: Certificate, at: Date): Promise<void> {
    const known = evidenceFor(certificate, issuer, this.#order.known, at);
    if (known !== undefined) {
      this.#judge(certificate, known.revokedAt, at);
      return;
    }
    const ocsp = await this.#askResponders(certificate, issuer, at);
    // SECURITY: a responder that does not know the certificate may mean that it was never issued; no list would show it.
    if (ocsp === "answered" || (ocsp !== null && ocsp.code === "unknown")) {
      if (ocsp !== "answered") {
        this.#miss(certificate, "OCSP", "unknown");
      }
      return;
    }
    const crl = await this.#askLists(certificate, issuer, at);
    if (crl === "answered") {
      return;
    }
    if (ocsp !== null) {
      this.#miss(certificate, "OCSP", wordOf(ocsp));
    } else {
      this.#miss(certificate, crl === null ? "none" : "CRL", crl === null ? "no-address" : wordOf(crl));
    }
  }

  async #askResponders(
    certificate: Certificate,
    issuer: Certificate,
    at: Date,
  ): Promise<"answered" | OcspRefusal | null> {
    let refusal: OcspRefusal | null = null;
    for (const url of certificate.accessUrls.ocsp) {
      const answer = await this.#ocsp(certificate, issuer, url);
      if (answer.ok) {
        const { der, single, responder } = answer.value;
        this.#ocspResponses.set(keyOf(der), der);
        this.#judge(certificate, single.status.kind === "revoked" ? single.status.time : undefined, at);
        await this.#responder(responder, issuer, at);
        return "answered";
      }
      refusal ??= answer.failure;
    }
    return refusal;
  }

  #ocsp(certificate: Certificate, issuer: Certificate, url: string): Promise<Result<OcspAnswer, OcspRefusal>> {
    const { now, signal } = this.#order;
    const key = `ocsp ${url} ${fingerprint(certificate)} ${fingerprint(issuer)}`;
    return this.#parts.cache.get(key, now, async () => {
      const value = await requestOcsp(this.#parts.transport, { certificate, issuer, url, now, signal });
      return {
        value,
        validUntil: value.ok ? value.value.validUntil : null,
        bytes: value.ok ? value.value.der.length : 0,
      };
    });
  }

  /** RFC 6960 4.2.2.2.1: a delegated responder's own certificate is asked about, unless it says that it need not be. */
  async #responder(responder: Certificate, issuer: Certificate, at: Date): Promise<void> {
    const key = fingerprint(responder);
    if (key === fingerprint(issuer) || this.#responders.has(key)) {
      return;
    }
    this.#responders.add(key);
    this.#certificates.set(key, responder.der);
    const silent = responder.accessUrls.ocsp.length === 0 && responder.crlUrls.length === 0;
    if (!responder.extensions.has(OID.ocspNoCheck) && !responder.withoutRevocation && !silent) {
      await this.#ask(responder, issuer, at);
    }
  }

  async #askLists(certificate: Certificate, issuer: Certificate, at: Date): Promise<"answered" | CrlRefusal | null> {
    let refusal: CrlRefusal | null = null;
    for (const url of certificate.crlUrls) {
      const { now, signal } = this.#order;
      const list = await this.#parts.cache.get(`crl ${url}`, now, async () => {
        const value = await fetchCrl(this.#parts.transport, { url, signal });
        return {
          value,
          validUntil: value.ok ? (value.value.nextUpdate ?? null) : null,
          bytes: value.ok ? value.value.der.length : 0,
        };
      });
      const answer = list.ok ? readCrl(list.value, { certificate, issuer, now }) : list;
      if (answer.ok) {
        this.#crls.set(keyOf(answer.value.crl.der), answer.value.crl.der);
        this.#judge(certificate, answer.value.revoked?.time, at);
        return "answered";
      }
      refusal ??= answer.failure;
    }
    return refusal;
  }

  #judge(certificate: Certificate, revokedAt: Date | undefined, at: Date): void {
    if (revokedAt !== undefined && revokedAt <= at) {
      this.revoked ??= {
        code: "revocation.revoked",
        params: { name: subjectName(certificate), time: revokedAt.toISOString() },
      };
    }
  }

  #miss(certificate: Certificate, means: MissingRevocation["means"], reason: string): void {
    const urls = means === "OCSP" ? certificate.accessUrls.ocsp : certificate.crlUrls;
    const service = URL.parse(urls[0] ?? "")?.host;
    this.#missing.set(fingerprint(certificate), {
      certificate: subjectName(certificate),
      means,
      reason,
      ...(service === undefined ? {} : { service }),
      of: certificate,
    });
  }
}

const keyOf = (der: Uint8Array): string => toHex(sha256(der));

const wordOf = (refusal: OcspRefusal | CrlRefusal): string =>
  "detail" in refusal ? `${refusal.code} (${refusal.detail})` : refusal.code;
