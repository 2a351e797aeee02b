import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { WebAnswer } from "./loopback-server.ts";

const PIECES = 10;

/** Sends an answer as it leaves: at once, in pieces, or only its first half. Rejects when the sandbox ends meanwhile. */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Extract<WebAnswer, { readonly kind: "answer" }>,
  ending: AbortSignal,
): Promise<void> {
  const body = typeof answer.body === "string" ? Buffer.from(answer.body, "utf8") : answer.body;
  const { leaves } = answer;
  response.writeHead(answer.status, {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...answer.headers,
    // Also half of nothing is less than was announced.
    "content-length": String(leaves === "half" ? Math.max(body.length, 2) : body.length),
  });
  if (leaves === "half") {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroy());
    return;
  }
  if (leaves !== undefined) {
    const size = Math.max(1, Math.ceil(body.length / PIECES));
    for (let at = 0; at < body.length && !request.socket.destroyed; at += size) {
      response.write(body.subarray(at, at + size));
      await delay(leaves.overMilliseconds / PIECES, undefined, { signal: ending, ref: false });
    }
    response.end();
    return;
  }
  response.end(request.method === "HEAD" ? undefined : body);
}

/** What no client can take for an answer. */
export function sendNoise(socket: Socket): void {
  socket.end(randomBytes(512), () => socket.destroy());
}
