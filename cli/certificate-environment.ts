import { createHttpClient } from "../electron/net/http-client.ts";
import { repeatingClient } from "../electron/net/repeating-client.ts";
import { sha256 } from "../electron/pki/digest.ts";
import { requestTimestamp } from "../electron/pki/tsp-client.ts";
import { createCertificateProvider } from "../electron/providers/certificate/create-certificate-provider.ts";
import { createExtension } from "../electron/services/extending/create-extension.ts";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import type { SigningEnvironment } from "../electron/services/signing/signing-environment.ts";
import { success } from "../shared/result.ts";
import { schemeChoice } from "./choose-scheme.ts";
import { localIdentity } from "./local-identity.ts";
import { proxiesOf } from "./environment-proxies.ts";
import type { SignArguments } from "./run-sign.ts";
import type { Opened } from "./sign-parts.ts";
import { anchorsUnderPolicy } from "./trust-under-policy.ts";

/** A local certificate, from its file or token, for the time of the command. */
export async function openCertificateEnvironment(
  options: SignArguments,
  environment: NodeJS.ProcessEnv,
  policy: PolicyInForce,
): Promise<Opened<SigningEnvironment>> {
  const { tsa } = options;
  const identity = localIdentity(options, environment);
  const trustAnchors = await anchorsUnderPolicy(options.trust, policy);
  const http = repeatingClient(createHttpClient({ resolveProxy: proxiesOf(environment) }));
  return {
    value: {
      profile: options.pkcs11 === undefined ? "file" : "token",
      practice: false,
      provider: createCertificateProvider({ identity, choice: schemeChoice(options) }),
      recipient: "",
      label: null,
      policies: [],
      defaultPolicy: null,
      commitmentTypes: [],
      trustAnchors,
      timestamp:
        tsa === undefined
          ? null
          : async (signatureValue, signal) => {
              const answer = await requestTimestamp(http, {
                url: tsa,
                imprint: sha256(signatureValue),
                digestAlgorithm: "SHA-256",
                anchors: "none",
                signal,
              });
              return answer.ok ? success(answer.value.token) : answer;
            },
      extend:
        tsa === undefined
          ? null
          : createExtension({
              transport: http,
              timestampUrl: tsa,
              anchors: trustAnchors,
              timestampAnchors: "none",
              now: () => new Date(),
            }),
    },
    close: () => http.close(),
  };
}
