import { z } from "zod";
import { bankidRequest, performBankId } from "../bankid/bankid-requests.ts";
import { fourthlineRequest, performFourthline } from "../fourthline/fourthline-requests.ts";
import { idnowRequest, performIdnow } from "../idnow/idnow-requests.ts";
import { itsmeRequest, performItsme } from "../itsme/itsme-requests.ts";
import { badHandshakes } from "../web/handshakes.ts";
import { faultManners, sandboxOperations } from "./faults.ts";
import type { SandboxControl } from "./sandbox-control.ts";

const autoApprove = z.union([
  z.boolean(),
  z.null(),
  z.strictObject({
    phone: z.string().exactOptional(),
    afterMilliseconds: z.number().nonnegative().exactOptional(),
    pages: z.enum(["skip", "needed"]).exactOptional(),
  }),
]);

const fault = z.strictObject({
  operation: z.enum(sandboxOperations),
  after: z.number().int().min(0).max(100_000).exactOptional(),
  times: z.number().int().min(1).max(100_000).exactOptional(),
  status: z.number().int().min(200).max(599).exactOptional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  delayMilliseconds: z.number().min(0).max(600_000).exactOptional(),
  drop: z.boolean().exactOptional(),
  manner: z.enum(faultManners).exactOptional(),
  trickleMilliseconds: z.number().min(0).max(600_000).exactOptional(),
  handshakes: z
    .strictObject({ become: z.enum(badHandshakes), times: z.number().int().min(1).max(100_000) })
    .exactOptional(),
  afterWork: z.boolean().exactOptional(),
});

/** What belongs to no provider. */
const sharedRequest = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("now") }),
  z.strictObject({
    do: z.literal("advance-clock"),
    milliseconds: z
      .number()
      .min(0)
      .max(100 * 365 * 24 * 3_600_000),
  }),
  z.strictObject({ do: z.literal("auto-approve"), value: autoApprove }),
  z.strictObject({ do: z.literal("add-fault"), fault }),
  z.strictObject({ do: z.literal("clear-faults") }),
  z.strictObject({
    do: z.literal("spoil-handshakes"),
    become: z.enum(badHandshakes),
    times: z.number().int().min(1).max(100_000),
  }),
  z.strictObject({
    do: z.literal("timestamp-flaw"),
    flaw: z.enum(["none", "wrong-nonce", "wrong-imprint", "broken-signature", "wrong-purpose", "refused"]),
  }),
  z.strictObject({ do: z.literal("reset") }),
]);

/** What can be sent to `POST /control`: one operation with its arguments, a provider's own with its name in front. */
const controlRequest = z.discriminatedUnion("do", [
  sharedRequest,
  itsmeRequest,
  idnowRequest,
  bankidRequest,
  fourthlineRequest,
]);

type SharedRequest = z.infer<typeof sharedRequest>;
export type ControlRequest = z.infer<typeof controlRequest>;

/** Reads a control request. A string is what is wrong with it. */
export function readControlRequest(body: Uint8Array): ControlRequest | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return "the body is not JSON";
  }
  const parsed = controlRequest.safeParse(value);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error);
}

/** Does it. The result is JSON; `null` where there is nothing to say. */
export async function performControl(control: SandboxControl, request: ControlRequest): Promise<unknown> {
  if (isOf("itsme", request)) return performItsme(control.itsme, request);
  if (isOf("idnow", request)) return performIdnow(control.idnow, request);
  if (isOf("bankid", request)) return performBankId(control.bankid, request);
  if (isOf("fourthline", request)) return performFourthline(control.fourthline, request);
  return performShared(control, request);
}

function isOf<Name extends string>(
  name: Name,
  request: ControlRequest,
): request is Extract<ControlRequest, { readonly do: `${Name}/${string}` }> {
  return request.do.startsWith(`${name}/`);
}

function performShared(control: SandboxControl, request: SharedRequest): unknown {
  switch (request.do) {
    case "now":
      return control.now();
    case "advance-clock":
      control.advanceClock(request.milliseconds);
      return control.now();
    case "auto-approve":
      control.setAutoApprove(request.value);
      return null;
    case "add-fault":
      control.addFault(request.fault);
      return null;
    case "spoil-handshakes":
      control.spoilHandshakes(request.become, request.times);
      return null;
    case "clear-faults":
      control.clearFaults();
      return null;
    case "timestamp-flaw":
      control.setTimestampFlaw(request.flaw);
      return null;
    case "reset":
      control.reset();
      return null;
  }
}
