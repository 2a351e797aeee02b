import { isIP } from "node:net";
import type { Socket } from "node:net";
import { connect } from "node:tls";
import type { PeerCertificate, SecureContext, TLSSocket } from "node:tls";
import type { Failure } from "../../shared/failure.ts";
import { CHECKED } from "./open-dispatcher.ts";
import { codeOf, isServerCertificate, transportFailure } from "./transport-failure.ts";

export interface ServerFacts {
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly validUntil: string;
  /** "TLSv1.3". */
  readonly protocol: string;
}

export type TlsFinding =
  | { readonly kind: "good"; readonly server: ServerFacts }
  /** The server's certificate does not hold; what it says of itself is told all the same. */
  | { readonly kind: "bad"; readonly failure: Failure; readonly server: ServerFacts | null }
  /** The server ended the handshake because of our client certificate, or because there is none. */
  | { readonly kind: "client-certificate"; readonly failure: Failure }
  /** Our own certificate and key cannot be used. */
  | { readonly kind: "own-certificate"; readonly failure: Failure };

/** A handshake on a connection that is there already; nothing is sent afterwards, and the connection is ended. */
export function probeTls(
  socket: Socket,
  { host, context, limit }: { readonly host: string; readonly context: SecureContext; readonly limit: number },
): Promise<TlsFinding> {
  return new Promise((resolve) => {
    const secure = connect({
      socket,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      secureContext: context,
      ...CHECKED,
    });
    // Before the certificate is judged: one that is refused is gone with the connection.
    let server: ServerFacts | null = null;
    secure.prependListener("secure", () => {
      server = factsOf(secure);
    });
    const settle = (finding: TlsFinding): void => {
      clearTimeout(timer);
      secure.on("error", () => undefined);
      secure.destroy();
      socket.destroy();
      resolve(finding);
    };
    const timer = setTimeout(
      () => settle(bad({ code: "connection.tls-silent", params: { host, reason: "timeout" } })),
      limit,
    );
    secure.once("secureConnect", () => settle({ kind: "good", server: server ?? factsOf(secure) }));
    secure.once("error", (problem) => settle(broken(problem, host, server)));
    secure.once("close", () => settle(bad({ code: "connection.tls-cut", params: { host, reason: "closed" } })));
  });
}

const bad = (failure: Failure, server: ServerFacts | null = null): TlsFinding => ({ kind: "bad", failure, server });

/** X509_V_ERR_*, as Node spells them. */
function codeFor(reason: string): Failure["code"] {
  if (reason === "CERT_HAS_EXPIRED" || reason === "CERT_NOT_YET_VALID") {
    return "connection.server-expired";
  }
  if (reason === "ERR_TLS_CERT_ALTNAME_INVALID" || reason === "HOSTNAME_MISMATCH") {
    return "connection.server-name";
  }
  return /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/u.test(reason) ? "connection.server-unknown" : "provider.tls";
}

function broken(problem: unknown, host: string, server: ServerFacts | null): TlsFinding {
  const failure = transportFailure(problem, host);
  if (failure.code === "provider.client-certificate") {
    return { kind: "client-certificate", failure };
  }
  const reason = codeOf(problem);
  if (reason === "ECONNRESET" || reason === "EPIPE") {
    return bad({ code: "connection.tls-cut", params: { host, reason } });
  }
  if (failure.code !== "provider.tls") {
    return bad(failure);
  }
  if (isServerCertificate(reason)) {
    const { subject = "", issuer = "", validUntil: until = "" } = server ?? {};
    return bad({ code: codeFor(reason), params: { host, reason, subject, issuer, until } }, server);
  }
  const isRefused = /HANDSHAKE_FAILURE|ALERT_PROTOCOL_VERSION|INSUFFICIENT_SECURITY/u.test(reason);
  return bad({ ...failure, code: isRefused ? "connection.handshake" : "connection.no-tls" });
}

function factsOf(secure: TLSSocket): ServerFacts {
  const { subject, issuer, valid_to: until } = secure.getPeerCertificate() as Partial<PeerCertificate>;
  const time = new Date(until ?? "");
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validUntil: Number.isNaN(time.getTime()) ? "" : time.toISOString(),
    protocol: secure.getProtocol() ?? "",
  };
}

function nameOf(name: PeerCertificate["subject"] | undefined): string {
  const text = [name?.CN, name?.O].flat().find((part) => typeof part === "string" && part !== "");
  return (text ?? "").slice(0, 200);
}
