import type { CertificateFacts } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { CertificatePurpose } from "../../../shared/profiles.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { ClientIdentity } from "../../net/http-client.ts";
import { openSecureContext } from "../../net/secure-context.ts";
import { parseCertificate, parseCertificates } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { encodePem } from "../../pki/pem.ts";
import { openPem } from "../../providers/certificate/open-pem.ts";
import { openPkcs12Key } from "../../providers/certificate/open-pkcs12.ts";
import type { OpenedKey } from "../../providers/certificate/open-pkcs12.ts";
import { sealFromPem } from "../signing/evidence/organisation-seal.ts";
import { describeCertificate } from "../signing/certificate-choice.ts";

export interface ReadIdentity {
  /** SECURITY: with the private key. */
  readonly identity: ClientIdentity;
  readonly facts: CertificateFacts;
}

/** Many letters bring the certificate and its key as two files. */
const MAXIMUM_FILES = 4;

/**
 * A client certificate with its key, from a PKCS#12 file or from PEM (one file or several).
 *
 * @param password null: none was asked for yet; `certificate.wrong-password` then means that one is needed
 */
export function readClientCertificate(
  files: readonly Uint8Array[],
  password: string | null,
  purpose: CertificatePurpose = "client",
): Result<ReadIdentity, Failure> {
  const [first] = files;
  if (first === undefined || files.length > MAXIMUM_FILES) {
    return failed({ code: "certificate.no-key" });
  }
  const isPkcs12 = files.length === 1 && !isPem(first);
  const opened = isPkcs12
    ? openPkcs12Key(first, password ?? "", purpose === "client" ? "client" : "signing")
    : openPem(pemOf(files), password);
  if (!opened.ok) {
    return opened;
  }
  try {
    return identityOf(opened.value, purpose);
  } finally {
    opened.value.key.wipe();
  }
}

function identityOf({ key, chain }: OpenedKey, purpose: CertificatePurpose): Result<ReadIdentity, Failure> {
  const [leaf] = chain;
  if (leaf === undefined) {
    return failed({ code: "certificate.no-key" });
  }
  const pkcs8 = key.exportPkcs8();
  const identity = {
    certificatePem: chain.map(({ der }) => encodePem("CERTIFICATE", der)).join(""),
    keyPem: encodePem("PRIVATE KEY", pkcs8),
  };
  pkcs8.fill(0);
  const usable = purpose === "client" ? opensConnections(identity) : sealFromPem(sealPem(identity));
  return usable.ok ? success({ identity, facts: describeCertificate(leaf) }) : usable;
}

/** Whether TLS can work with this key is found out now, not at the first signature. */
function opensConnections(identity: ClientIdentity): Result<null, Failure> {
  try {
    openSecureContext({ clientCertificate: identity, onlyCaPem: [] });
    return success(null);
  } catch {
    return failed({ code: "certificate.unsupported-key" });
  }
}

/** The same in the words of a seal. */
export const sealPem = ({ certificatePem, keyPem }: ClientIdentity) => ({ chainPem: certificatePem, keyPem });

/**
 * Certificates of authorities from a PEM or DER file, each written anew. SECURITY: whatever else stands in the file, a key for
 * example, stays there. Null: there is none.
 */
export function readAuthorities(
  file: Uint8Array,
): readonly { readonly pem: string; readonly facts: CertificateFacts }[] | null {
  try {
    const certificates = parseCertificates(file);
    return certificates.length === 0
      ? null
      : certificates.map((certificate) => ({
          pem: encodePem("CERTIFICATE", certificate.der),
          facts: describeCertificate(certificate),
        }));
  } catch (problem) {
    if (problem instanceof DerProblem) {
      return null;
    }
    throw problem;
  }
}

const isPem = (file: Uint8Array): boolean => Buffer.from(file).includes("-----BEGIN ");

/** One text; certificates that came as DER are put beside. */
function pemOf(files: readonly Uint8Array[]): string {
  return files.map((file) => (isPem(file) ? new TextDecoder("latin1").decode(file) : derAsPem(file))).join("\n");
}

function derAsPem(file: Uint8Array): string {
  const certificate = certificateOf(file);
  return certificate === null ? "" : encodePem("CERTIFICATE", certificate.der);
}

function certificateOf(file: Uint8Array): Certificate | null {
  try {
    return parseCertificate(file);
  } catch (problem) {
    if (problem instanceof DerProblem) {
      return null;
    }
    throw problem;
  }
}
