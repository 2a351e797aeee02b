import type { SandboxClock } from "../clock.ts";
import type { BankIdControl } from "../bankid/bankid-control.ts";
import type { FourthlineControl } from "../fourthline/fourthline-control.ts";
import type { IdnowControl } from "../idnow/idnow-control.ts";
import { accountByPhone } from "../itsme/accounts.ts";
import type { ItsmeControl } from "../itsme/itsme-control.ts";
import type { TimestampFlaw } from "../pki/timestamp-authority.ts";
import type { AutoApprove, ProviderPart } from "../shared-room.ts";
import type { BadHandshake, Handshakes } from "../web/handshakes.ts";
import type { FaultQueue, SandboxFault, SandboxOperation } from "./faults.ts";

/**
 * Everything a test or a curious person can do to a running sandbox; what concerns one provider is under its name.
 * Operations name what does not exist by throwing a RangeError.
 */
export interface SandboxControl {
  readonly itsme: ItsmeControl;
  readonly idnow: IdnowControl;
  readonly bankid: BankIdControl;
  readonly fourthline: FourthlineControl;
  now(): number;
  advanceClock(milliseconds: number): void;
  /** Plays the person at every provider. */
  setAutoApprove(value: Partial<AutoApprove> | boolean | null): void;
  addFault(fault: SandboxFault): void;
  /** The next connections, to whichever server, come to nothing. */
  spoilHandshakes(become: BadHandshake, times: number): void;
  clearFaults(): void;
  /** How many answers and connections were spoilt since the start. */
  spoilt(): { readonly answers: number; readonly connections: number };
  /** How often each operation was done, which a fault may prevent, since the start or the last reset. */
  calls(): Readonly<Partial<Record<SandboxOperation, number>>>;
  setTimestampFlaw(flaw: TimestampFlaw): void;
  /** Forgets what was going on and was set (faults, auto-approval, flaws …); practice persons and their certificates stay. */
  reset(): void;
}

export interface ControlRoom {
  readonly clock: SandboxClock;
  readonly itsme: ProviderPart<ItsmeControl>;
  readonly idnow: ProviderPart<IdnowControl>;
  readonly bankid: ProviderPart<BankIdControl>;
  readonly fourthline: ProviderPart<FourthlineControl>;
  readonly faults: FaultQueue;
  readonly handshakes: Handshakes;
  timestampFlaw: TimestampFlaw;
}

/** The person played when only `true` is asked for: approves everything. */
export const defaultAutoApprove: AutoApprove = { phone: "+32470000001", afterMilliseconds: 0, pages: "skip" };

export function autoApproveOf(value: Partial<AutoApprove> | boolean | null): AutoApprove | null {
  if (value === null || value === false) return null;
  const whole = { ...defaultAutoApprove, ...(value === true ? {} : value) };
  if (accountByPhone(whole.phone) === null) throw new RangeError(`nobody has the number ${whole.phone}`);
  return whole;
}

export function sandboxControl(room: ControlRoom): SandboxControl {
  const { clock, faults } = room;
  const providers: readonly ProviderPart<unknown>[] = [room.itsme, room.idnow, room.bankid, room.fourthline];
  const setAutoApprove = (value: Partial<AutoApprove> | boolean | null): void => {
    const whole = autoApproveOf(value);
    for (const provider of providers) provider.setAutoApprove(whole);
  };
  return {
    itsme: room.itsme.control,
    idnow: room.idnow.control,
    bankid: room.bankid.control,
    fourthline: room.fourthline.control,
    now: () => clock.now(),
    advanceClock: (milliseconds) => clock.advance(milliseconds),
    setAutoApprove,
    addFault: (fault) => faults.add(fault),
    spoilHandshakes: (become, times) => room.handshakes.spoil(become, times),
    clearFaults: () => faults.clear(),
    spoilt: () => ({ answers: faults.spoilt(), connections: room.handshakes.spoilt() }),
    calls: () => faults.calls(),
    setTimestampFlaw(flaw) {
      room.timestampFlaw = flaw;
    },
    reset() {
      for (const provider of providers) provider.reset();
      setAutoApprove(null);
      faults.clear();
      faults.forgetCalls();
      room.timestampFlaw = "none";
    },
  };
}
