import { createServer as createHttpServer, request as forward } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server as TcpServer, Socket } from "node:net";

export interface ProxyRecord {
  /** The request line's target, as the proxy saw it. */
  readonly target: string;
  readonly method: string;
  readonly authorization: string | undefined;
}

export interface ProxyRules {
  /** The Proxy-Authorization that it wants. */
  readonly wants?: string;
  /** Answers every request, and every CONNECT, with this status. */
  readonly refuses?: number;
  /** Where names lead: everything ends on this computer. */
  readonly ports: Readonly<Record<string, number>>;
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface SmallProxy {
  readonly server: Server;
  readonly seen: readonly ProxyRecord[];
}

/** An HTTP proxy by the book (RFC 9110 9.3.6, RFC 9112 3.2.2), for names that exist in the test only. */
export function smallProxy(rules: ProxyRules): SmallProxy {
  const seen: ProxyRecord[] = [];
  const judge = (target: string, method: string, authorization: string | undefined): number => {
    seen.push({ target, method, authorization });
    return rules.wants !== undefined && authorization !== rules.wants ? 407 : (rules.refuses ?? 200);
  };
  const onRequest: RequestListener = (request, response) => {
    const status = judge(request.url ?? "", request.method ?? "", request.headers["proxy-authorization"]);
    const url = URL.parse(request.url ?? "");
    const port = rules.ports[url?.host ?? ""];
    if (status !== 200 || url === null || port === undefined) {
      response.writeHead(status === 200 ? 502 : status).end();
      return;
    }
    const { "proxy-authorization": _secret, ...headers } = request.headers;
    const onward = forward({
      host: "127.0.0.1",
      port,
      path: url.pathname + url.search,
      method: request.method,
      headers,
    });
    onward.on("response", (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers)));
    request.pipe(onward);
  };
  const server =
    rules.tls === undefined
      ? createHttpServer(onRequest)
      : (createHttpsServer(rules.tls, onRequest) as unknown as Server);
  server.on("connect", (request, socket: Socket) => {
    const status = judge(request.url ?? "", "CONNECT", request.headers["proxy-authorization"]);
    const port = rules.ports[request.url ?? ""];
    socket.on("error", () => undefined);
    if (status !== 200 || port === undefined) {
      socket.end(`HTTP/1.1 ${status === 200 ? 502 : status} no\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
  });
  return { server, seen };
}

/** A SOCKS5 proxy (RFC 1928), with or without a name and password (RFC 1929). */
export function smallSocks(rules: {
  readonly ports: Readonly<Record<string, number>>;
  readonly wants?: { readonly user: string; readonly password: string };
  /** REP of RFC 1928 section 6; 0 lets through. */
  readonly reply?: number;
}): { readonly server: TcpServer; readonly seen: readonly string[] } {
  const seen: string[] = [];
  const server = createTcpServer((socket) => {
    let state: "greeting" | "password" | "request" | "open" = "greeting";
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => {
      if (state === "greeting") {
        state = rules.wants === undefined ? "request" : "password";
        socket.write(Buffer.from([5, rules.wants === undefined ? 0 : 2]));
      } else if (state === "password") {
        const user = bytes.subarray(2, 2 + (bytes[1] ?? 0)).toString();
        const password = bytes.subarray(3 + user.length).toString();
        const right = user === rules.wants?.user && password === rules.wants.password;
        state = "request";
        socket.write(Buffer.from([1, right ? 0 : 1]));
      } else if (state === "request") {
        const length = bytes[4] ?? 0;
        const target = `${bytes.subarray(5, 5 + length).toString()}:${bytes.readUInt16BE(5 + length)}`;
        seen.push(target);
        const reply = rules.reply ?? 0;
        const port = rules.ports[target];
        state = "open";
        if (reply !== 0 || port === undefined) {
          socket.end(Buffer.from([5, reply === 0 ? 4 : reply, 0, 1, 0, 0, 0, 0, 0, 0]));
          return;
        }
        socket.removeAllListeners("data");
        const upstream = connect(port, "127.0.0.1", () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on("error", () => socket.destroy());
      }
    });
  });
  return { server, seen };
}

export const portOf = (server: TcpServer): number => (server.address() as AddressInfo).port;
