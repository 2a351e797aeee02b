import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { lendPkcs12 } from "../electron/providers/certificate/lend-pkcs12.ts";
import type { IdentityLender } from "../electron/providers/certificate/signing-identity.ts";
import { lendToken } from "../electron/providers/certificate/tokens/lend-token.ts";
import type { AskPin } from "../electron/providers/certificate/tokens/token-session.ts";
import type { Failure } from "../shared/failure.ts";
import { failed, success } from "../shared/result.ts";
import type { Result } from "../shared/result.ts";
import { UsageError } from "./exit-status.ts";
import type { SignArguments } from "./run-sign.ts";

/** The certificate that the arguments name: in a file, or on a token. */
export function localIdentity(options: SignArguments, environment: NodeJS.ProcessEnv): IdentityLender {
  const { p12, pkcs11, token, certificate, pinEnv, passwordEnv } = options;
  if ((p12 === undefined) === (pkcs11 === undefined)) {
    throw new UsageError("--provider certificate needs either --p12 FILE or --pkcs11 MODULE");
  }
  if (pkcs11 === undefined && (token !== undefined || certificate !== undefined || pinEnv !== undefined)) {
    throw new UsageError("--token, --certificate and --pin-env go with --pkcs11 MODULE");
  }
  if (pkcs11 !== undefined) {
    return lendToken({
      module: pkcs11,
      token: token ?? null,
      certificate: certificate ?? null,
      pin: pinFrom(fromEnvironment("--pin-env", pinEnv, environment)),
    });
  }
  const file = p12 ?? "";
  const password = fromEnvironment("--password-env", passwordEnv, environment) ?? "";
  return lendPkcs12({ file: () => readCertificateFile(file), password: async () => success(password) });
}

function fromEnvironment(option: string, name: string | undefined, environment: NodeJS.ProcessEnv): string | null {
  const value = name === undefined ? null : environment[name];
  if (value === undefined) {
    throw new UsageError(`${option} ${name}: there is no such environment variable`);
  }
  return value;
}

/** SECURITY: nobody can be asked again here, so a PIN that was refused is not tried a second time. */
const pinFrom =
  (pin: string | null): AskPin =>
  async ({ previous }) => {
    if (previous !== null) {
      return failed(previous);
    }
    return pin === null ? failed({ code: "token.pin-cancelled" }) : success(pin);
  };

async function readCertificateFile(path: string): Promise<Result<Uint8Array, Failure>> {
  try {
    return success(new Uint8Array(await readFile(path)));
  } catch {
    return failed({ code: "certificate.broken-file", params: { name: basename(path) } });
  }
}
