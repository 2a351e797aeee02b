import { z } from "zod";

import { BANKID_FORMATS, BANKID_LANGUAGES } from "../../../shared/bankid-text.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import type { LentSecret } from "../lent-secret.ts";
import { basicUser, certificatePem, httpOptionsOf, httpsUrl, reachFields, secretId } from "../profile-fields.ts";
import { type Certificate, readableCertificates } from "../../pki/certificate.ts";
import { isBankIdTestRoot, PRODUCTION_POLICIES, TEST_POLICIES } from "../../evidence/bankid/bankid-kinds.ts";

const pem = certificatePem.max(20_000);
const oid = z
  .string()
  .regex(/^[0-2](?:\.\d{1,20}){1,30}$/u)
  .max(200);
/** RFC 9110 5.5: visible characters and spaces between them. */
const headerValue = z
  .string()
  .regex(/^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/u)
  .max(200);

const phenixId = z.strictObject({
  kind: z.literal("phenixid"),
  /** The organisation's own server; the paths of the calls are added. */
  baseUrl: httpsUrl,
  /** Header `tenant`, given out by the server's administrator. */
  tenant: headerValue,
  /** `password`: vault id. */
  basic: z
    .strictObject({
      user: basicUser,
      password: secretId,
    })
    .optional(),
  /** Vault id of a client certificate and key. */
  clientCertificate: secretId.optional(),
  /** How texts are sent: the server encodes them, or (odd installations) we do. */
  encode: z.enum(["plain", "base64"]).default("plain"),
});
export type PhenixIdConnection = z.output<typeof phenixId>;

const rpApi = z.strictObject({
  kind: z.literal("rp-api"),
  /** As "https://appapi2.bankid.com/rp/v6.0". */
  baseUrl: httpsUrl,
  /** Vault id of the relying party's certificate and key. */
  clientCertificate: secretId,
  /** The address under which BankID sees this organisation's people. */
  endUserIp: z.union([z.ipv4(), z.ipv6()]),
});
export type RpApiConnection = z.output<typeof rpApi>;

/**
 * How this organisation reaches BankID, and whom it believes. No secret: passwords and keys stay in the vault, named here
 * by their ids.
 */
export const bankidProfileSchema = z
  .strictObject({
    ...reachFields,
    connection: z.discriminatedUnion("kind", [phenixId, rpApi]),
    /** PEM of BankID's root certificates (not those of its web server). */
    roots: z
      .array(
        z
          .string()
          .max(20_000)
          .refine((text) => readRoots([text]) !== null, "certificates"),
      )
      .min(1)
      .max(10),
    /** Kinds of BankID that are accepted; absent: all of the environment. */
    policies: z.array(oid).min(1).max(20).optional(),
    /** Vault id of the organisation's seal: a certificate and its key. Absent: results are packages of evidence. */
    seal: secretId.optional(),
    format: z.enum(BANKID_FORMATS).default("plain"),
    language: z.enum(BANKID_LANGUAGES).default("sv"),
    /** The security code is always asked for, never a fingerprint or face. */
    pinCode: z.boolean().default(false),
    /** The passport or identity card has to be scanned. */
    mrtd: z.boolean().default(false),
    /** Orders above this risk are stopped by BankID. */
    risk: z.enum(["LOW", "MODERATE"]).optional(),
    /** PEM of certificate authorities of the server, trusted besides the system's. */
    extraCa: z.array(pem).max(20).optional(),
  })
  // SECURITY: anybody can have a test BankID in any name.
  .refine(({ environment, roots }) => environment !== "production" || !hasTestRoot(roots), {
    message: "BankID's test root is not for production",
    path: ["roots"],
  })
  .refine(({ environment, policies }) => environment !== "production" || !policies?.some(isTestPolicy), {
    message: "kinds of test BankIDs are not for production",
    path: ["policies"],
  });
export type BankIdProfile = z.output<typeof bankidProfileSchema>;
export type BankIdProfileInput = z.input<typeof bankidProfileSchema>;

const isTestPolicy = (policy: string): boolean => TEST_POLICIES.includes(policy);

const hasTestRoot = (roots: readonly string[]): boolean => (readRoots(roots) ?? []).some(isBankIdTestRoot);

/** Null: one of them cannot be read, or is none. */
export function readRoots(pems: readonly string[]): readonly Certificate[] | null {
  const roots = pems.map((text) => readableCertificates([text]));
  return roots.some((list) => list.length === 0) ? null : roots.flat();
}

/** Kinds of BankID that are accepted with a profile. */
export const acceptedPolicies = ({ environment, policies }: BankIdProfile): readonly string[] =>
  policies ?? (environment === "production" ? PRODUCTION_POLICIES : TEST_POLICIES);

export interface BankIdSecrets {
  readonly password: LentSecret;
}

/** What the vault lends to open the connection. */
export interface BankIdLent {
  readonly clientCertificate?: { readonly certificatePem: string; readonly keyPem: string };
  readonly relaySecret?: string;
}

/** How to open the HTTP client for a profile. In the sandbox its own CA is the only one trusted. */
export function bankidHttpOptions(profile: BankIdProfile, lent: BankIdLent = {}): HttpClientOptions {
  return {
    ...(lent.clientCertificate === undefined ? {} : { clientCertificate: lent.clientCertificate }),
    ...httpOptionsOf(profile, lent.relaySecret),
  };
}
