import type { FaultedProvider } from "./fault.ts";
import type { FaultRoom } from "./fault-room.ts";
import type { FaultTry, Tried } from "./fault-try.ts";
import { planCalls, planConnections } from "./plan-calls.ts";
import { planContradictions } from "./plan-contradictions.ts";
import {
  killAt,
  momentsOf,
  planClockBetween,
  planDamaged,
  planKeychain,
  planResumed,
  planTwice,
} from "./plan-later.ts";
import type { Moments } from "./plan-later.ts";
import { planPlaces } from "./plan-places.ts";
import { tryFault } from "./try-fault.ts";

const MOMENTS = ["asked", "stored", "delivering"] as const;

/** Runs without a fault, which say where there can be one. Rejects when such a run does not end with a signature. */
export async function planAll(
  room: FaultRoom,
  provider: FaultedProvider,
  means: { readonly mayMount: boolean },
): Promise<readonly FaultTry[]> {
  const hasProfile = provider !== "certificate";
  const plain = await goodRun(room, { provider, starts: [{}] });
  const labels = plain.answers[0]?.places ?? [];
  const moments = momentsOf(labels);
  const resumed = await afterKills(room, provider, moments, false);
  const profiled = hasProfile ? await goodRun(room, { provider, starts: [{}], profile: true }) : null;
  const profiledLater = hasProfile ? await afterKills(room, provider, moments, true) : {};
  const ofEach = <T>(runs: Partial<Record<keyof Moments, Tried>>, read: (tried: Tried) => T) =>
    Object.fromEntries(Object.entries(runs).map(([name, tried]) => [name, read(tried)]));
  return [
    ...planPlaces(provider, labels, means),
    ...planClockBetween(provider, moments),
    ...planCalls(provider, plain.calls),
    ...planConnections(provider, plain.calls),
    ...planContradictions(provider),
    ...planResumed(
      provider,
      moments,
      ofEach(resumed, ({ answers }) => answers[1]?.places ?? []),
    ),
    ...(hasProfile
      ? [
          ...planKeychain(provider, moments, {
            first: profiled?.answers[0]?.keychainUses ?? 0,
            resumed: ofEach(profiledLater, ({ answers }) => answers[1]?.keychainUses ?? 0),
          }),
          ...planDamaged(provider, moments),
        ]
      : []),
    ...planTwice(provider, moments, labels),
  ];
}

async function goodRun(room: FaultRoom, plan: Parameters<typeof tryFault>[1]): Promise<Tried> {
  const tried = await tryFault(room, plan);
  if (tried.end !== "signed" || tried.wrong.length > 0) {
    throw new Error(`${plan.provider}: ${tried.end} ${tried.code ?? ""} ${tried.wrong.join("; ")}`);
  }
  return tried;
}

async function afterKills(
  room: FaultRoom,
  provider: FaultedProvider,
  moments: Moments,
  profile: boolean,
): Promise<Partial<Record<keyof Moments, Tried>>> {
  const runs: Partial<Record<keyof Moments, Tried>> = {};
  for (const name of MOMENTS) {
    const fault = killAt(moments, name);
    if (fault !== null) runs[name] = await goodRun(room, { provider, starts: [{ fault }], profile });
  }
  return runs;
}
