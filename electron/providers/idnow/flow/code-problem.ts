import type { Failure } from "../../../../shared/failure.ts";
import { statusName } from "../status/judge-history.ts";
import type { Judgement } from "../status/judge-history.ts";

/** What the person is told of the sending of codes; null: nothing is wrong. */
export function codeProblem({ codeAgain }: Judgement): Failure | null {
  return codeAgain === null ? null : { code: "idnow.code-not-sent", params: { idnowStatus: statusName(codeAgain) } };
}
