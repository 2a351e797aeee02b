import { createSecureContext } from "node:tls";
import type { SecureContext } from "node:tls";
import type { HttpClientOptions } from "./http-client.ts";
import { trustedCertificates } from "./trusted-certificates.ts";

/** Built once: reading several hundred system certificates for every connection would cost about 100 ms each time. */
export function openSecureContext(
  options: Pick<HttpClientOptions, "clientCertificate" | "extraCaPem" | "onlyCaPem">,
): SecureContext {
  const identity = options.clientCertificate;
  return createSecureContext({
    ca: options.onlyCaPem === undefined ? trustedCertificates(options.extraCaPem ?? []) : [...options.onlyCaPem],
    minVersion: "TLSv1.2",
    ...(identity === undefined ? {} : { cert: identity.certificatePem, key: identity.keyPem }),
  });
}
