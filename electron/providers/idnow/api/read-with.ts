import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { HttpAnswer } from "../../../net/http-client.ts";

/** An answer that a reader could make nothing of. */
export function readWith<T>(
  sent: Result<HttpAnswer, Failure>,
  read: (answer: HttpAnswer) => T | null,
  problem: (answer: HttpAnswer) => Failure = unexpected,
): Result<T, Failure> {
  if (!sent.ok) {
    return sent;
  }
  const value = read(sent.value);
  return value === null ? failed(problem(sent.value)) : success(value);
}

export const unexpected = ({ status }: HttpAnswer): Failure => ({
  code: "provider.unexpected-answer",
  params: { status, reason: "body" },
});

export const damaged = (): Failure => ({ code: "idnow.damaged-download" });

/** For calls whose answer says nothing. */
export const accepted = (sent: Result<HttpAnswer, Failure>): Result<null, Failure> => (sent.ok ? success(null) : sent);
