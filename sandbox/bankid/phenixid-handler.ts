import { z } from "zod";
import type { FaultQueue, SandboxOperation } from "../control/faults.ts";
import { hasBasicAuth } from "../web/basic-auth.ts";
import { readJson } from "../web/json-body.ts";
import { jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import type { BankIdRoom } from "./bankid-room.ts";
import { collectOrder } from "./collect-order.ts";
import type { BankIdOrder } from "./order.ts";
import { phenixIdStatus } from "./phenixid-status.ts";
import { requirementSchema } from "./requirement.ts";
import type { Requirement } from "./requirement.ts";
import { hiddenLimit, isSignableText, visibleLimit } from "./signable-text.ts";

export const phenixIdPath = "/api/sign";

/** Where a connection comes from: with a client certificate nobody asks for a password. */
export type Access = "password" | "client-certificate";

/** Null: not one of PhenixID's paths. */
export async function answerPhenixId(
  room: BankIdRoom,
  faults: FaultQueue,
  request: WebRequest,
  access: Access,
): Promise<WebAnswer | null> {
  const call = calls.get(request.url.pathname);
  if (call === undefined) return null;
  return faults.apply(call.name, async () => {
    if (request.method !== "PUT") return jsonAnswer(405, { message: "Method not allowed" });
    if (access === "password" && !hasBasicAuth(request, room.account)) return unauthorized();
    const { tenant } = request.headers;
    if (tenant === undefined) return jsonAnswer(400, { message: "Missing header: tenant" });
    if (tenant !== room.account.tenant) return jsonAnswer(404, { message: "Unknown tenant" });
    try {
      return await call.work(room, request);
    } catch (error) {
      if (!(error instanceof PhenixIdError)) throw error;
      return commonError(room, error.message);
    }
  });
}

interface Call {
  readonly name: SandboxOperation;
  readonly work: (room: BankIdRoom, request: WebRequest) => WebAnswer | Promise<WebAnswer>;
}

const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  [`${phenixIdPath}/bankidsign`, { name: "bankid/phenixid-sign", work: sign }],
  [`${phenixIdPath}/bankidcollect`, { name: "bankid/phenixid-collect", work: collect }],
]);

/** "Common errors will result in a HTTP Status 500 with a body containing the error message." */
class PhenixIdError extends Error {
  override readonly name = "PhenixIdError";
}

function commonError({ account }: BankIdRoom, message: string): WebAnswer {
  return account.errorBody === "json"
    ? jsonAnswer(500, { message })
    : {
        kind: "answer",
        status: 500,
        headers: { "content-type": "application/json" },
        body: `{”message”:”${message}”}`,
      };
}

const signSchema = z.strictObject({
  userVisibleData: z.string({ error: "userVisibleData is missing" }),
  userNonVisibleData: z.string().exactOptional(),
  userVisibleDataFormat: z.literal("simpleMarkdownV1", { error: "userVisibleDataFormat is not known" }).exactOptional(),
  // "as escaped json": an object in its place is a mistake.
  requirement: z.string({ error: "requirement is no text" }).exactOptional(),
  pnr: z
    .string()
    .regex(/^\d{12}$/, "pnr has not 12 digits")
    .exactOptional(),
});

function sign(room: BankIdRoom, request: WebRequest): WebAnswer {
  const body = readBody(request, signSchema);
  const { account } = room;
  if (body.pnr !== undefined && account.version !== "v5.1") {
    throw new PhenixIdError("pnr is available in BankID v5.1 only");
  }
  const requirement = readRequirement(body.requirement);
  const order = room.orders.add({
    api: "phenixid",
    function: "Signing",
    visible: encoded(room, body.userVisibleData, visibleLimit, "userVisibleData"),
    format: body.userVisibleDataFormat ?? null,
    hidden:
      body.userNonVisibleData === undefined
        ? null
        : encoded(room, body.userNonVisibleData, hiddenLimit, "userNonVisibleData"),
    requirement: body.pnr === undefined ? requirement : { ...requirement, personalNumber: body.pnr },
    endUserIp: "127.0.0.1",
    returnRisk: false,
  });
  if (order === null) throw new PhenixIdError("ALREADY_IN_PROGRESS");
  return jsonAnswer(200, started(order));
}

/** Three spellings in one answer, as documented. */
function started({ autoStartToken, id, qrStartSecret, qrStartToken }: BankIdOrder): object {
  return { autostarttoken: autoStartToken, qrStartSecret, qrStartToken, transactionID: id };
}

function readRequirement(text: string | undefined): Requirement {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PhenixIdError("requirement is not JSON");
  }
  const parsed = requirementSchema.safeParse(value);
  if (!parsed.success) throw new PhenixIdError(`requirement: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function encoded({ account }: BankIdRoom, text: string, limit: number, field: string): string {
  const base64 = account.encode === "base64" ? text : Buffer.from(text, "utf8").toString("base64");
  if (!isSignableText(base64, limit)) throw new PhenixIdError(`${field} is empty, too long or not text`);
  return base64;
}

const collectSchema = z.strictObject({ transactionID: z.string({ error: "transactionID is missing" }) });

async function collect(room: BankIdRoom, request: WebRequest): Promise<WebAnswer> {
  const { transactionID } = readBody(request, collectSchema);
  const collected = await collectOrder(room, "phenixid", transactionID);
  if (collected === null) throw new PhenixIdError("No such order");
  return jsonAnswer(200, phenixIdStatus(collected, room.account.statuses));
}

function readBody<T>(request: WebRequest, schema: z.ZodType<T>): T {
  // A charset may follow.
  if (!String(request.headers["content-type"]).startsWith("application/json")) {
    throw new PhenixIdError("Content-Type is not application/json");
  }
  const value = readJson(request.body);
  if (value === undefined) throw new PhenixIdError("The body is not JSON");
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new PhenixIdError(parsed.error.issues[0]?.message ?? "The body cannot be read");
  return parsed.data;
}

function unauthorized(): WebAnswer {
  return {
    kind: "answer",
    status: 401,
    headers: {
      "www-authenticate": 'Basic realm="PhenixID practice", charset="UTF-8"',
      "content-type": "application/json",
    },
    body: JSON.stringify({ message: "Unauthorized" }),
  };
}
