import type { SandboxClock } from "../clock.ts";
import type { RandomSource } from "../random-id.ts";
import type { Revocations } from "../pki/revocations.ts";
import type { BankIdAccount } from "./account-options.ts";
import type { AppNotice } from "./app-steps.ts";
import type { BankIdCertificates } from "./bankid-certificates.ts";
import type { EvidenceKeeper } from "./evidence-keeper.ts";
import type { BankIdFlaws } from "./flaws.ts";
import type { OrderStore } from "./order-store.ts";

/** Everything the BankID handlers share. What is not read-only can be changed by the control endpoint. */
export interface BankIdRoom {
  readonly clock: SandboxClock;
  readonly random: RandomSource;
  readonly revocations: Revocations;
  account: BankIdAccount;
  flaws: BankIdFlaws;
  readonly orders: OrderStore;
  readonly certificates: BankIdCertificates;
  readonly evidence: EvidenceKeeper;
  /** When each order was asked about within the last second (RP API). */
  readonly asked: Map<string, readonly number[]>;
  /** What the app says about what was last tried in it; null: nothing. */
  notice: { readonly reason: AppNotice; /** Which it is about, if any. */ readonly order: string | null } | null;
}
