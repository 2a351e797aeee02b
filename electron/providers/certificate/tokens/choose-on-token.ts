import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { nameValue } from "../../../pki/name.ts";
import { OID } from "../../../pki/oids.ts";
import type { FoundToken } from "./read-token.ts";
import type { TokenCertificate } from "./token-view.ts";

/** The token with this label or serial number; without a name, the only one there is. */
export function chooseToken(tokens: readonly FoundToken[], wanted: string | null): Result<FoundToken, Failure> {
  const fitting = tokens.filter(({ info }) => wanted === null || info.label === wanted || info.serial === wanted);
  const [first, second] = fitting;
  if (first === undefined) {
    return failed({ code: "token.not-found" });
  }
  // SECURITY: a PIN is never tried on a token that was not meant.
  return second === undefined ? success(first) : failed({ code: "token.ambiguous" });
}

/**
 * The certificate with this CKA_ID, label, or common name; without a name, the only one that is made for signing. Null:
 * none fits among those that can be seen.
 */
export function chooseCertificate(
  certificates: readonly TokenCertificate[],
  wanted: string | null,
): Result<TokenCertificate | null, Failure> {
  const people = certificates.filter(({ certificate }) => certificate.basicConstraints?.ca !== true);
  // Whoever made a certificate for themselves may have made it a CA's.
  const unnamed = people.length > 0 ? people : certificates;
  const fitting = wanted === null ? unnamed : narrowest(certificates, wanted);
  const signing = fitting.filter(({ certificate: { keyUsage } }) => keyUsage?.has("nonRepudiation") === true);
  const candidates = signing.length > 0 ? signing : fitting;
  const [first, ...others] = distinct(candidates);
  return others.length === 0 ? success(first ?? null) : failed({ code: "token.certificate-ambiguous" });
}

function narrowest(all: readonly TokenCertificate[], wanted: string): readonly TokenCertificate[] {
  const id = wanted.replaceAll(/[\s:]/gu, "").toLowerCase();
  const ways: readonly ((one: TokenCertificate) => boolean)[] = [
    (one) => one.id !== "" && one.id === id,
    (one) => one.label === wanted,
    (one) => nameValue(one.certificate.subject, OID.commonName) === wanted,
  ];
  return ways.map((fits) => all.filter(fits)).find((found) => found.length > 0) ?? [];
}

/** Some tokens show one certificate twice. */
function distinct(certificates: readonly TokenCertificate[]): readonly TokenCertificate[] {
  return [
    ...new Map(
      certificates.map((one) => [`${one.id} ${Buffer.from(one.certificate.der).toString("base64")}`, one]),
    ).values(),
  ];
}
