import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { openBankId } from "./bankid/open-bankid.ts";
import { sandboxClock } from "./clock.ts";
import { controlHandler } from "./control/control-handler.ts";
import { faultQueue } from "./control/faults.ts";
import { autoApproveOf, sandboxControl } from "./control/sandbox-control.ts";
import type { ControlRoom } from "./control/sandbox-control.ts";
import type { FourthlineTableChange } from "./fourthline/endpoint-table.ts";
import { openFourthline } from "./fourthline/open-fourthline.ts";
import { openIdnow } from "./idnow/open-idnow.ts";
import { openItsme } from "./itsme/open-itsme.ts";
import { writeFileAtomically } from "./pki/atomic-file.ts";
import { practiceCertificate } from "./pki/practice-certificate.ts";
import { practiceSeal } from "./pki/practice-seal.ts";
import { pkiHandler } from "./pki/pki-handler.ts";
import type { PkiRoom } from "./pki/pki-handler.ts";
import { openPkiStore } from "./pki/pki-store.ts";
import { certificatePem, practiceRoot, practiceServices, practiceTls } from "./pki/practice-pki.ts";
import { openRevocations } from "./pki/revocations.ts";
import type { RandomSource } from "./random-id.ts";
import type { Sandbox, SandboxPorts } from "./sandbox.ts";
import { openServers } from "./servers.ts";
import { handshakes } from "./web/handshakes.ts";
import type { AutoApprove, SharedRoom } from "./shared-room.ts";

export interface SandboxOptions {
  /** Where keys, certificates and ports are kept; made when it is not there. */
  readonly folder: string;
  /** Milliseconds since 1970; everything but the HTTPS certificates follows it. Default: real time. */
  readonly clock?: () => number;
  readonly random?: RandomSource;
  /** 0 or absent: the port of the last run when it is free, else any. */
  readonly ports?: Partial<SandboxPorts>;
  /** Folder with the font of the visible marks, for programs that bring it along. Default: the installed package. */
  readonly fonts?: string;
  /** Other paths and field names than the usual ones of Fourthline's API. */
  readonly fourthlineTable?: FourthlineTableChange;
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
  const spoilt = handshakes();
  const faults = faultQueue(spoilt);
  const servers = await openServers(options, log, spoilt);
  const ending: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await servers.close();
    await Promise.all(ending.map((end) => end()));
  };

  try {
    // The services listen first: their address is written into the certificates.
    const pkiRoom: { current: PkiRoom | null } = { current: null };
    const pkiPort = await servers.listen("pki", {
      handle: pkiHandler(() => {
        if (pkiRoom.current === null) throw new Error("the practice services are not ready");
        return pkiRoom.current;
      }),
    });
    const pkiUrl = `http://127.0.0.1:${pkiPort}`;
    const services = await practiceServices(store, pkiUrl, clock.now());

    const address = { phone: "" };
    const shared: SharedRoom = {
      clock,
      random,
      store,
      services,
      revocations,
      faults,
      serverTls: { keyPem: tls.serverKeyPem, certificatePem: tls.serverPem, badPem: tls.badPem },
      clientAuthorityPem: tls.clientAuthorityPem,
      phoneUrl: () => address.phone,
      listen: servers.listen,
    };
    const autoApprove = autoApproveOf(options.autoApprove ?? null);
    const itsme = await openItsme(shared, autoApprove);
    const idnow = await openIdnow(shared, autoApprove, options.fonts ?? null);
    ending.push(() => idnow.end());
    const bankid = await openBankId(shared, autoApprove);
    const fourthline = await openFourthline(shared, autoApprove, options.fourthlineTable ?? {});
    ending.push(() => fourthline.end());
    const controlRoom: ControlRoom = {
      clock,
      itsme,
      idnow,
      bankid,
      fourthline,
      faults,
      handshakes: spoilt,
      timestampFlaw: "none",
    };
    const control = sandboxControl(controlRoom);
    pkiRoom.current = { services, store, revocations, clock, faults, timestampFlaw: () => controlRoom.timestampFlaw };
    const controlPort = await servers.listen("control", {
      handle: controlHandler(control, [itsme.phone, idnow.phone, bankid.phone, fourthline.phone]),
    });
    const controlUrl = `http://127.0.0.1:${controlPort}`;
    address.phone = `${controlUrl}/phone`;
    await servers.remember();

    const rootCertificatePem = certificatePem(services.root);
    return {
      folder: options.folder,
      baseUrls: {
        itsme: itsme.baseUrl,
        pages: itsme.pagesUrl,
        idnow: idnow.baseUrl,
        idnowPages: idnow.pagesUrl,
        bankid: bankid.phenixIdUrl,
        bankidMutual: bankid.mutualUrl,
        bankidRp: bankid.rpUrl,
        fourthline: fourthline.baseUrl,
        control: controlUrl,
        tsa: `${pkiUrl}/tsa`,
        ocsp: `${pkiUrl}/ocsp`,
        crl: `${pkiUrl}/crl/issuing.crl`,
      },
      phoneUrl: address.phone,
      rootCertificatePem,
      tsaRootPem: rootCertificatePem,
      issuingCertificatePem: certificatePem(services.issuing),
      tlsCaPem: tls.authorityPem,
      tlsServerCertificatePem: tls.serverPem,
      clientCertificatePem: tls.clientPem,
      clientKeyPem: tls.clientKeyPem,
      practiceCertificate: () => practiceCertificate({ store, services, clock }),
      practiceSeal: () => practiceSeal({ store, services, clock }),
      itsmeProfile: itsme.profile,
      idnowProfile: idnow.profile,
      bankidProfile: bankid.profile,
      bankidRootPem: bankid.rootPem,
      fourthlineProfile: fourthline.profile,
      control,
      close,
    };
  } catch (error) {
    await close();
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
