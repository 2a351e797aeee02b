import type { Failure, FailureCode } from "../../../../shared/failure.ts";
import { statusName } from "../status/judge-history.ts";
import type { Judgement } from "../status/judge-history.ts";

const ENDINGS: Readonly<Record<number, FailureCode>> = {
  16: "idnow.declined",
  17: "idnow.negative",
  22: "idnow.ended",
  58: "idnow.declined-by-phone",
  63: "idnow.cancelled-there",
  99: "idnow.timed-out",
  100: "idnow.timed-out-after-identification",
  103: "idnow.given-up",
};

const TOO_MANY_CODES = 61;
/** 29: the number belongs to somebody else at the trust service, for good or for a time. */
const PHONE_TAKEN: ReadonlySet<number | null> = new Set([65, 76]);

/** How an order ended, as the person is told; null: it has not, or it was a success. */
export function statusFailure({ outcome, suspectedFraud }: Judgement): Failure | null {
  switch (outcome.kind) {
    case "open":
    case "success":
      return null;
    case "stopped": {
      const code = PHONE_TAKEN.has(outcome.reason.subKind) ? "idnow.phone-of-another" : "idnow.trust-service";
      return { code, params: { idnowStatus: statusName(outcome.reason) } };
    }
    case "failed": {
      if (outcome.code === 17 && outcome.reason.subKind === TOO_MANY_CODES) {
        return { code: "idnow.too-many-tans" };
      }
      if (suspectedFraud && (outcome.code === 17 || outcome.code === 22)) {
        // SECURITY: no word of the suspicion. An honest person is not accused, and a dishonest one learns nothing.
        return { code: "idnow.not-accepted" };
      }
      return { code: ENDINGS[outcome.code] ?? "idnow.ended", params: { idnowStatus: statusName(outcome.reason) } };
    }
  }
}
