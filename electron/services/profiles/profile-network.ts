import { success } from "../../../shared/result.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import type { OpenedProfile } from "./provider-setup.ts";
import type { SecretLender } from "./secret-lender.ts";

/**
 * How a profile's provider is reached. `surroundings`: what holds for every connection of the program (proxies, the log).
 * SECURITY: certificate and relay secret are fetched from the vault when they are needed.
 */
export function profileHttpOptions(
  { network, clientCertificate, relayHeader }: OpenedProfile,
  secrets: SecretLender,
  surroundings: HttpClientOptions,
): HttpClientOptions {
  return {
    ...surroundings,
    ...network,
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
