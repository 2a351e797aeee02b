import type { Failure } from "../../../shared/failure.ts";
import type { Result } from "../../../shared/result.ts";
import { fourthlineApi } from "./api/fourthline-api.ts";
import type { Connection } from "./api/fourthline-call.ts";
import type { CallName } from "./endpoint-table.ts";
import type { FourthlineProfile } from "./fourthline-profile.ts";

export interface TestedCall {
  readonly call: CallName;
  /** Null: it works, as far as it can be told without signing anything. */
  readonly failure: Failure | null;
}

export interface ConnectionTest extends Connection {
  readonly profile: FourthlineProfile;
}

/** Nobody's: no workflow has it (RFC 9562 5.9, the nil UUID). */
const NOBODYS = "00000000-0000-0000-0000-000000000000";

/** What a service answers that has understood the call and knows no such workflow. Anything else is told. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  "fourthline.not-found",
  "fourthline.refused",
  "fourthline.wrong-state",
  "fourthline.bad-request",
]);

/**
 * Tries the calls, and says which one fails. The token call is tried for good; those that only read, about a workflow that
 * there is not. Calls that make one, which the organisation may have to pay for, that send or sign are not tried at all.
 *
 * A wrong path cannot be told from an unknown workflow when both are answered by 404.
 */
export async function testConnection(connection: ConnectionTest, signal: AbortSignal): Promise<readonly TestedCall[]> {
  const api = fourthlineApi(connection);
  const token = failureOf(await api.authorize(signal));
  if (token !== null) {
    return [{ call: "token", failure: token }];
  }
  const tested: TestedCall[] = [{ call: "token", failure: null }];
  const looks = [
    ["status", () => api.status(NOBODYS, signal)],
    ["details", () => api.details(NOBODYS, "en", signal)],
    ["signedDocument", () => api.signedDocument(NOBODYS, NOBODYS, signal)],
    ["infocertContract", () => api.infocertContract(NOBODYS, signal)],
  ] as const;
  for (const [call, look] of looks) {
    const failure = failureOf(await look());
    tested.push({ call, failure: failure !== null && UNDERSTOOD.has(failure.code) ? null : failure });
  }
  return tested;
}

const failureOf = (result: Result<unknown, Failure>): Failure | null => (result.ok ? null : result.failure);
