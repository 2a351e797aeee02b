import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { CertificateFacts } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { createCertificateProvider } from "../../providers/certificate/create-certificate-provider.ts";
import { lendPkcs12 } from "../../providers/certificate/lend-pkcs12.ts";
import { SecretEntry } from "../../providers/certificate/secret-entry.ts";
import type { IdentityLender } from "../../providers/certificate/signing-identity.ts";
import { lendToken } from "../../providers/certificate/tokens/lend-token.ts";
import type { CertificateSetting } from "../../storage/settings.ts";
import type { SigningEnvironment } from "./signing-environment.ts";
import { timestampServices } from "./timestamp-services.ts";

/** What does not depend on where the key is. */
export interface LocalEnvironment {
  /** As the journal names it, so that a run finds its certificate again. */
  readonly profile: string;
  readonly practice: boolean;
  readonly facts: CertificateFacts | null;
  readonly timestampUrl: string | null;
  readonly timestampAnchors: readonly Certificate[] | "none";
  readonly trustAnchors: readonly Certificate[];
  /** How services are reached (proxies). */
  readonly network: HttpClientOptions;
}

export interface FileEnvironment extends LocalEnvironment {
  readonly path: string;
  /** Shown with the question; practice only. */
  readonly practicePassword: string | null;
  /** Told whose certificate it is, once the password has opened it. */
  readonly onOpened: (chain: readonly Certificate[]) => void;
}

/** Signing with a certificate file. Made anew for each run, because the password belongs to one run. */
export function certificateFileEnvironment(file: FileEnvironment): SigningEnvironment {
  const secret = new SecretEntry({
    secret: "password",
    message: file.practice ? "certificate.ask-practice" : "certificate.ask-password",
    params: { name: basename(file.path) },
    practiceHint: file.practicePassword,
  });
  const identity = watched(
    lendPkcs12({ file: () => readCertificateFile(file.path), password: async () => secret.take() }),
    file.onOpened,
  );
  return localEnvironment(file, identity, secret);
}

/** Signing with a key on a card or token: the PIN is asked for when it is about to sign. */
export function tokenEnvironment(
  local: LocalEnvironment,
  token: Extract<CertificateSetting, { kind: "token" }>,
): SigningEnvironment {
  const onReader = token.pin === "reader";
  const secret = new SecretEntry({
    secret: onReader ? "pin-on-reader" : "pin",
    message: onReader ? "token.enter-on-reader" : "token.ask-pin",
    params: { name: token.label },
    practiceHint: null,
  });
  const identity = lendToken({
    module: token.module,
    token: token.token,
    certificate: token.certificate,
    pin: async ({ state, previous }) => {
      secret.setAttemptsLeft(state === "last-try" ? 1 : null);
      return previous === null ? secret.take() : failed(previous);
    },
  });
  return localEnvironment(local, identity, secret);
}

function localEnvironment(local: LocalEnvironment, identity: IdentityLender, secret: SecretEntry): SigningEnvironment {
  const { profile, practice, facts, timestampUrl, timestampAnchors, trustAnchors, network } = local;
  return {
    ...timestampServices({ url: timestampUrl, trustAnchors, timestampAnchors, network }),
    profile,
    practice,
    provider: createCertificateProvider({ identity, secret }),
    recipient: "",
    label: null,
    policies: [],
    defaultPolicy: null,
    commitmentTypes: [],
    certificate: facts,
    release: () => secret.forget(),
  };
}

function watched(lender: IdentityLender, onOpened: (chain: readonly Certificate[]) => void): IdentityLender {
  return {
    lend: (borrow) =>
      lender.lend((identity) => {
        onOpened(identity.chain);
        return borrow(identity);
      }),
  };
}

async function readCertificateFile(path: string): Promise<Result<Uint8Array, Failure>> {
  try {
    return success(new Uint8Array(await readFile(path)));
  } catch {
    return failed({ code: "certificate.broken-file", params: { name: basename(path) } });
  }
}
