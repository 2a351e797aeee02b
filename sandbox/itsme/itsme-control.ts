import type { SandboxClock } from "../clock.ts";
import { statusAt } from "../pki/revocations.ts";
import type { CertificateStatus, Revocations } from "../pki/revocations.ts";
import { accountByPhone, practiceAccounts, readablePhone } from "./accounts.ts";
import type { PracticeAccount } from "./accounts.ts";
import type { ItsmeRoom } from "./itsme-room.ts";
import type { ItsmeSession, SessionOutcome } from "./session-store.ts";

/** A session as the control operations show it. */
export interface SessionSummary {
  readonly id: string;
  readonly kind: ItsmeSession["kind"];
  /** The telephone number, or null while nobody has typed one. */
  readonly phone: string | null;
  readonly person: string | null;
  readonly step: ItsmeSession["state"]["step"];
  readonly outcome: SessionOutcome | null;
  /** Number of hashes; 0 for an identification. */
  readonly documents: number;
  readonly createdAt: number;
}

export interface AccountSummary {
  readonly phone: string;
  readonly person: string;
  readonly what: string;
  readonly userCode: string;
}

/** What can be done to the practice itsme. Operations name what does not exist by throwing a RangeError. */
export interface ItsmeControl {
  sessions(): readonly SessionSummary[];
  accounts(): readonly AccountSummary[];
  /** Types a telephone number on the identification page. */
  enterPhone(sessionId: string, phone: string): SessionSummary;
  /** Opens the signing page. */
  visit(sessionId: string): SessionSummary;
  decide(sessionId: string, outcome: SessionOutcome): SessionSummary;
  approve(sessionId: string): SessionSummary;
  refuse(sessionId: string): SessionSummary;
  expire(sessionId: string): SessionSummary;
  /** Whether the contract allows more than one hash; which return address is registered. */
  setContract(change: { readonly batch?: boolean; readonly redirectUrl?: string }): void;
  /** What OCSP and CRL say of a pretend person's certificate. Good again after "revoked" is possible here only. */
  setCertificateStatus(phone: string, status: CertificateStatus["kind"]): Promise<void>;
}

export function itsmeControl(
  itsme: ItsmeRoom,
  { clock, revocations }: { readonly clock: SandboxClock; readonly revocations: Revocations },
): ItsmeControl {
  const { sessions, certificates } = itsme;
  const found = (session: ItsmeSession | null): SessionSummary => {
    if (session === null) throw new RangeError("no such session");
    return summary(session);
  };
  const decide = (id: string, outcome: SessionOutcome): SessionSummary => {
    const session = sessions.byId(id);
    // Nobody can approve for a person who is not known yet.
    if (session?.kind === "identification" && session.account === null && outcome === "approved") {
      throw new RangeError("no telephone number has been entered yet");
    }
    return found(sessions.decide(id, outcome));
  };

  return {
    sessions: () => sessions.list().map(summary),
    accounts: () =>
      practiceAccounts.map((account) => ({
        phone: account.phone,
        person: fullName(account),
        what: account.what,
        userCode: certificates.userCode(account),
      })),
    enterPhone: (id, phone) => found(sessions.enterPhone(id, knownAccount(phone))),
    visit: (id) => found(sessions.visit(id)),
    decide,
    approve: (id) => decide(id, "approved"),
    refuse: (id) => decide(id, "refused"),
    expire: (id) => decide(id, "expired"),
    setContract(change) {
      itsme.contract = { ...itsme.contract, ...change };
    },
    async setCertificateStatus(phone, status) {
      const { serialHex } = await certificates.certificateFor(knownAccount(phone));
      await revocations.set(serialHex, statusAt(status, clock.now()));
    },
  };
}

function fullName(account: PracticeAccount): string {
  return `${account.givenName} ${account.surname}`;
}

function knownAccount(phone: string): PracticeAccount {
  const account = accountByPhone(phone);
  if (account === null) throw new RangeError(`nobody has the number ${readablePhone(phone)}`);
  return account;
}

function summary(session: ItsmeSession): SessionSummary {
  return {
    id: session.id,
    kind: session.kind,
    phone: session.account?.phone ?? null,
    person: session.account === null ? null : fullName(session.account),
    step: session.state.step,
    outcome: session.state.step === "decided" ? session.state.outcome : null,
    documents: session.kind === "signing" ? session.documents.length : 0,
    createdAt: session.createdAt,
  };
}
