import { randomId } from "../random-id.ts";
import type { RandomSource } from "../random-id.ts";
import type { SandboxClock } from "../clock.ts";
import type { AutoApprove } from "../shared-room.ts";
import type { PhoneBehaviour, PracticeAccount } from "./accounts.ts";
import type { ItsmeLanguage, LocalText } from "./language.ts";

/** Where a session stands. Decisions are final: asking again gives the same answer. */
export type SessionState =
  /** Identification: nobody has typed a telephone number yet. Signing: the page has not been opened yet. */
  | { readonly step: "page" }
  /** The request is on the phone. */
  | { readonly step: "phone"; readonly since: number; readonly expiresAt: number }
  | { readonly step: "decided"; readonly outcome: SessionOutcome };

export type SessionOutcome = "approved" | "refused" | "expired" | "blocked" | "failed";

interface SessionBase {
  /** `asyncRespID` or `respID`: 36 characters. */
  readonly id: string;
  /** The `q` of the page's address; another secret than the id. */
  readonly pageToken: string;
  readonly createdAt: number;
  readonly partnerCode: string;
  readonly serviceCode: string;
  readonly redirectUrl: string;
  readonly language: ItsmeLanguage | null;
  readonly state: SessionState;
  /** Whether a scripted "once" fault has already happened in this session. */
  readonly faultSpent: boolean;
}

export interface IdentificationSession extends SessionBase {
  readonly kind: "identification";
  readonly account: PracticeAccount | null;
}

export interface SigningSession extends SessionBase {
  readonly kind: "signing";
  readonly account: PracticeAccount;
  readonly requestId: string;
  readonly documents: readonly { readonly id: string; readonly digest: Buffer }[];
  readonly description: LocalText | null;
  readonly signerRole: LocalText | null;
  readonly policy: string | null;
  readonly commitmentType: string | null;
  /** Signature values in the order of `documents`, made once when the person approves. */
  readonly values: readonly Buffer[] | null;
}

export type ItsmeSession = IdentificationSession | SigningSession;

/** itsme's CREATE_CERT action lives three minutes; the sandbox gives the signing action the same time. */
export const phoneActionMilliseconds = 3 * 60 * 1000;

const sessionLifetimeMilliseconds = 30 * 60 * 1000;
const maximumSessions = 500;

export interface SessionStore {
  readonly autoApprove: AutoApprove | null;
  setAutoApprove(value: AutoApprove | null): void;
  addIdentification(seed: Seed<IdentificationSession>): IdentificationSession;
  addSigning(seed: Seed<SigningSession>): SigningSession;
  /** Brought up to date first: timers and scripted persons are looked at when somebody asks, so no timer runs. */
  byId(id: string): ItsmeSession | null;
  byPageToken(token: string): ItsmeSession | null;
  list(): readonly ItsmeSession[];
  /** The person typed this account's number. */
  enterPhone(id: string, account: PracticeAccount): ItsmeSession | null;
  /** The signing page was opened. */
  visit(id: string): ItsmeSession | null;
  decide(id: string, outcome: SessionOutcome): ItsmeSession | null;
  spendFault(id: string): void;
  keepValues(id: string, values: readonly Buffer[]): void;
  clear(): void;
}

type Seed<T extends ItsmeSession> = Omit<T, "id" | "pageToken" | "createdAt" | "faultSpent" | "values" | "kind">;

