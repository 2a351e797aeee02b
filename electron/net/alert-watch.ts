import { buildConnector } from "undici";

type ConnectorOptions = Parameters<typeof buildConnector>[0];

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

export function watchAlerts(options: ConnectorOptions): AlertWatch {
  const connect = buildConnector(options);
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
