import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { importPrivateKey } from "../../../pki/algorithms.ts";
import { parseCertificates } from "../../../pki/certificate.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import { DerProblem } from "../../../pki/der-reader.ts";
import { sameBytes } from "../../../pki/der-values.ts";
import { nameValue } from "../../../pki/name.ts";
import { OID } from "../../../pki/oids.ts";
import { decodePem } from "../../../pki/pem.ts";
import type { SignatureScheme } from "../../../pki/signature-scheme.ts";
import { KEY_DECIDES, signingSchemes } from "../../../pki/signing-schemes.ts";

/** What an organisation seals documents with. */
export interface OrganisationSeal {
  /** As the certificate names it. */
  readonly organisation: string;
  /** The seal's own certificate first. */
  readonly chain: readonly Certificate[];
  /** How the key signs, the preferred way first. */
  readonly schemes: readonly SignatureScheme[];
  /**
   * The raw signature value over the signed attributes. A failure: the key cannot be used now. SECURITY: it says nothing
   * that is secret.
   */
  readonly sign: (scheme: SignatureScheme, message: Uint8Array) => Promise<Result<Uint8Array, Failure>>;
}

/**
 * A seal whose key and certificates lie in PEM text. `certificate.no-key`, `certificate.broken-file`,
 * `certificate.unsupported-key`: it cannot seal.
 */
export function sealFromPem(pem: {
  readonly chainPem: string;
  readonly keyPem: string;
}): Result<OrganisationSeal, Failure> {
  try {
    const chain = parseCertificates(new TextEncoder().encode(pem.chainPem));
    const [leaf] = chain;
    const [pkcs8] = decodePem(pem.keyPem, "PRIVATE KEY");
    if (leaf === undefined || pkcs8 === undefined) {
      return failed({ code: "certificate.no-key" });
    }
    const key = importPrivateKey(pkcs8);
    const schemes = signingSchemes(leaf.publicKey, KEY_DECIDES);
    if (schemes.length === 0) {
      return failed({ code: "certificate.unsupported-key" });
    }
    if (!sameBytes(key.spki, leaf.spki)) {
      return failed({ code: "certificate.no-key" });
    }
    return success({
      organisation: organisationOf(leaf),
      chain,
      schemes,
      sign: (scheme, message) => Promise.resolve(success(key.sign(scheme, message))),
    });
  } catch (error) {
    if (error instanceof DerProblem || error instanceof TypeError) {
      return failed({ code: "certificate.broken-file" });
    }
    throw error;
  }
}

/** ETSI EN 319 412-3 4.2.1: a legal person's certificate has its name in organizationName. */
export const organisationOf = ({ subject }: Certificate): string =>
  nameValue(subject, OID.organization) ?? nameValue(subject, OID.commonName) ?? "?";
