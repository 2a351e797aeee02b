import { z } from "zod";
import { ENVIRONMENT_KINDS } from "../../shared/profiles.ts";
import type { EnvironmentKind } from "../../shared/profiles.ts";
import type { HttpClientOptions } from "../net/http-client.ts";

/** Fields that the profiles of several providers have. */
export const httpsUrl = z
  .url({ protocol: /^https$/u })
  .max(255)
  .refine(isWithoutCredentials, "no name and password in it");
export const origin = httpsUrl.refine(
  (text) => URL.parse(text)?.origin === text,
  "an origin: scheme, host and port only",
);
const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/u)
  .max(100);
/** Id of a secret in the vault. */
export const secretId = z.string().min(1).max(200);
/** RFC 7617 2: a user id with a colon cannot be sent. */
export const basicUser = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^:\p{Cc}]+$/u);

/** HTTP proxy. */
const proxyAddress = z
  .url({ protocol: /^https?$/u })
  .max(255)
  .refine(isWithoutCredentials, "no name and password in it");

/** SECURITY: settings are a readable file and are shown; what is secret belongs into the vault. */
function isWithoutCredentials(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username === "" && url.password === "";
}

export const certificatePem = z.string().includes("-----BEGIN CERTIFICATE-----");

/** How an organisation reaches a provider. */
export const reachFields = {
  environment: z.enum(ENVIRONMENT_KINDS),
  /** An organisation's own relay with a fixed address: called instead of the provider, and passes everything on. */
  relayUrl: httpsUrl.optional(),
  /** Header in which an organisation's own relay wants its secret. */
  relayHeader: z.strictObject({ name: headerName, secret: secretId }).optional(),
  /** PEM of certificate authorities of the server, trusted besides the system's. */
  extraCa: z.array(certificatePem).max(20).optional(),
  proxy: proxyAddress.optional(),
};

interface Reach {
  readonly environment: EnvironmentKind;
  readonly extraCa?: readonly string[] | undefined;
  readonly relayHeader?: { readonly name: string } | undefined;
  readonly proxy?: string | undefined;
}

/** How the HTTP client is opened for a profile. In the sandbox its own CA is the only one trusted. */
export function httpOptionsOf(
  { environment, extraCa, relayHeader, proxy }: Reach,
  relaySecret: string | undefined,
): HttpClientOptions {
  const ca = extraCa ?? [];
  return {
    ...(ca.length === 0 ? {} : environment === "sandbox" ? { onlyCaPem: ca } : { extraCaPem: ca }),
    ...(relayHeader === undefined || relaySecret === undefined ? {} : { headers: { [relayHeader.name]: relaySecret } }),
    ...(proxy === undefined ? {} : { proxy }),
  };
}
