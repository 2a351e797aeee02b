import type { Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { Socket } from "node:net";

/** Ends the connection of a request by a reset (RFC 9293 3.10.7: the other end is told that it failed). */
export type ResetConnection = (socket: Socket) => void;

/** A TLS socket cannot be reset, only the plain one below it, so those are kept while they are open. */
export function resetsOf(server: HttpServer | HttpsServer): ResetConnection {
  const open = new Map<number, Socket>();
  server.prependListener("connection", (socket: Socket) => {
    const port = socket.remotePort;
    if (port === undefined) return;
    open.set(port, socket);
    socket.once("close", () => open.delete(port));
  });
  return (socket) => {
    open.get(socket.remotePort ?? 0)?.resetAndDestroy();
    socket.destroy();
  };
}
