import type { FaultQueue, SandboxOperation } from "../control/faults.ts";
import { makeRoom } from "../make-room.ts";
import { readJson } from "../web/json-body.ts";
import { jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import type { BankIdRoom } from "./bankid-room.ts";
import { collectOrder } from "./collect-order.ts";
import type { Collected } from "./collect-order.ts";
import { deviceId } from "./make-evidence.ts";
import { personName } from "./persons.ts";
import { readOrder, readReference } from "./rp-requests.ts";

export const rpPath = "/rp/v6.0";

const pollMilliseconds = 1000;
const maximumAsked = 1000;

/** BankID's own RP API v6.0. Null: not one of its paths. */
export function rpApi(room: BankIdRoom, faults: FaultQueue): (request: WebRequest) => Promise<WebAnswer | null> {
  const { asked } = room;
  const place =
    (what: "Signing" | "Identification") =>
    (body: unknown): WebAnswer => {
      const request = readOrder(what, body);
      if (typeof request === "string") return refusal(400, "invalidParameters", request);
      const order = room.orders.add(request);
      if (order === null) return refusal(400, "alreadyInProgress", "An order for this person is already in progress");
      const { autoStartToken, id, qrStartSecret, qrStartToken } = order;
      return jsonAnswer(200, { orderRef: id, autoStartToken, qrStartToken, qrStartSecret });
    };

  const collect = async (body: unknown): Promise<WebAnswer> => {
    const reference = readReference(body);
    if (reference === null) return refusal(400, "invalidParameters", "orderRef");
    const now = room.clock.now();
    const lately = (asked.get(reference) ?? []).filter((at) => now - at < pollMilliseconds);
    if (room.account.limitsRate && lately.length >= 2) return tooMany();
    const collected = await collectOrder(room, "rp", reference);
    if (collected === null) {
      asked.delete(reference);
      return refusal(400, "invalidParameters", "No such order");
    }
    // Its own place becomes free first: an order that is asked about again takes no other's.
    asked.delete(reference);
    makeRoom(asked, maximumAsked);
    asked.set(reference, [...lately, now]);
    return jsonAnswer(200, { orderRef: reference, ...collectBody(collected) });
  };

  const cancel = (body: unknown): WebAnswer => {
    const reference = readReference(body);
    const order = reference === null ? null : room.orders.byId(reference);
    if (order === null || order.request.api !== "rp") return refusal(400, "invalidParameters", "No such order");
    room.orders.remove(order.id);
    room.evidence.remove(order.id);
    return jsonAnswer(200, {});
  };

  const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
    ["/sign", { name: "bankid/rp-sign", work: place("Signing") }],
    ["/auth", { name: "bankid/rp-auth", work: place("Identification") }],
    ["/collect", { name: "bankid/rp-collect", work: collect }],
    ["/cancel", { name: "bankid/rp-cancel", work: cancel }],
  ]);

  return async (request) => {
    if (!request.url.pathname.startsWith(`${rpPath}/`)) return null;
    const call = calls.get(request.url.pathname.slice(rpPath.length));
    if (call === undefined) return refusal(404, "notFound", "No such path");
    return faults.apply(call.name, async () => {
      if (request.method !== "POST") return refusal(405, "methodNotAllowed", "Only POST");
      // With a charset it is refused, too.
      if (request.headers["content-type"] !== "application/json") {
        return refusal(415, "unsupportedMediaType", "Content-Type has to be application/json");
      }
      const body = readJson(request.body);
      return body === undefined ? refusal(400, "invalidParameters", "The body is not JSON") : call.work(body);
    });
  };
}

interface Call {
  readonly name: SandboxOperation;
  readonly work: (body: unknown) => WebAnswer | Promise<WebAnswer>;
}

function collectBody(collected: Collected): object {
  if (collected.kind !== "complete") return { status: collected.kind, hintCode: collected.hint };
  const { evidence, order, person } = collected;
  const { documentRead, request, state } = order;
  const completed = new Date(state.kind === "complete" ? state.at : order.createdAt);
  return {
    status: "complete",
    completionData: {
      user: {
        personalNumber: person.personalNumber,
        name: personName(person),
        givenName: person.givenName,
        surname: person.surname,
      },
      device: { ipAddress: request.endUserIp, uhi: deviceId(person) },
      bankIdIssueDate: `${completed.toISOString().slice(0, 10)}Z`,
      stepUp: { mrtd: documentRead },
      signature: evidence.signature,
      ocspResponse: evidence.ocspResponse,
      ...(request.returnRisk ? { risk: person.risk } : {}),
    },
  };
}

function refusal(status: number, errorCode: string, details: string): WebAnswer {
  return jsonAnswer(status, { errorCode, details });
}

function tooMany(): WebAnswer {
  return {
    kind: "answer",
    status: 429,
    headers: {
      "content-type": "application/json",
      "ratelimit-limit": "2",
      "ratelimit-remaining": "0",
      "ratelimit-reset": "1",
    },
    body: JSON.stringify({ errorCode: "tooManyRequests", details: "At most once a second" }),
  };
}
