import { join, resolve } from "node:path";
import type { PracticeFourthline } from "../electron/services/practice-environment.ts";
import { readablePhone } from "./itsme/accounts.ts";
import { writeFileAtomically } from "./pki/atomic-file.ts";
import type { Sandbox } from "./sandbox.ts";

/** A running sandbox as JSON: addresses, and the files that a client needs. No key, only the key's file. */
export interface SandboxDescription {
  readonly baseUrls: Sandbox["baseUrls"];
  readonly phoneUrl: string;
  readonly files: SandboxFiles;
  readonly itsme: Sandbox["itsmeProfile"];
  readonly idnow: Sandbox["idnowProfile"];
  readonly bankid: Sandbox["bankidProfile"];
  readonly fourthline: Omit<PracticeFourthline, "baseUrl" | "extraCa">;
  readonly accounts: readonly { readonly phone: string; readonly person: string; readonly what: string }[];
}

/** Absolute paths of PEM files, and of one PKCS#12 file. */
export interface SandboxFiles {
  readonly rootCertificate: string;
  readonly tlsCa: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
  /** To practise signing with a certificate; its password is "practice". */
  readonly practiceCertificate: string;
  /** An organisation's seal: its certificate with those above it, and its key. */
  readonly sealChain: string;
  readonly sealKey: string;
  /** Trust anchor of practice BankIDs. */
  readonly bankidRoot: string;
}

function sandboxFiles(folder: string): SandboxFiles {
  const path = (name: string): string => join(resolve(folder), name);
  return {
    rootCertificate: path("root.pem"),
    tlsCa: path("tls-ca.pem"),
    clientCertificate: path("client.pem"),
    clientKey: path("client-key.pem"),
    practiceCertificate: path("practice-certificate.p12"),
    sealChain: path("seal.pem"),
    sealKey: path("seal-key.pem"),
    bankidRoot: path("bankid-root.pem"),
  };
}

/** Writes the PEM files to the folder (keys with mode 0600) and describes the rest. */
export async function describeSandbox(sandbox: Sandbox): Promise<SandboxDescription> {
  const files = sandboxFiles(sandbox.folder);
  await writeFileAtomically(files.rootCertificate, sandbox.rootCertificatePem, 0o644);
  await writeFileAtomically(files.tlsCa, sandbox.tlsCaPem, 0o644);
  await writeFileAtomically(files.clientCertificate, sandbox.clientCertificatePem, 0o644);
  await writeFileAtomically(files.clientKey, sandbox.clientKeyPem, 0o600);
  await writeFileAtomically(files.practiceCertificate, await sandbox.practiceCertificate(), 0o600);
  const seal = await sandbox.practiceSeal();
  await writeFileAtomically(files.sealChain, seal.chainPem, 0o644);
  await writeFileAtomically(files.sealKey, seal.keyPem, 0o600);
  await writeFileAtomically(files.bankidRoot, await sandbox.bankidRootPem(), 0o644);
  return {
    baseUrls: sandbox.baseUrls,
    phoneUrl: sandbox.phoneUrl,
    files,
    itsme: sandbox.itsmeProfile,
    idnow: sandbox.idnowProfile,
    bankid: sandbox.bankidProfile,
    fourthline: sandbox.fourthlineProfile,
    accounts: sandbox.control.itsme
      .accounts()
      .map(({ phone, person, what }) => ({ phone: readablePhone(phone), person, what })),
  };
}
