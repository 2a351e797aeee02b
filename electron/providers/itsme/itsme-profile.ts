import { z } from "zod";
import type { HttpClientOptions } from "../../net/http-client.ts";
import { httpsUrl, origin, reachFields } from "../profile-fields.ts";

/**
 * What the onboarding letter says, and how this organisation reaches itsme. No secret: the client key and a relay's
 * secret stay in the vault, named here by their ids.
 */
export const itsmeProfileSchema = z.strictObject({
  ...reachFields,
  /** BASE_URL of the letter; the path of the interface is added. */
  baseUrl: httpsUrl,
  // Lengths: qesB2B.json, user_identification.
  partnerCode: z.string().min(1).max(10),
  serviceCode: z.string().min(1).max(45),
  /** The one address registered for this service code. */
  redirectUrl: httpsUrl,
  /** Exact origins that itsme's own pages may have. */
  pageOrigins: z.array(origin).min(1).max(20),
  /** Value of the optional `X-Partner-Code` header. */
  partnerCodeHeader: z.string().min(1).max(100).optional(),
  /** Vault id of the client certificate and key. */
  clientCertificate: z.string().min(1).optional(),
  /** Reference of the policy used when the person chooses none. */
  defaultPolicy: z.string().min(1).max(100).optional(),
});
export type ItsmeProfile = z.output<typeof itsmeProfileSchema>;

/** What the vault lends for one run. */
export interface ItsmeSecrets {
  readonly clientCertificate?: { readonly certificatePem: string; readonly keyPem: string };
  readonly relaySecret?: string;
}

/** How to open the HTTP client for a profile. In the sandbox its own CA is the only one trusted. */
export function itsmeHttpOptions(profile: ItsmeProfile, secrets: ItsmeSecrets): HttpClientOptions {
  const { extraCa, relayHeader, proxy } = profile;
  const { clientCertificate, relaySecret } = secrets;
  const hasRelay = relayHeader !== undefined && relaySecret !== undefined;
  return {
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(extraCa === undefined
      ? {}
      : profile.environment === "sandbox"
        ? { onlyCaPem: extraCa }
        : { extraCaPem: extraCa }),
    ...(hasRelay ? { headers: { [relayHeader.name]: relaySecret } } : {}),
    ...(proxy === undefined ? {} : { proxy }),
  };
}