export function sessionStore(options: {
  readonly clock: SandboxClock;
  readonly random: RandomSource;
  readonly accountByPhone: (phone: string) => PracticeAccount | null;
  readonly autoApprove: AutoApprove | null;
}): SessionStore {
  const { clock, random } = options;
  const sessions = new Map<string, ItsmeSession>();
  let autoApprove = options.autoApprove;

  const keep = <T extends ItsmeSession>(session: T): T => {
    sessions.set(session.id, session);
    return session;
  };
  const withState = (session: ItsmeSession, state: SessionState): ItsmeSession => keep({ ...session, state });

  const refresh = (session: ItsmeSession): ItsmeSession => {
    const next = nextState(session, clock.now(), autoApprove);
    if (next === null) return session;
    if (session.kind === "identification" && session.account === null && autoApprove !== null) {
      const account = options.accountByPhone(autoApprove.phone);
      if (account === null) return session;
      return refresh(keep({ ...session, account, state: next }));
    }
    return refresh(withState(session, next));
  };

  const forgetOld = (): void => {
    for (const [id, session] of sessions) {
      const old = clock.now() - session.createdAt > sessionLifetimeMilliseconds;
      if (old || sessions.size >= maximumSessions) sessions.delete(id);
    }
  };

  const begin = () => {
    forgetOld();
    return { id: randomId(random, 36), pageToken: randomId(random, 32), createdAt: clock.now(), faultSpent: false };
  };
  const change = (id: string, then: (session: ItsmeSession) => ItsmeSession): ItsmeSession | null => {
    const session = sessions.get(id);
    return session === undefined ? null : then(refresh(session));
  };

  return {
    get autoApprove() {
      return autoApprove;
    },
    setAutoApprove(value) {
      autoApprove = value;
    },
    addIdentification: (seed) => keep({ ...seed, ...begin(), kind: "identification" }),
    addSigning: (seed) => keep({ ...seed, ...begin(), kind: "signing", values: null }),
    byId: (id) => change(id, (session) => session),
    byPageToken(token) {
      for (const session of sessions.values()) if (session.pageToken === token) return refresh(session);
      return null;
    },
    list: () => [...sessions.values()].map(refresh),
    enterPhone: (id, account) =>
      change(id, (session) => {
        if (session.kind !== "identification" || session.state.step !== "page") return session;
        return refresh(keep({ ...session, account, state: onPhone(clock.now()) }));
      }),
    visit: (id) =>
      change(id, (session) =>
        session.kind === "signing" && session.state.step === "page"
          ? refresh(withState(session, onPhone(clock.now())))
          : session,
      ),
    decide: (id, outcome) =>
      change(id, (session) =>
        session.state.step === "decided" ? session : withState(session, { step: "decided", outcome }),
      ),
    spendFault: (id) => void change(id, (session) => keep({ ...session, faultSpent: true })),
    keepValues: (id, values) =>
      void change(id, (session) => (session.kind === "signing" ? keep({ ...session, values }) : session)),
    clear: () => sessions.clear(),
  };
}

/** The request reaches the phone now. */
export function onPhone(now: number): SessionState {
  return { step: "phone", since: now, expiresAt: now + phoneActionMilliseconds };
}

/** What time alone does to a session, or null when it stays as it is. */
export function nextState(session: ItsmeSession, now: number, autoApprove: AutoApprove | null): SessionState | null {
  const state = session.state;
  switch (state.step) {
    case "decided":
      return null;
    case "page":
      return autoApprove?.pages === "skip" && now >= session.createdAt + autoApprove.afterMilliseconds
        ? onPhone(now)
        : null;
    case "phone": {
      const outcome = phoneOutcome(session, state.since, now, autoApprove);
      if (outcome !== null) return { step: "decided", outcome };
      return now >= state.expiresAt ? { step: "decided", outcome: "expired" } : null;
    }
  }
}

function phoneOutcome(
  session: ItsmeSession,
  since: number,
  now: number,
  autoApprove: AutoApprove | null,
): SessionOutcome | null {
  const account = session.account;
  if (account === null) return null;
  const behaviour = session.kind === "identification" ? account.identification : account.signing;
  // A number that stands for a failure fails also when the person is played: that is what it was chosen for.
  const approves = behaviour.kind === "by-hand" || behaviour.outcome === "approve";
  if (autoApprove !== null && approves && now >= since + autoApprove.afterMilliseconds && isShort(behaviour)) {
    return "approved";
  }
  if (behaviour.kind === "by-hand" || now < since + behaviour.afterMilliseconds) return null;
  switch (behaviour.outcome) {
    case "approve":
      return "approved";
    case "refuse":
      return "refused";
    case "expire":
      return "expired";
    case "block":
      return "blocked";
    case "fail":
      return "failed";
  }
}

/** The number that stands for a long wait waits also when the person is played. */
function isShort(behaviour: PhoneBehaviour): boolean {
  return behaviour.kind === "by-hand" || behaviour.afterMilliseconds <= 1000;
}
