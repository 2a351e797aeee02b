import { type Certificate, parseCertificate } from "./certificate.ts";
import { KnownBytes } from "./known-bytes.ts";

const certificates = new KnownBytes(256, parseCertificate);

/** As `parseCertificate`, but a certificate that was met lately is the same object again, in every file. Not to be written to. */
export const knownCertificate = (der: Uint8Array): Certificate => certificates.of(der);
