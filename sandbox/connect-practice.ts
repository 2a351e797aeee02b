import { readFile } from "node:fs/promises";
import type { PracticeEnvironment } from "../electron/services/practice-environment.ts";
import { describeSandbox } from "./describe-sandbox.ts";
import type { SandboxDescription } from "./describe-sandbox.ts";
import { PRACTICE_CERTIFICATE_PASSWORD } from "./pki/practice-certificate.ts";
import { announceSandbox, runningSandbox, withdrawSandbox } from "./running-sandbox.ts";
import { startSandbox } from "./start-sandbox.ts";

const CONTROL_TIME_LIMIT = 10_000;

/** The sandbox has nobody with this phone number to play. */
export class UnknownPerson extends Error {
  override readonly name = "UnknownPerson";
}

/** The practice environment, and the one thing that only command line and tests may do: play the person. */
export interface ConnectedPractice extends PracticeEnvironment {
  /** Approves everything from here on as the person with this phone number (null: the first one). */
  readonly approveAll: (phone: string | null) => Promise<void>;
}

/**
 * Uses the sandbox that runs on this folder already (`sealdesk sandbox start`, or the desktop program's), or starts one
 * for the time of this program. Only when it is `announced` do other programs use it too: they would lose it, and an
 * approval in it, when this program ends.
 */
export async function connectPractice(
  folder: string,
  { announced = true, ...start }: { readonly announced?: boolean; readonly fonts?: string } = {},
): Promise<ConnectedPractice> {
  const running = await runningSandbox(folder);
  if (running !== null) {
    return environmentOf(running, async () => undefined);
  }
  const sandbox = await startSandbox({ folder, ...start });
  try {
    const description = announced ? await announceSandbox(sandbox, process.pid) : await describeSandbox(sandbox);
    return await environmentOf(description, async () => {
      await withdrawSandbox(folder, process.pid);
      await sandbox.close();
    });
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

async function environmentOf(description: SandboxDescription, close: () => Promise<void>): Promise<ConnectedPractice> {
  const { files, baseUrls, itsme, idnow, bankid, fourthline } = description;
  const text = (path: string): Promise<string> => readFile(path, "utf8");
  const [root, tlsCa, certificate, key, sealChain, sealKey, bankidRoot] = await Promise.all([
    text(files.rootCertificate),
    text(files.tlsCa),
    text(files.clientCertificate),
    text(files.clientKey),
    text(files.sealChain),
    text(files.sealKey),
    text(files.bankidRoot),
  ]);
  return {
    itsme: {
      environment: "sandbox",
      // The program adds the path of the interface itself.
      baseUrl: new URL(baseUrls.itsme).origin,
      partnerCode: itsme.partnerCode,
      serviceCode: itsme.serviceCode,
      redirectUrl: itsme.redirectUrl,
      pageOrigins: [new URL(baseUrls.pages).origin],
      extraCa: [tlsCa],
    },
    idnow: {
      baseUrl: `${baseUrls.idnow}/`,
      user: idnow.user,
      password: idnow.password,
      pageOrigins: [new URL(baseUrls.idnowPages).origin],
      extraCa: [tlsCa],
      redirectUrls: idnow.redirectUrls,
      cryptKeyHex: idnow.cryptKeyHex,
      codeAttempts: idnow.wrongTans,
    },
    bankid: {
      phenixId: { baseUrl: baseUrls.bankid, ...bankid },
      phenixIdMutual: { baseUrl: baseUrls.bankidMutual, tenant: bankid.tenant },
      rpApi: { baseUrl: baseUrls.bankidRp, endUserIp: "127.0.0.1" },
      rootPem: bankidRoot,
      extraCa: [tlsCa],
      appUrl: description.phoneUrl,
    },
    fourthline: { ...fourthline, baseUrl: baseUrls.fourthline, extraCa: [tlsCa] },
    clientCertificatePem: certificate,
    clientKeyPem: key,
    tlsCaPem: tlsCa,
    trustAnchorsPem: root,
    certificatePath: files.practiceCertificate,
    certificatePassword: PRACTICE_CERTIFICATE_PASSWORD,
    seal: { chainPem: sealChain, keyPem: sealKey },
    timestampUrl: baseUrls.tsa,
    phoneUrl: description.phoneUrl,
    approveAll: async (phone) => {
      const value = phone === null ? true : { phone };
      const answer = await fetch(`${baseUrls.control}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ do: "auto-approve", value }),
        signal: AbortSignal.timeout(CONTROL_TIME_LIMIT),
      });
      if (!answer.ok) throw new UnknownPerson(`nobody in the sandbox has the phone number ${phone ?? "asked for"}`);
    },
    close,
  };
}
