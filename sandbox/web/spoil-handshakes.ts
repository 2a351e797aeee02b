import type { Server as HttpServer } from "node:http";
import { Server as TlsServer } from "node:tls";
import type { Server as HttpsServer } from "node:https";
import type { Socket } from "node:net";
import type { LoopbackServerOptions } from "./loopback-server.ts";

/** Lets connections of this server come to nothing when that is their turn. */
export function spoilHandshakes(
  server: HttpServer | HttpsServer,
  { handshakes, tls }: Pick<LoopbackServerOptions, "handshakes" | "tls">,
): void {
  if (handshakes === undefined) return;
  let shown = tls?.certificatePem;
  // Before the server's own listener, which takes the certificate that is set by then.
  server.prependListener("connection", (socket: Socket) => {
    const bad = handshakes.take(tls !== undefined);
    if (bad === "reset") {
      socket.on("error", () => undefined).resetAndDestroy();
      return;
    }
    if (!(server instanceof TlsServer) || tls === undefined) return;
    const certificate = (bad === null ? undefined : tls.badPem?.[bad]) ?? tls.certificatePem;
    if (certificate === shown) return;
    shown = certificate;
    server.setSecureContext({
      key: tls.keyPem,
      cert: certificate,
      minVersion: "TLSv1.2",
      ...(tls.clientCaPem === undefined ? {} : { ca: [tls.clientCaPem] }),
    });
  });
}
