import { createCipheriv } from "node:crypto";
import type { FaultQueue } from "../control/faults.ts";
import { hasBasicAuth } from "../web/basic-auth.ts";
import { textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebHandler } from "../web/loopback-server.ts";
import { badRequest } from "./api-call.ts";
import type { ApiCall } from "./api-call.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import { orderCalls } from "./order-calls.ts";
import { resultCalls } from "./result-calls.ts";
import { tanCalls } from "./tan-calls.ts";
import { accountCalls } from "./account-calls.ts";

/** Path below the origin. */
export const idnowBasePath = "/api/2.10";

const calls: ReadonlyMap<string, ApiCall> = new Map(
  Object.entries({ ...orderCalls, ...resultCalls, ...tanCalls, ...accountCalls }),
);

/** The customer API with Basic authentication. */
export function idnowApiHandler(room: IdnowRoom, faults: FaultQueue): WebHandler {
  return async (request) => {
    const path = request.url.pathname;
    if (!path.startsWith(`${idnowBasePath}/`)) return textAnswer(404, "nothing here");
    const [name = "", ...encoded] = path.slice(idnowBasePath.length).split("/").filter(Boolean);
    const call = calls.get(name);
    if (call === undefined) return textAnswer(404, "nothing here");
    if (request.method !== call.method) return textAnswer(405, `${name} is a ${call.method}`);
    const parts = decoded(encoded);
    if (parts === null) return badRequest("malformed address");
    return faults.apply(call.name, async () => {
      if (call.open !== true && !hasBasicAuth(request, room.account)) return unauthorized();
      const answer = await call.work(room, request, parts);
      return parts.includes("crypt") ? encrypted(room, answer) : answer;
    });
  };
}

function decoded(parts: readonly string[]): readonly string[] | null {
  try {
    return parts.map((part) => decodeURIComponent(part));
  } catch {
    return null;
  }
}

function unauthorized(): WebAnswer {
  return {
    kind: "answer",
    status: 401,
    headers: { "www-authenticate": 'Basic realm="IDnow practice", charset="UTF-8"', "content-type": "text/plain" },
    body: "Authentication failed",
  };
}

const ivBytes = 23;

/** `/crypt`: AES-256-GCM with an IV of 23 bytes in front; tag of 16 bytes behind, no additional data. The type stays. */
function encrypted(room: IdnowRoom, answer: WebAnswer): WebAnswer {
  if (answer.kind === "drop" || answer.status !== 200) return answer;
  const { cryptKeyHex } = room.account;
  if (cryptKeyHex === null) return badRequest("encryption is not set up for this account");
  const iv = room.random(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(cryptKeyHex, "hex"), iv);
  const content = typeof answer.body === "string" ? Buffer.from(answer.body, "utf8") : answer.body;
  const body = Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  if (room.flaws.crypt === "wrong-tag") body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1);
  return { ...answer, body };
}
