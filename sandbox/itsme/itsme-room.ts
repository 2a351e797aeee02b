import type { SandboxClock } from "../clock.ts";
import type { AccountCertificates } from "./account-certificates.ts";
import type { ItsmeContract } from "./contract.ts";
import type { SessionStore } from "./session-store.ts";

/** Everything the itsme handlers share. */
export interface ItsmeRoom {
  readonly clock: SandboxClock;
  /** The control endpoint can change it while the sandbox runs. */
  contract: ItsmeContract;
  readonly sessions: SessionStore;
  readonly certificates: AccountCertificates;
  /** Origin of the browser pages; known once the server listens. */
  pagesUrl(): string;
}
