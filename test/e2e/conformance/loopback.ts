import { createServer as createPlainServer } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeTlsIdentity } from "../harness/tls-identity.ts";

/** A server on loopback for one test. */
export interface Loopback {
  /** Without a slash at the end. */
  readonly origin: string;
  /** Method and path of every request so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** The pages that a provider's server might send: forms, redirects, links and popups, towards `return`. */
function answer(request: IncomingMessage): {
  readonly status: number;
  readonly headers?: object;
  readonly body?: string;
} {
  const url = new URL(request.url ?? "/", "http://loopback");
  const target = url.searchParams.get("return") ?? "";
  switch (url.pathname) {
    case "/redirect":
      return { status: 302, headers: { location: `${target}?code=redirect` } };
    case "/two-steps":
      return { status: 303, headers: { location: `/redirect?return=${encodeURIComponent(target)}` } };
    case "/form":
      return {
        status: 200,
        body: `<form method="post" action="${target}"><input name="code" value="form"><button>send</button></form>`,
      };
    case "/links":
      return {
        status: 200,
        body: `<a id="link" href="${target}?code=link">link</a><a id="popup" target="_blank" href="/popup">popup</a>`,
      };
    case "/frame":
      return { status: 200, body: `<iframe src="${target}"></iframe>` };
    case "/download":
      return { status: 200, headers: { "content-disposition": "attachment; filename=file.bin" }, body: "bytes" };
    case "/cookie":
      return { status: 200, headers: { "set-cookie": "who=me; Path=/" }, body: "set" };
    case "/password": {
      const { authorization } = request.headers;
      return authorization === undefined
        ? { status: 401, headers: { "www-authenticate": 'Basic realm="conformance"' }, body: "refused" }
        : { status: 200, body: `let in with ${authorization}` };
    }
    default:
      return { status: 200, body: `<p id="cookies">${request.headers.cookie ?? "none"}</p>` };
  }
}

async function listen(scheme: string, make: (listener: RequestListener) => Server): Promise<Loopback> {
  const requests: string[] = [];
  const server = make((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { status, headers, body } = answer(request);
    response.writeHead(status, { "content-type": "text/html", ...headers }).end(body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function startPlain(): Promise<Loopback> {
  return listen("http", (listener) => createPlainServer(listener));
}

/** With a certificate for 127.0.0.1 under a root that nobody trusts; also answers that root's name. */
export async function startTls(): Promise<Loopback & { readonly rootName: string }> {
  const { rootName, key, chain } = makeTlsIdentity("127.0.0.1", "Conformance Root");
  const server = await listen("https", (listener) => createTlsServer({ key, cert: chain }, listener));
  return { ...server, rootName };
}
