import type { Failure, FailureCode } from "../../../shared/failure.ts";

/** In which round a code came: the same word means another thing to the person. */
export type ItsmeRound = "identification" | "signing";

/** The tables of itsme's documents and of its swagger (qesB2B.json), without the codes that the flow itself handles. */
const MEANINGS: Readonly<Record<string, FailureCode>> = {
  NOT_ALLOWED_TO_SIGN: "itsme.not-allowed-to-sign",
  SIGNATURE_NOT_ALLOWED: "itsme.not-allowed-to-sign",
  MISSING_PARTNER_CODE: "itsme.missing-code",
  MISSING_SERVICE_CODE: "itsme.missing-code",
  INVALID_URL: "itsme.invalid-url",
  INVALID_REQUESTOR: "itsme.invalid-requestor",
  UNAUTHORIZED_URL: "itsme.unauthorized-url",
  INVALID_LANG: "itsme.invalid-language",
  INVALID_LANGUAGE: "itsme.invalid-language",
  BATCH_TOO_LARGE: "itsme.batch-too-large",
  INVALID_POLICY: "itsme.policy",
  INVALID_POLICY_STATUS: "itsme.policy",
  UNEXPECTED_ERROR: "itsme.temporary",
  ERROR: "itsme.temporary",
  TECHNICAL_ERROR: "itsme.temporary",
  // These say that this program built a wrong request.
  NO_REQUEST: "app.internal",
  MISSING_ASYNC_RESP_ID: "app.internal",
  NO_HASH_PROVIDED: "app.internal",
  NO_DIGEST_INFO_PROVIDED: "app.internal",
  ONLY_SINGLE_DIGEST_INFO_SUPPORTED: "app.internal",
  INVALID_DIGEST_INFO: "app.internal",
  INCOMPLETE_REQUEST: "app.internal",
};

/** Codes after which asking without the `userCode` makes no difference. */
const NOT_ABOUT_THE_PERSON: ReadonlySet<FailureCode> = new Set([
  "itsme.not-allowed-to-sign",
  "itsme.missing-code",
  "itsme.invalid-url",
  "itsme.invalid-requestor",
  "itsme.unauthorized-url",
  "itsme.invalid-language",
  "app.internal",
]);

export function failureOfCode(code: string, round: ItsmeRound): Failure {
  const params = { code };
  if (code === "REJECTED") {
    return { code: round === "identification" ? "itsme.rejected" : "itsme.sign-rejected", params };
  }
  if (code === "EXPIRED") {
    return { code: round === "identification" ? "itsme.expired" : "itsme.sign-expired", params };
  }
  const meaning = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  return { code: meaning ?? "itsme.unknown-code", params };
}

/** Undocumented: what a `userCode` that is no longer known is answered with. Anything not about the partner may be it. */
export function mayBeAboutKnownPerson(code: string): boolean {
  return !NOT_ABOUT_THE_PERSON.has(failureOfCode(code, "identification").code);
}
