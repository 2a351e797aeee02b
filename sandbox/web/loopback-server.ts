import { createServer as createHttpServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import type { BadCertificates, Handshakes } from "./handshakes.ts";
import { sendAnswer, sendNoise } from "./send-answer.ts";
import { resetsOf } from "./reset-connection.ts";
import type { ResetConnection } from "./reset-connection.ts";
import { spoilHandshakes } from "./spoil-handshakes.ts";

/** What a handler sees of a request. */
export interface WebRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** What a handler answers. `drop` cuts the connection instead of answering. */
export type WebAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
      /** Real milliseconds to wait before the answer leaves. */
      readonly delayMilliseconds?: number;
      /** Only half of it leaves before the connection is cut, or all of it in pieces over this many real milliseconds. */
      readonly leaves?: "half" | { readonly overMilliseconds: number };
    }
  | {
      readonly kind: "drop";
      readonly delayMilliseconds?: number;
      /** By a reset, or after bytes that are no HTTP. Absent: it just ends. */
      readonly how?: "reset" | "noise";
    };

export type WebHandler = (request: WebRequest) => Promise<WebAnswer>;

export interface LoopbackServerOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly tls?: {
    readonly keyPem: string;
    readonly certificatePem: string;
    /** When given, a client certificate under this CA is required; without one the handshake fails. */
    readonly clientCaPem?: string;
    /** Absent: the good one is shown. */
    readonly badPem?: BadCertificates;
  };
  /** Absent: no handshake is ever spoilt. */
  readonly handshakes?: Handshakes;
  /** Larger bodies are refused with 413. Default: 1 MiB. */
  readonly maximumBodyBytes?: number;
  readonly handle: WebHandler;
  readonly log: (line: string) => void;
}

export interface LoopbackServer {
  readonly port: number;
  close(): Promise<void>;
}

const usualBodyBytes = 1024 * 1024;

/** Starts a server on 127.0.0.1 and nowhere else. Rejects with the system's error when the port is taken. */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const ending = new AbortController();
  const listener: RequestListener = (request, response) => {
    void answerRequest(options, request, response, { ending: ending.signal, reset });
  };
  const server = makeServer(options, listener);
  const reset = resetsOf(server);
  spoilHandshakes(server, options);
  server.maxConnections = 200;
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  // A client without the required certificate, or one that hangs up, ends only its own connection.
  server.on("clientError", (_error, socket) => socket.destroy());
  server.on("tlsClientError", (error: Error) => options.log(`TLS handshake refused: ${error.message}`));
  const port = await listen(server, options.port);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        ending.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function makeServer(options: LoopbackServerOptions, listener: RequestListener): Server {
  const tls = options.tls;
  if (tls === undefined) return createHttpServer(listener);
  const mutual = tls.clientCaPem !== undefined;
  return createHttpsServer(
    {
      key: tls.keyPem,
      cert: tls.certificatePem,
      minVersion: "TLSv1.2",
      requestCert: mutual,
      rejectUnauthorized: mutual,
      ...(mutual ? { ca: [tls.clientCaPem] } : {}),
    },
    listener,
  );
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // SECURITY: practice keys and pretend approvals must never be reachable from another machine.
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") {
        reject(new Error("the server has no port"));
        return;
      }
      resolve(address.port);
    });
  });
}

async function answerRequest(
  options: LoopbackServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  { ending, reset }: { readonly ending: AbortSignal; readonly reset: ResetConnection },
): Promise<void> {
  try {
    const answer = await decideAnswer(options, request);
    if (answer.delayMilliseconds !== undefined && answer.delayMilliseconds > 0) {
      await delay(answer.delayMilliseconds, undefined, { signal: ending, ref: false });
    }
    if (answer.kind === "drop") {
      if (answer.how === "noise") sendNoise(request.socket);
      else if (answer.how === "reset") reset(request.socket);
      else request.socket.destroy();
      return;
    }
    await sendAnswer(request, response, answer, ending);
  } catch (error) {
    if (!ending.aborted) options.log(`request failed: ${error instanceof Error ? error.message : "unknown reason"}`);
    request.socket.destroy();
  }
}

async function decideAnswer(options: LoopbackServerOptions, request: IncomingMessage): Promise<WebAnswer> {
  const host = request.headers.host ?? "";
  // SECURITY: a page of another site whose name was pointed at 127.0.0.1 (DNS rebinding) sends its own host name.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host)) return textAnswer(421, "wrong host");
  const maximum = options.maximumBodyBytes ?? usualBodyBytes;
  const body = await readBody(request, maximum);
  if (body === null) return textAnswer(413, `body larger than ${maximum / 1024 / 1024} MiB`);
  const target = request.url ?? "/";
  const url = URL.parse(target.startsWith("/") ? `http://${host}${target}` : target);
  if (url === null) return textAnswer(400, "malformed address");
  return options.handle({ method: request.method ?? "GET", url, headers: request.headers, body });
}

async function readBody(request: IncomingMessage, maximum: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    size += bytes.length;
    // Read on, but keep nothing, so that the sender still gets its 413.
    if (size <= maximum) parts.push(bytes);
    if (size > 16 * maximum) throw new Error("body far too large");
  }
  return size > maximum ? null : Buffer.concat(parts);
}

export function textAnswer(status: number, text: string): WebAnswer {
  return { kind: "answer", status, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
}

export function jsonAnswer(status: number, value: unknown): WebAnswer {
  return { kind: "answer", status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

/** An answer without any body, as itsme gives for an unknown session (409). */
export function emptyAnswer(status: number): WebAnswer {
  return { kind: "answer", status, headers: {}, body: "" };
}

export function bytesAnswer(contentType: string, body: Uint8Array): WebAnswer {
  return { kind: "answer", status: 200, headers: { "content-type": contentType }, body };
}

export function redirectAnswer(location: string): WebAnswer {
  return { kind: "answer", status: 303, headers: { location }, body: "" };
}
