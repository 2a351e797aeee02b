import type { Failure } from "../../../../shared/failure.ts";
import type { FlowContext, FlowStep } from "../../provider.ts";
import type { BankIdProfile } from "../bankid-profile.ts";
import type { SignRequirement } from "../client/bankid-client.ts";
import { type BankIdTools, end, goOn } from "./flow-parts.ts";
import { type Base, baseOf, type Place, type Placing } from "./flow-state.ts";

/** Says in the journal that an order is about to be placed, and in memory that it was this process who wrote so. */
export function announceOrder(state: Place, tools: BankIdTools): FlowStep {
  tools.placing.add(keyOf(state));
  return goOn({ ...state, step: "placing" });
}

/**
 * Places the order, once. SECURITY: a second order for the same person cancels both, so what may have been sent is not sent
 * again by itself (sheet section 1.3).
 */
export async function placeOrder(state: Placing, tools: BankIdTools, context: FlowContext): Promise<FlowStep> {
  if (!tools.placing.delete(keyOf(state))) {
    return end({ code: "bankid.answer-lost" });
  }
  const { client, monotonic, profile } = tools;
  const { wishes } = state;
  const sent = await client.sign(
    { ...state.texts, format: wishes.format, requirement: requirementOf(profile, wishes) },
    context.signal,
  );
  if (!sent.ok) {
    return end(isUncertain(sent.failure) ? { code: "bankid.answer-lost" } : sent.failure);
  }
  const order = sent.value;
  tools.open.set(order.reference, { ...order, arrivedAt: monotonic() });
  const now = context.now();
  return goOn({
    ...baseOf(state),
    step: "collect",
    orders: state.orders + 1,
    firstAt: state.firstAt === 0 ? now : state.firstAt,
    reference: order.reference,
    placedAt: now,
    nextAt: now + tools.settings.pollInterval,
    method: wishes.start,
    changes: 0,
    openedAt: now,
    hint: null,
    problem: null,
    troubles: 0,
    troubledSince: 0,
  });
}

const keyOf = ({ orders, texts }: Place | Placing): string => `${orders} ${texts.hiddenData}`;

/** Reasons of `provider.unreachable` that come before anything is sent. */
const NOTHING_SENT = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

function isUncertain({ code, params }: Failure): boolean {
  return (
    code === "provider.cancelled" ||
    code === "provider.unexpected-answer" ||
    (code === "provider.unreachable" && !NOTHING_SENT.includes(String(params?.["reason"])))
  );
}

/** Sheet section 3.3. A list of kinds replaces BankID's own, so it is sent only where the administrator made one. */
function requirementOf(profile: BankIdProfile, { personalNumber }: Base["wishes"]): SignRequirement {
  const { mrtd, pinCode, policies, risk } = profile;
  return {
    ...(pinCode ? { pinCode } : {}),
    ...(mrtd ? { mrtd } : {}),
    ...(policies === undefined ? {} : { certificatePolicies: policies }),
    ...(personalNumber === null ? {} : { personalNumber }),
    ...(risk === undefined ? {} : { risk }),
  };
}
