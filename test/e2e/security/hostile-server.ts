import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TlsIdentity } from "../harness/tls-identity.ts";

export interface HostileServer {
  /** Without a slash at the end. */
  readonly origin: string;
  /** Method and path of every request so far. */
  readonly requests: string[];
  /** Number of connections so far, also of those on which nothing was asked. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** Pages at fixed places; `say` answers everything else with its own query: `/say?status=302&location=…&body=…`. */
const PAGES: Readonly<Record<string, Answer>> = {
  "/blank": (_request, response) => html(response, "<title>Provider</title><p>ready</p>"),
  "/redirect": (_request, response, url) =>
    void response.writeHead(302, { location: url.searchParams.get("to") ?? "" }).end(),
  "/meta": (_request, response, url) =>
    html(
      response,
      `<meta http-equiv="refresh" content="0;url=${escape(url.searchParams.get("to") ?? "")}"><p>meta</p>`,
    ),
  "/frame": (_request, response, url) =>
    html(response, `<p>frame</p><iframe id="frame" src="${escape(url.searchParams.get("to") ?? "")}"></iframe>`),
  "/password": (request, response) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="Type your password"', "content-type": "text/html" });
      response.end("<p>refused</p>");
      return;
    }
    html(response, "<p>let in</p>");
  },
  "/attachment": (_request, response) =>
    void response
      .writeHead(200, { "content-disposition": 'attachment; filename="contract.pdf.exe"', "content-type": "text/html" })
      .end("MZ"),
  "/worker.js": (_request, response) =>
    void response
      .writeHead(200, { "content-type": "text/javascript" })
      .end("self.addEventListener('fetch', () => {}); self.skipWaiting();"),
  "/huge": (_request, response) => html(response, `<p>huge</p>${"<b>x</b>".repeat(60_000)}`),
};

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html>${body}`);
}

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** A server that does everything to a window that it can think of. Without an identity it speaks plain HTTP. */
export async function startHostile(identity: TlsIdentity | null): Promise<HostileServer> {
  const requests: string[] = [];
  let connections = 0;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(`${request.method} ${request.url}`);
    const url = new URL(request.url ?? "/", "http://loopback");
    (PAGES[url.pathname] ?? PAGES["/blank"])?.(request, response, url);
  };
  const server: Server =
    identity === null ? createServer(answer) : createTlsServer({ key: identity.key, cert: identity.chain }, answer);
  server.on("connection", () => (connections += 1));
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${identity === null ? "http" : "https"}://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
