import type { SandboxOperation } from "../control/faults.ts";
import { asObject, readJson } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import { emptyAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import type { IdnowOrder } from "./order.ts";
import type { StepOutcome } from "./signing-steps.ts";

/** One call of the customer API. `parts` is what follows its name in the path. */
export interface ApiCall {
  readonly name: SandboxOperation;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly work: (room: IdnowRoom, request: WebRequest, parts: readonly string[]) => WebAnswer | Promise<WebAnswer>;
  /** Liveness can be asked by anybody. */
  readonly open?: true;
}

/** A call about one order: 404 when there is none (any more), 400 for parts of the path that it does not know. */
export function orderCall(
  variants: readonly string[],
  work: (
    room: IdnowRoom,
    order: IdnowOrder,
    asked: ReadonlySet<string>,
    request: WebRequest,
  ) => WebAnswer | Promise<WebAnswer>,
): ApiCall["work"] {
  return (room, request, parts) => {
    const [id = "", ...asked] = parts;
    const unknown = asked.find((part) => !variants.includes(part));
    if (unknown !== undefined) return badRequest(`${unknown} is not known here`);
    const order = room.orders.byId(id);
    return order === null ? textAnswer(404, "Order not found") : work(room, order, new Set(asked), request);
  };
}

/** The body as a JSON object, or what is wrong with it. */
export function bodyOf(request: WebRequest): JsonObject | string {
  const value = readJson(request.body);
  return value === undefined ? "the body is not JSON" : (asObject(value) ?? "not a JSON object");
}

/** `{tan}` of a body. Null: it is not there or not of this form. */
export function tanOf(request: WebRequest, form: RegExp): string | null {
  const body = bodyOf(request);
  const tan = typeof body === "string" ? null : body["tan"];
  return typeof tan === "string" && form.test(tan) ? tan : null;
}

/** The documents give the text of a 400 no form except for putOrder: plain text. */
export function badRequest(text: string): WebAnswer {
  return textAnswer(400, text);
}

const stepStatus: Readonly<Record<StepOutcome, number>> = {
  done: 202,
  "too-early": 406,
  "not-started": 412,
  "already-processed": 410,
  "wrong-tan": 409,
  "too-many-tans": 429,
};

export function stepAnswer(outcome: StepOutcome): WebAnswer {
  return emptyAnswer(stepStatus[outcome]);
}
