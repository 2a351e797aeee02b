import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { createHttpClient } from "../electron/net/http-client.ts";
import { sha256 } from "../electron/pki/digest.ts";
import { requestTimestamp } from "../electron/pki/tsp-client.ts";
import { createCertificateProvider } from "../electron/providers/certificate/create-certificate-provider.ts";
import { lendPkcs12 } from "../electron/providers/certificate/lend-pkcs12.ts";
import { createExtension } from "../electron/services/extending/create-extension.ts";
import type { SigningEnvironment } from "../electron/services/signing/signing-environment.ts";
import type { Failure } from "../shared/failure.ts";
import { failed, success } from "../shared/result.ts";
import type { Result } from "../shared/result.ts";
import { UsageError } from "./exit-status.ts";
import { proxiesOf } from "./environment-proxies.ts";
import type { SignArguments } from "./run-sign.ts";
import type { Opened } from "./sign-parts.ts";
import { readTrustAnchors } from "./trust-anchors.ts";

/** A local certificate, opened from its file for the time of the command. */
export async function openCertificateEnvironment(
  options: SignArguments,
  environment: NodeJS.ProcessEnv,
): Promise<Opened<SigningEnvironment>> {
  const { p12, passwordEnv, tsa } = options;
  if (p12 === undefined) {
    throw new UsageError("--provider certificate needs --p12 FILE");
  }
  const password = passwordEnv === undefined ? "" : environment[passwordEnv];
  if (password === undefined) {
    throw new UsageError(`--password-env ${passwordEnv}: there is no such environment variable`);
  }
  const trustAnchors = await readTrustAnchors(options.trust);
  const http = createHttpClient({ resolveProxy: proxiesOf(environment) });
  return {
    value: {
      profile: "file",
      practice: false,
      provider: createCertificateProvider({
        identity: lendPkcs12({ file: () => readCertificateFile(p12), password: async () => success(password) }),
      }),
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

async function readCertificateFile(path: string): Promise<Result<Uint8Array, Failure>> {
  try {
    return success(new Uint8Array(await readFile(path)));
  } catch {
    return failed({ code: "certificate.broken-file", params: { name: basename(path) } });
  }
}
