import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { CONTENT_SECURITY_POLICY } from "../../../electron/windows/policy/content-security-policy.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".gif": "image/gif",
  ".wasm": "application/wasm",
};

export interface WindowServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the built window on loopback, and the given PDF files by range under /harness-pdf/<name>. */
export async function serveWindow(folder: string, pdfFiles: Readonly<Record<string, string>>): Promise<WindowServer> {
  const server = createServer((request, response) => {
    answer(folder, pdfFiles, request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/index.html`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function answer(
  folder: string,
  pdfFiles: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
  if (pathname === "/favicon.ico") {
    response.writeHead(204).end();
    return;
  }
  const pdf = pathname.startsWith("/harness-pdf/") ? pdfFiles[pathname.slice("/harness-pdf/".length)] : undefined;
  const file = pdf ?? path.join(folder, path.normalize(pathname));
  const { size } = await stat(file);
  const range = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? "");
  const headers = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
    "x-content-type-options": "nosniff",
  };
  if (range === null) {
    response.writeHead(200, { ...headers, "content-length": size });
    createReadStream(file).pipe(response);
    return;
  }
  const start = Number(range[1]);
  const end = Math.min(Number(range[2]), size - 1);
  response.writeHead(206, { ...headers, "content-length": end - start + 1 });
  createReadStream(file, { start, end }).pipe(response);
}
