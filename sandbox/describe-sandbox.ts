import { join } from "node:path";
import { readablePhone } from "./itsme/accounts.ts";
import { writeFileAtomically } from "./pki/atomic-file.ts";
import type { Sandbox } from "./sandbox.ts";

/** A running sandbox as JSON: addresses, and the files that a client needs. No key, only the key's file. */
export interface SandboxDescription {
  readonly baseUrls: Sandbox["baseUrls"];
  readonly phoneUrl: string;
  readonly files: {
    readonly rootCertificate: string;
    readonly tlsCa: string;
    readonly clientCertificate: string;
    readonly clientKey: string;
  };
  readonly itsme: Sandbox["itsmeProfile"];
  readonly accounts: readonly { readonly phone: string; readonly person: string; readonly what: string }[];
}

/** Writes `root.pem`, `tls-ca.pem`, `client.pem` and `client-key.pem` (0600) to the folder and describes the rest. */
export async function describeSandbox(sandbox: Sandbox): Promise<SandboxDescription> {
  const path = (name: string): string => join(sandbox.folder, name);
  const files = {
    rootCertificate: path("root.pem"),
    tlsCa: path("tls-ca.pem"),
    clientCertificate: path("client.pem"),
    clientKey: path("client-key.pem"),
  };
  await writeFileAtomically(files.rootCertificate, sandbox.rootCertificatePem, 0o644);
  await writeFileAtomically(files.tlsCa, sandbox.tlsCaPem, 0o644);
  await writeFileAtomically(files.clientCertificate, sandbox.clientCertificatePem, 0o644);
  await writeFileAtomically(files.clientKey, sandbox.clientKeyPem, 0o600);
  return {
    baseUrls: sandbox.baseUrls,
    phoneUrl: sandbox.phoneUrl,
    files,
    itsme: sandbox.itsmeProfile,
    accounts: sandbox.control
      .accounts()
      .map(({ phone, person, what }) => ({ phone: readablePhone(phone), person, what })),
  };
}
