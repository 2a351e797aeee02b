import { parseCertificate } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { isSignedBy } from "../../pki/path.ts";
import { decodePem } from "../../pki/pem.ts";

/** What Electron's certificate check takes: 0 trusts, -2 refuses, -3 leaves it to the system. */
export type CertificateTrust = (host: string, certificate: { readonly data: string }) => 0 | -2 | -3;

const LOOPBACK_HOSTS: readonly string[] = ["localhost", "127.0.0.1"];

export const systemTrustOnly: CertificateTrust = () => -3;

/**
 * SECURITY: practice pages come from this computer with a certificate of the practice CA. That CA is accepted for
 * loopback hosts only, in the provider's own session only; every other certificate is the system's to judge.
 */
export function practiceTrust(practiceCaPem: () => string | null): CertificateTrust {
  return (host, certificate) => {
    const ca = practiceCaPem();
    if (ca === null || !LOOPBACK_HOSTS.includes(host)) {
      return -3;
    }
    const anchors = decodePem(ca, "CERTIFICATE").map(parseCertificate);
    const leaf = parsed(certificate.data);
    return leaf !== null && anchors.some((anchor) => isSignedBy(leaf, anchor)) ? 0 : -2;
  };
}

function parsed(pem: string): Certificate | null {
  try {
    const [first] = decodePem(pem, "CERTIFICATE");
    return first === undefined ? null : parseCertificate(first);
  } catch {
    return null;
  }
}
