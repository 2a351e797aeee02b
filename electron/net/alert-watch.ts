import type { buildConnector } from "undici";

/**
 * With TLS 1.3 the client's handshake is over before the server has looked at the client certificate (RFC 8446
 * section 4.4.2.4), so a refusal arrives as an alert on a connection already in use. undici then reports only "other
 * side closed"; this connector remembers the alert.
 */
export interface AlertWatch {
  readonly connect: buildConnector.connector;
  /** The alert that last closed a connection of this client, once; null when there was none. */
  take(): string | null;
}

export function watchAlerts(connect: buildConnector.connector): AlertWatch {
  let alert: string | null = null;
  return {
    connect: (target, callback) =>
      connect(target, (...outcome) => {
        outcome[1]?.once("error", (error: Error & { readonly code?: string }) => {
          if (error.code?.startsWith("ERR_SSL_") === true) {
            alert = error.code;
          }
        });
        callback(...outcome);
      }),
    take() {
      const taken = alert;
      alert = null;
      return taken;
    },
  };
}
