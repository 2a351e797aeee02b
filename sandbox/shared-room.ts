import type { SandboxClock } from "./clock.ts";
import type { FaultQueue } from "./control/faults.ts";
import type { PhonePart } from "./phone/phone-part.ts";
import type { PkiStore } from "./pki/pki-store.ts";
import type { PracticeServices } from "./pki/practice-pki.ts";
import type { Revocations } from "./pki/revocations.ts";
import type { RandomSource } from "./random-id.ts";
import type { SandboxPorts } from "./sandbox.ts";
import type { BadCertificates } from "./web/handshakes.ts";
import type { LoopbackServerOptions } from "./web/loopback-server.ts";

/** What all practice providers share: time, chance, certificates, faults and the way to open a server. */
export interface SharedRoom {
  readonly clock: SandboxClock;
  readonly random: RandomSource;
  readonly store: PkiStore;
  readonly services: PracticeServices;
  readonly revocations: Revocations;
  readonly faults: FaultQueue;
  /** For HTTPS servers on this computer. */
  readonly serverTls: {
    readonly keyPem: string;
    readonly certificatePem: string;
    readonly badPem: BadCertificates;
  };
  /** Issues the client certificates of practice partners. */
  readonly clientAuthorityPem: string;
  /** The page that plays the phone; known once the control server listens. */
  phoneUrl(): string;
  /** Opens a server on the port that this name had before, when it is free. Returns the port. */
  listen(
    name: keyof SandboxPorts,
    options: Omit<LoopbackServerOptions, "port" | "log" | "handshakes">,
  ): Promise<number>;
}

/** Plays the person, for the command line and for tests. A provider takes from it what it knows. */
export interface AutoApprove {
  /** The telephone number typed in for the person, where a number chooses the person. */
  readonly phone: string;
  /** How long the pretend person takes, in milliseconds of the sandbox clock. */
  readonly afterMilliseconds: number;
  /** "skip": also when nobody opens the page. "needed": only the phone is played; the pages must be used. */
  readonly pages: "skip" | "needed";
}

/** What a provider's room gives to the rest of the sandbox, besides its own control operations. */
export interface ProviderPart<Control> {
  readonly control: Control;
  readonly phone: PhonePart;
  setAutoApprove(value: AutoApprove | null): void;
  /** Forgets what was going on and was set; practice persons and their kept certificates stay. */
  reset(): void;
}
