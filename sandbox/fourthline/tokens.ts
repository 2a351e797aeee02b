import type { SandboxClock } from "../clock.ts";
import type { RandomSource } from "../random-id.ts";
import { makeRoom } from "../make-room.ts";

/** Access tokens. They live one hour (times the time factor). */
export interface Tokens {
  /** A new one; `seconds` is how long it counts. */
  issue(timeFactor: number): { readonly token: string; readonly seconds: number };
  isValid(token: string): boolean;
  /** Ends all tokens now, as if their hour were over. */
  expire(): void;
}

const lifeSeconds = 3600;
const maximumTokens = 200;

export function tokens(clock: SandboxClock, random: RandomSource): Tokens {
  const ends = new Map<string, number>();
  return {
    issue(timeFactor) {
      makeRoom(ends, maximumTokens);
      const token = Buffer.from(random(32)).toString("base64url");
      ends.set(token, clock.now() + lifeSeconds * 1000 * timeFactor);
      return { token, seconds: Math.max(1, Math.floor(lifeSeconds * timeFactor)) };
    },
    isValid: (token) => clock.now() < (ends.get(token) ?? 0),
    expire: () => ends.clear(),
  };
}
