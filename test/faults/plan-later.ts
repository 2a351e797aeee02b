import type { Damage, FaultTry, StartPlan } from "./fault-try.ts";
import type { Fault, FaultedProvider, Place, RefusalCode } from "./fault.ts";
import { CLOCK_JUMPS, placesOf, refusalsAt, wordsOf } from "./plan-places.ts";

/** Moments of a run at which something else happens afterwards. */
export interface Moments {
  /** What to approve was just shown; null: nothing is. */
  readonly asked: Place | null;
  /** The answer was just stored. */
  readonly stored: Place;
  /** The result is about to get its name. */
  readonly delivering: Place;
}

type MomentName = keyof Moments;

const STORED = /^database: UPDATE signing_item SET (?:value|returned|evidence) = /u;

/** Finds the moments among the places of a run without a fault. */
export function momentsOf(labels: readonly string[]): Moments {
  const places = placesOf(labels);
  const stored = places.findIndex(({ label }) => STORED.test(label));
  const asked = places.slice(0, stored).findLast(({ label }) => /^shown: (?:page|code|conditions)/u.test(label));
  const kept = places[stored];
  if (kept === undefined) throw new Error(`nothing is stored among\n${labels.join("\n")}`);
  return { asked: asked ?? null, stored: kept, delivering: { label: "file: link", nth: 1 } };
}

export const killAt = (moments: Moments, name: MomentName): Fault | null => {
  const at = moments[name];
  return at === null ? null : { kind: "kill", at, when: name === "delivering" ? "before" : "after" };
};

const NAMES: Readonly<Record<MomentName, string>> = {
  asked: "asked",
  stored: "the answer was stored",
  delivering: "delivering",
};

function eachMoment(
  moments: Moments,
  plan: (kill: StartPlan, words: string, name: MomentName) => readonly FaultTry[],
): readonly FaultTry[] {
  return (["asked", "stored", "delivering"] as const).flatMap((name) => {
    const fault = killAt(moments, name);
    return fault === null ? [] : plan({ fault }, `killed when ${NAMES[name]}`, name);
  });
}

/** The others, and these at the other moments, were tried at such places without the kill before. */
const LATER_CODES: ReadonlySet<RefusalCode> = new Set(["ENOSPC", "EIO"]);

/** A second fault while a run that was killed goes on. `resumed`: places of that start, for each moment. */
export function planResumed(
  provider: FaultedProvider,
  moments: Moments,
  resumed: Readonly<Partial<Record<MomentName, readonly string[]>>>,
): readonly FaultTry[] {
  return eachMoment(moments, (kill, words, name) =>
    placesOf(resumed[name] ?? []).flatMap((at) =>
      [
        ["killed again after", { kind: "kill", at, when: "after" } as const] as const,
        ...refusalsAt(at).filter(
          ([, fault]) => name === "stored" && fault.kind === "refuse" && LATER_CODES.has(fault.code),
        ),
      ].map(([fault, second]): FaultTry => ({
        kind: "resumed",
        provider,
        fault,
        step: `${words}, then at ${wordsOf(at)}`,
        starts: [kill, { fault: second }],
      })),
    ),
  );
}

/** The clock is another one when the program starts again. */
export const planClockBetween = (provider: FaultedProvider, moments: Moments): readonly FaultTry[] =>
  eachMoment(moments, (kill, words) =>
    CLOCK_JUMPS.map(([fault, ahead]): FaultTry => ({
      kind: "clock",
      provider,
      fault,
      step: words,
      starts: [kill, { ahead }],
    })),
  );

const DAMAGES: readonly Omit<Damage, "how">[] = [
  { file: "sealdesk.db", notice: "app.journal-unavailable", stays: true },
  { file: "vault.db", notice: null, stays: true },
  { file: "profiles.json", notice: "app.profiles-reset", stays: false },
  { file: "settings.json", notice: "app.settings-reset", stays: false },
  { file: "audit.db", notice: "app.audit-unavailable", stays: true },
];

/** A file of the program's own is broken when it starts again, and comes back from a backup before the next start. */
export const planDamaged = (provider: FaultedProvider, moments: Moments): readonly FaultTry[] =>
  eachMoment(moments, (kill, words, name) =>
    DAMAGES.flatMap((damage) =>
      (name === "stored" ? (["cut in half", "zeroed", "random bytes"] as const) : (["random bytes"] as const)).map(
        (how): FaultTry => ({
          kind: "damaged",
          provider,
          fault: `${damage.file} ${how}`,
          step: words,
          starts: [kill, { damage: { ...damage, how } }],
          profile: true,
        }),
      ),
    ),
  );

/** Real time: within the three minutes, ten times faster, for which BankID keeps an answer. */
const LOCKED_MILLISECONDS = 8_000;

/** The keychain is locked from the n-th use on, in the first start or when it goes on, and open again at the next one. */
export function planKeychain(
  provider: FaultedProvider,
  moments: Moments,
  uses: { readonly first: number; readonly resumed: Readonly<Partial<Record<MomentName, number>>> },
): readonly FaultTry[] {
  const counted = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
  /** The first ones and the last one: in between, the same calls are repeated. */
  const few = (count: number): readonly number[] => counted(count).filter((n) => n <= 4 || n === count);
  const tryOf = (step: string, locksAt: number, before: readonly StartPlan[]): FaultTry => ({
    kind: "keychain",
    provider,
    fault: `keychain locked from use ${locksAt} on`,
    step,
    starts: [...before, { locksAt, closesAfter: LOCKED_MILLISECONDS }],
    profile: true,
  });
  return [
    ...counted(uses.first).map((locksAt) => tryOf("whole run", locksAt, [])),
    ...eachMoment(moments, (kill, words, name) =>
      few(uses.resumed[name] ?? 0).map((locksAt) => tryOf(words, locksAt, [kill])),
    ),
  ];
}

/** Two programs on the same data, and every command given twice. */
export const planTwice = (
  provider: FaultedProvider,
  moments: Moments,
  labels: readonly string[],
): readonly FaultTry[] => [
  { kind: "twice", provider, fault: "every command given twice", step: "whole run", starts: [{ twice: true }] },
  ...placesOf(labels)
    .filter(({ nth }) => nth === 1)
    .map((at): FaultTry => ({
      kind: "twice",
      provider,
      fault: "second instance started",
      step: wordsOf(at),
      starts: [{ fault: { kind: "twin", at } }],
    })),
  ...eachMoment(moments, (kill, words) => [
    {
      kind: "twice",
      provider,
      fault: "two instances started at once",
      step: words,
      starts: [kill, { fault: { kind: "twin", at: { label: "started", nth: 1 } } }],
    },
  ]),
];
