import { createHash } from "node:crypto";
import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect } from "node:tls";
import type { WebContents } from "../api/web-contents.ts";
import { app } from "../api/app.ts";
import { cancellableEvent } from "../runtime/cancellable-event.ts";
import type { CdpSession } from "../cdp/connection.ts";
import type { CertificateError } from "../cdp/protocol.ts";
import { netErrorCode } from "./net-errors.ts";

/** Electron's Certificate structure, as far as it is filled here. */
export interface CertificateDetails {
  /** PEM. */
  readonly data: string;
  /** `sha256/` and the Base64 of the certificate's SHA-256. */
  readonly fingerprint: string;
  readonly subjectName: string;
  readonly issuerName: string;
  readonly serialNumber: string;
  /** Seconds since 1970. */
  readonly validStart: number;
  readonly validExpiry: number;
  readonly issuerCert?: CertificateDetails;
}

export interface VerifyRequest {
  readonly hostname: string;
  readonly certificate: CertificateDetails;
  readonly validatedCertificate: CertificateDetails;
  readonly isIssuedByKnownRoot: boolean;
  readonly verificationResult: string;
  readonly errorCode: number;
}

/** 0 accepts, -2 refuses, -3 keeps Chromium's own opinion (which is a refusal whenever we are asked). */
export type CertificateVerifyProc = (request: VerifyRequest, callback: (verificationResult: number) => void) => void;

/** Asks the app about certificates that Chromium does not accept; what it does not allow stays refused. */
export async function watchCertificates(contents: WebContents, cdp: CdpSession): Promise<void> {
  const answer = async (problem: CertificateError): Promise<void> => {
    const accepted = await judge(contents, problem).catch(() => false);
    const action = accepted ? "continue" : "cancel";
    await cdp.send("Security.handleCertificateError", { eventId: problem.eventId, action }).catch(() => {});
  };
  cdp.on("Security.certificateError", (problem) => void answer(problem));
  await cdp.send("Security.enable");
  await cdp.send("Security.setOverrideCertificateErrors", { override: true });
}

async function judge(contents: WebContents, error: CertificateError): Promise<boolean> {
  const url = new URL(error.requestURL);
  const verificationResult = `net::${error.errorType.replace("net::", "")}`;
  const certificate = await peerCertificate(url);
  contents.refusedCertificate = error.errorType;
  if (certificate === undefined) return false;
  const verify = contents.session.certificateVerifyProc;
  if (verify) {
    const verdict = await new Promise<number>((resolve) => {
      const request = {
        hostname: url.hostname,
        certificate,
        validatedCertificate: certificate,
        isIssuedByKnownRoot: false,
        verificationResult,
        errorCode: netErrorCode(error.errorType),
      };
      verify(request, resolve);
    });
    contents.refusedCertificate = verdict === 0 ? undefined : verdict === -2 ? "ERR_FAILED" : error.errorType;
    if (verdict === 0 || verdict === -2) return verdict === 0;
  }
  return new Promise((resolve) => {
    const event = cancellableEvent({});
    app.emit("certificate-error", event, contents, error.requestURL, verificationResult, certificate, resolve, true);
    if (!event.defaultPrevented) resolve(false);
  });
}

/**
 * Chromium does not show the certificate, so the server is asked for it once more. SECURITY: a server could show a
 * different one to us than to Chromium; that is why the stand-in is for development and tests only.
 */
function peerCertificate(url: URL): Promise<CertificateDetails | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect(
      // Nothing is trusted here: the certificate is only read, and judged by the app.
      { host, port: Number(url.port || 443), rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) },
      () => {
        const chain = certificateChain(socket.getPeerX509Certificate());
        socket.destroy();
        resolve(chain);
      },
    );
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on("error", () => resolve(undefined)).on("close", () => resolve(undefined));
  });
}

function certificateChain(certificate: X509Certificate | undefined): CertificateDetails | undefined {
  if (certificate === undefined) return undefined;
  const issuer = certificate.issuerCertificate;
  const selfSigned = issuer === undefined || issuer.fingerprint256 === certificate.fingerprint256;
  const issuerCert = selfSigned ? undefined : certificateChain(issuer);
  return {
    data: certificate.toString(),
    fingerprint: `sha256/${createHash("sha256").update(certificate.raw).digest("base64")}`,
    subjectName: commonName(certificate.subject),
    issuerName: commonName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    validStart: certificate.validFromDate.getTime() / 1000,
    validExpiry: certificate.validToDate.getTime() / 1000,
    ...(issuerCert ? { issuerCert } : {}),
  };
}

function commonName(name: string | undefined): string {
  return /^CN=(.*)$/m.exec(name ?? "")?.[1] ?? name ?? "";
}
