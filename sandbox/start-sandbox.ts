import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { sandboxClock } from "./clock.ts";
import { controlHandler } from "./control/control-handler.ts";
import { faultQueue } from "./control/faults.ts";
import { autoApproveOf, sandboxControl } from "./control/sandbox-control.ts";
import type { ControlRoom } from "./control/sandbox-control.ts";
import { accountCertificates } from "./itsme/account-certificates.ts";
import { accountByPhone } from "./itsme/accounts.ts";
import { itsmeApiHandler, itsmeBasePath } from "./itsme/api-handler.ts";
import { commitmentTypes, signPolicies } from "./itsme/discovery.ts";
import type { ItsmeRoom } from "./itsme/itsme-room.ts";
import { itsmePagesHandler, practiceReturnPath } from "./itsme/pages-handler.ts";
import { sessionStore } from "./itsme/session-store.ts";
import type { AutoApprove } from "./itsme/session-store.ts";
import { writeFileAtomically } from "./pki/atomic-file.ts";
import { practiceCertificate } from "./pki/practice-certificate.ts";
import { pkiHandler } from "./pki/pki-handler.ts";
import type { PkiRoom } from "./pki/pki-handler.ts";
import { openPkiStore } from "./pki/pki-store.ts";
import { certificatePem, practiceRoot, practiceServices, practiceTls } from "./pki/practice-pki.ts";
import { openRevocations } from "./pki/revocations.ts";
import { readPorts, writePorts } from "./ports-file.ts";
import type { RandomSource } from "./random-id.ts";
import type { Sandbox, SandboxPorts } from "./sandbox.ts";
import { startLoopbackServer } from "./web/loopback-server.ts";
import type { LoopbackServer, LoopbackServerOptions } from "./web/loopback-server.ts";

export interface SandboxOptions {
  /** Where keys, certificates and ports are kept; made when it is not there. */
  readonly folder: string;
  /** Milliseconds since 1970; everything but the HTTPS certificates follows it. Default: real time. */
  readonly clock?: () => number;
  readonly random?: RandomSource;
  /** 0 or absent: the port of the last run when it is free, else any. */
  readonly ports?: Partial<SandboxPorts>;
  /** Gets lines without secrets. */
  readonly log?: (line: string) => void;
  /** Plays the person from the start. */
  readonly autoApprove?: Partial<AutoApprove> | boolean;
}

/** Starts the practice providers. Rejects when the folder cannot be written or a port that was asked for is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const random: RandomSource = options.random ?? ((length) => randomBytes(length));
  const log = options.log ?? (() => undefined);
  const clock = sandboxClock(options.clock ?? Date.now);
  const store = await openPkiStore(options.folder, random);
  const tls = await practiceTls(store, Date.now());
  const revocations = await openRevocations(options.folder);
  const faults = faultQueue();
  const servers: LoopbackServer[] = [];
  const remembered = await readPorts(options.folder);

  const start = async (
    name: keyof SandboxPorts,
    handle: LoopbackServerOptions["handle"],
    secure: LoopbackServerOptions["tls"] | null = null,
  ): Promise<number> => {
    const wanted = options.ports?.[name] ?? 0;
    const rest = { handle, log, ...(secure === null || secure === undefined ? {} : { tls: secure }) };
    const server = await startOnPort(wanted, remembered[name], rest);
    servers.push(server);
    return server.port;
  };

  try {
    // The services listen first: their address is written into the certificates.
    const pkiRoom: { current: PkiRoom | null } = { current: null };
    const pkiPort = await start(
      "pki",
      pkiHandler(() => {
        if (pkiRoom.current === null) throw new Error("the practice services are not ready");
        return pkiRoom.current;
      }),
    );
    const pkiUrl = `http://127.0.0.1:${pkiPort}`;
    const services = await practiceServices(store, pkiUrl, clock.now());

    const addresses = { pages: "", phone: "" };
    const itsme: ItsmeRoom = {
      clock,
      contract: { ...practiceContract, redirectUrl: "https://localhost/" },
      sessions: sessionStore({
        clock,
        random,
        accountByPhone,
        autoApprove: autoApproveOf(options.autoApprove ?? null),
      }),
      certificates: accountCertificates({ store, services, revocations, clock }),
      pagesUrl: () => addresses.pages,
    };
    const controlRoom: ControlRoom = { clock, itsme, faults, revocations, timestampFlaw: "none" };
    const control = sandboxControl(controlRoom);
    pkiRoom.current = { services, store, revocations, clock, faults, timestampFlaw: () => controlRoom.timestampFlaw };

    const serverTls = { keyPem: tls.serverKeyPem, certificatePem: tls.serverPem };
    const pagesPort = await start(
      "pages",
      itsmePagesHandler(itsme, () => addresses.phone),
      serverTls,
    );
    addresses.pages = `https://localhost:${pagesPort}`;
    itsme.contract = { ...itsme.contract, redirectUrl: `${addresses.pages}${practiceReturnPath}` };
    const apiPort = await start("itsme", itsmeApiHandler(itsme, faults), {
      ...serverTls,
      clientCaPem: tls.clientAuthorityPem,
    });
    const controlPort = await start("control", controlHandler(control, itsme));
    const controlUrl = `http://127.0.0.1:${controlPort}`;
    addresses.phone = `${controlUrl}/phone`;
    await writePorts(options.folder, { itsme: apiPort, pages: pagesPort, pki: pkiPort, control: controlPort });

    const rootCertificatePem = certificatePem(services.root);
    const { partnerCode, serviceCode, redirectUrl } = itsme.contract;
    return {
      folder: options.folder,
      baseUrls: {
        itsme: `https://localhost:${apiPort}${itsmeBasePath}`,
        pages: addresses.pages,
        control: controlUrl,
        tsa: `${pkiUrl}/tsa`,
        ocsp: `${pkiUrl}/ocsp`,
        crl: `${pkiUrl}/crl/issuing.crl`,
      },
      phoneUrl: addresses.phone,
      rootCertificatePem,
      tsaRootPem: rootCertificatePem,
      issuingCertificatePem: certificatePem(services.issuing),
      tlsCaPem: tls.authorityPem,
      tlsServerCertificatePem: tls.serverPem,
      clientCertificatePem: tls.clientPem,
      clientKeyPem: tls.clientKeyPem,
      practiceCertificate: () => practiceCertificate({ store, services, clock }),
      itsmeProfile: { partnerCode, serviceCode, redirectUrl },
      control,
      close: () => closeAll(servers),
    };
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
}

/** The practice root certificate (PEM) of a folder; makes it when it is not there. */
export async function practiceRootPem(folder: string): Promise<string> {
  const store = await openPkiStore(folder, (length) => randomBytes(length));
  const pem = certificatePem(await practiceRoot(store));
  await writeFileAtomically(join(folder, "root.pem"), pem, 0o644);
  return pem;
}

const practiceContract = {
  partnerCode: "SEALDESK",
  serviceCode: "SEALDESK_PRACTICE",
  batch: true,
  policies: signPolicies,
  commitmentTypes,
};

async function startOnPort(
  wanted: number,
  remembered: number | undefined,
  rest: Omit<LoopbackServerOptions, "port">,
): Promise<LoopbackServer> {
  if (wanted !== 0 || remembered === undefined) return startLoopbackServer({ ...rest, port: wanted });
  try {
    return await startLoopbackServer({ ...rest, port: remembered });
  } catch {
    // Somebody else has it now: certificates of this run name the new address.
    return startLoopbackServer({ ...rest, port: 0 });
  }
}

async function closeAll(servers: readonly LoopbackServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.close()));
}
