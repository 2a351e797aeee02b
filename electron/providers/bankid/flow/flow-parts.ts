import type { Failure } from "../../../../shared/failure.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import { flowSteps, isTransportTrouble } from "../../flow-steps.ts";
import type { FlowStep } from "../../provider.ts";
import type { BankIdProfile } from "../bankid-profile.ts";
import type { BankIdClient, StartedOrder } from "../client/bankid-client.ts";
import type { BankIdState, Judge, Paused } from "./flow-state.ts";
import type { BankIdSettings } from "./settings.ts";

/** What the steps of the flow work with. */
export interface BankIdTools {
  readonly profile: BankIdProfile;
  readonly roots: readonly Certificate[];
  readonly client: BankIdClient;
  readonly settings: BankIdSettings;
  readonly newId: () => string;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic: () => number;
  /** Texts whose order is about to be placed by this very process. */
  readonly placing: Set<string>;
  /** SECURITY: tokens and secrets of open orders by their reference, in memory only. */
  readonly open: Map<string, OpenOrder>;
}

export interface OpenOrder extends StartedOrder {
  /** Of the monotonic clock: second 0 of the code. */
  readonly arrivedAt: number;
}

export const { toStore, goOn, ask, end } = flowSteps<BankIdState>();

/** The run is over; BankID's answer stays in its state, for whoever looks into it, as long as the journal keeps it. */
export const endKept = (state: Judge, failure: Failure): FlowStep => ({
  kind: "failed",
  state: toStore(state),
  failure,
});

/** Not over, and not to be gone on with before the person says so. */
export const stop = (back: Paused["back"], failure: Failure, since: number): FlowStep =>
  goOn({ step: "paused", back, failure, since });

/** Worth another attempt later. */
export const isPassing = (failure: Failure): boolean =>
  isTransportTrouble(failure) ||
  ["provider.no-credentials", "provider.server-error", "bankid.service-error", "bankid.too-many-requests"].includes(
    failure.code,
  );
