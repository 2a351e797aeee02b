import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { buildConnector } from "undici";
import { ProxyProblem } from "./proxy-problem.ts";
import { hostPort } from "./proxy-route.ts";
import type { ProxyServer } from "./proxy-route.ts";
import { codeOf, isServerCertificate } from "./transport-failure.ts";

type Connector = buildConnector.connector;
type Options = buildConnector.Options;

export interface ProxyConnectorParts {
  readonly route: ProxyServer;
  /** Opens the connection to the proxy itself: without our client certificate, and with the system's trust. */
  readonly toProxy: Connector;
  /** TLS with the server, through the tunnel. */
  readonly toServer: Connector;
  readonly timeoutMilliseconds: number;
}

/** SECURITY: an answer to CONNECT has no business being longer. */
const MAXIMUM_HEADER = 16 * 1024;

/**
 * Connections by way of an HTTP proxy: a tunnel for https (RFC 9110 9.3.6), the connection to the proxy itself for http,
 * on which requests then go in absolute form (RFC 9112 3.2.2): many proxies refuse tunnels to port 80, where OCSP
 * responders and lists are.
 */
export function proxyConnector(parts: ProxyConnectorParts): Connector {
  const { toServer } = parts;
  return (options, callback) =>
    answerWith(openThrough(parts, options), (...[error, socket]) => {
      if (error === null && options.protocol === "https:") {
        toServer({ ...options, httpSocket: socket }, callback);
      } else if (error === null) {
        callback(null, socket);
      } else {
        callback(error, null);
      }
    });
}

/** undici's connectors take a callback. */
export function answerWith(connection: Promise<Socket>, callback: buildConnector.Callback): void {
  connection.then(
    (socket) => callback(null, socket),
    (error: unknown) => callback(error instanceof Error ? error : new Error("no connection"), null),
  );
}

/** The connection on which TLS with the server begins, or plain requests to the proxy. Throws a `ProxyProblem`. */
export async function openThrough(
  parts: Omit<ProxyConnectorParts, "toServer">,
  options: Pick<Options, "protocol" | "hostname" | "port">,
): Promise<Socket> {
  const socket = await connectToProxy(parts);
  if (options.protocol === "https:") {
    try {
      await openTunnel(socket, parts, options);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }
  return socket;
}

/** The plain or secure connection to a proxy; what fails is the proxy's problem, not the server's. */
export function connectToProxy({
  route,
  toProxy,
}: Pick<ProxyConnectorParts, "route" | "toProxy">): Promise<Socket | TLSSocket> {
  const { host, kind, port } = route;
  const target = {
    hostname: host,
    host: hostPort(route),
    protocol: kind === "https" ? "https:" : "http:",
    port: String(port),
    servername: host,
  };
  return new Promise((resolve, reject) => {
    toProxy(target, (...[error, socket]) => {
      if (error === null) {
        resolve(socket);
        return;
      }
      const code = codeOf(error) || "unknown";
      const isTls = isServerCertificate(code) || code.startsWith("ERR_SSL_") || code === "EPROTO";
      reject(new ProxyProblem(isTls ? "tls" : "unreachable", hostPort(route), code));
    });
  });
}

/** `Proxy-Authorization` (RFC 7617), when the proxy's address has a name and password. */
export function proxyAuthorization({ credentials }: ProxyServer): Readonly<Record<string, string>> {
  if (credentials === null) {
    return {};
  }
  const text = Buffer.from(`${credentials.user}:${credentials.password}`, "utf8").toString("base64");
  return { "proxy-authorization": `Basic ${text}` };
}

function openTunnel(
  socket: Socket,
  parts: Omit<ProxyConnectorParts, "toServer">,
  { hostname, port }: Pick<Options, "hostname" | "port">,
): Promise<void> {
  const { route, timeoutMilliseconds } = parts;
  const authority = hostPort({ host: hostname.replace(/^\[(.*)\]$/u, "$1"), port: port === "" ? 443 : Number(port) });
  const headers = Object.entries({ host: authority, ...proxyAuthorization(route) });
  return new Promise((resolve, reject) => {
    const settle = (problem: ProxyProblem | null): void => {
      clearTimeout(timer);
      socket.removeListener("data", onData).removeListener("error", onError).removeListener("close", onError);
      socket.pause();
      if (problem === null) {
        resolve();
      } else {
        // What still comes from a connection that is given up is nobody's concern.
        socket.on("error", () => undefined);
        reject(problem);
      }
    };
    const fail = (kind: ProxyProblem["kind"], detail: string): void =>
      settle(new ProxyProblem(kind, hostPort(route), detail));
    const timer = setTimeout(() => fail("unreachable", "timeout"), timeoutMilliseconds);
    // As when it does not answer at all: another proxy of the list may.
    const onError = (): void => fail("unreachable", "closed");
    let answer = "";
    const onData = (part: Buffer): void => {
      answer += part.toString("latin1");
      const end = answer.indexOf("\r\n\r\n");
      if (end < 0 && answer.length <= MAXIMUM_HEADER) {
        return;
      }
      const status = Number(/^HTTP\/1\.[01] (\d{3})/u.exec(answer)?.[1] ?? Number.NaN);
      if (end < 0 || Number.isNaN(status)) {
        fail("refused", "not-http");
      } else if (status === 407) {
        fail("credentials", "407");
      } else if (status < 200 || status > 299) {
        fail("refused", String(status));
      } else if (answer.length > end + 4) {
        // SECURITY: the server speaks after us in TLS; whatever comes before is the proxy's own.
        fail("refused", "not-http");
      } else {
        settle(null);
      }
    };
    socket.on("data", onData).on("error", onError).on("close", onError);
    socket.write(
      `CONNECT ${authority} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
    );
  });
}
