import { success } from "../../../shared/result.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import type { ProxyResolver } from "../../net/proxy-route.ts";
import type { OpenedProfile } from "./provider-setup.ts";
import type { SecretLender } from "./secret-lender.ts";

/** How a profile's provider is reached. SECURITY: certificate and relay secret are fetched from the vault when they are needed. */
export function profileHttpOptions(
  { network, clientCertificate, relayHeader }: OpenedProfile,
  secrets: SecretLender,
  resolveProxy: ProxyResolver | undefined,
): HttpClientOptions {
  return {
    ...network,
    ...(resolveProxy === undefined ? {} : { resolveProxy }),
    lend: {
      ...(clientCertificate === null ? {} : { clientCertificate: () => secrets.identity(clientCertificate) }),
      ...(relayHeader === null
        ? {}
        : {
            headers: async () => {
              const secret = await secrets.text(relayHeader.secret);
              return secret.ok ? success({ [relayHeader.name]: secret.value }) : secret;
            },
          }),
    },
  };
}
