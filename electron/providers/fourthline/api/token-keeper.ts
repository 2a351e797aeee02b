import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { untilAborted } from "../../../net/until-aborted.ts";

export interface AccessToken {
  readonly token: string;
  /** In milliseconds. */
  readonly life: number;
}

export interface TokenKeeper {
  /** One that is good for a while yet. */
  get(signal: AbortSignal): Promise<Result<string, Failure>>;
  /** The service does not take this one any more. */
  drop(token: string): void;
}

/** A token is renewed when this much of its life is over (sheet section 2). */
const RENEWED_AT = 0.9;

/**
 * Keeps the one access token, for as long as it is good. SECURITY: in memory only. Calls that come while one is asked for
 * wait for the same answer; one that is aborted gives up waiting and leaves the answer to the others.
 */
export function tokenKeeper(
  ask: (signal: AbortSignal) => Promise<Result<AccessToken, Failure>>,
  now: () => number,
): TokenKeeper {
  let kept: { readonly token: string; readonly from: number; readonly until: number } | null = null;
  let asking: Promise<Result<AccessToken, Failure>> | null = null;

  const isGood = (): boolean => {
    const time = now();
    // Also when the computer's clock was set back: then nobody knows how old it is.
    return kept !== null && time >= kept.from && time < kept.until;
  };

  const renew = async (): Promise<Result<AccessToken, Failure>> => {
    const from = now();
    // Its own signal: whoever asked first may be cancelled while others still wait.
    const answer = await ask(new AbortController().signal);
    if (answer.ok) {
      kept = { token: answer.value.token, from, until: from + answer.value.life * RENEWED_AT };
    }
    return answer;
  };

  return {
    async get(signal) {
      if (kept !== null && isGood()) {
        return success(kept.token);
      }
      asking ??= renew().finally(() => {
        asking = null;
      });
      try {
        const answer = await untilAborted(asking, signal);
        return answer.ok ? success(answer.value.token) : answer;
      } catch (problem) {
        if (signal.aborted) {
          return failed({ code: "provider.cancelled" });
        }
        throw problem;
      }
    },
    drop(token) {
      if (kept?.token === token) {
        kept = null;
      }
    },
  };
}
