import { z } from "zod";
import type { HttpClientOptions } from "../../net/http-client.ts";
import type { LentSecret } from "../lent-secret.ts";
import {
  basicUser,
  certificatePem,
  httpOptionsOf,
  httpsUrl,
  origin,
  reachFields,
  secretId,
} from "../profile-fields.ts";
import { stampSchema } from "./api/order-documents.ts";

const MEGABYTE = 1_048_576;

/**
 * What IDnow has set up for this organisation's account, and how it is reached. No secret: the password, the key for
 * encrypted answers and a relay's secret stay in the vault, named here by their ids.
 */
export const idnowProfileSchema = z.strictObject({
  ...reachFields,
  /** With the version, as "https://customer.identity.tm/api/2.10/". */
  baseUrl: httpsUrl,
  user: basicUser,
  /** Vault id of the password. */
  password: secretId,
  /** Exact origins that IDnow's own pages may have. */
  pageOrigins: z.array(origin).min(1).max(20),
  /** Where IDnow's page sends the person when it is over; 100 characters leave room for what is added (150 at most). */
  redirectUrl: httpsUrl.max(100),
  /** Who makes the signature behind IDnow. */
  trustService: z.enum(["namirial", "sign-me", "d-trust"]).default("namirial"),
  /** Kinds of signature that the account is set up for; the first one is the usual one. */
  signatureTypes: z
    .array(z.enum(["QES", "AES", "BES"]))
    .min(1)
    .default(["QES"]),
  /** The one-time code may be typed in this program ("customer-side eSign"). */
  customerSideSigning: z.boolean().default(false),
  /** "hash": digests go out instead of documents. */
  sends: z.enum(["document", "hash"]).default("document"),
  /** With "hash": whether a CMS comes back, or a bare value, whose certificate chain has to be known before. */
  hashAnswer: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("cms") }),
      z.strictObject({ kind: z.literal("raw"), certificateChain: certificatePem }),
    ])
    .default({ kind: "cms" }),
  /** Vault id of the AES-256 key agreed on with IDnow; present: results are fetched encrypted. */
  cryptKey: secretId.optional(),
  /** The country that goes into the order's address, which has to have one. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/u)
    .default("DE"),
  /** A text in the documents that marks the signature's place, used when the person chooses none. */
  signatureTag: z
    .strictObject({
      text: z.string().min(1).max(1000),
      offsetX: z.number().int().default(0),
      offsetY: z.number().int().default(0),
    })
    .optional(),
  /** Additional stamps on every document (Namirial only). */
  stamps: z.array(stampSchema).max(20).optional(),
  /** Text of the SMS with the code. */
  smsText: z.string().includes("[TAN]").max(500).optional(),
  /** `CustomerRouteTag`. */
  routeTag: z.string().min(1).max(250).optional(),
  /** Sum of the sizes of one order's documents at the most; IDnow documents none. */
  maximumBytes: z
    .number()
    .int()
    .min(1)
    .default(40 * MEGABYTE),
  /** Wrong codes that IDnow allows, where the account's letter says so. */
  codeAttempts: z.number().int().min(1).max(20).optional(),
});
export type IdnowProfile = z.output<typeof idnowProfileSchema>;
export type IdnowProfileInput = z.input<typeof idnowProfileSchema>;

export interface IdnowSecrets {
  readonly password: LentSecret;
  /** 32 bytes; overwritten after use, so each call gets a copy of its own. */
  readonly cryptKey: LentSecret<Uint8Array>;
}

/** How to open the HTTP client for a profile. In the sandbox its own CA is the only one trusted. */
export function idnowHttpOptions(
  profile: Pick<IdnowProfile, "environment" | "extraCa" | "proxy" | "relayHeader">,
  lent: { readonly relaySecret?: string } = {},
): HttpClientOptions {
  return httpOptionsOf(profile, lent.relaySecret);
}
