import { question } from "../../flow-steps.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import type { SystemStatus } from "../api/order-answers.ts";
import { addFor } from "./build-order.ts";
import type { Ask, Ordering, Prepare, Start } from "./flow-state.ts";
import { baseOf, signerOf } from "./flow-state.ts";
import { ask, end, goOn, isAboutAccess, waitFor } from "./flow-parts.ts";
import type { IdnowTools } from "./flow-parts.ts";

const MEGABYTE = 1_000_000;

/** Asks IDnow how it is, before an order that could not be finished is made. */
export async function checkService(state: Start, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const system = await tools.api.systemStatus(context.signal);
  if (!system.ok && system.failure.code === "provider.cancelled") {
    return waitFor(state, context.now(), "placing", "idnow.placing", null);
  }
  // 500 and no answer mean: not available at all. Anything else than that, and wrong access data, does not forbid to try.
  const hopeless = !system.ok && (isAboutAccess(system.failure) || isDown(system.failure.code));
  if (hopeless) {
    return end(system.failure);
  }
  const questions = [
    ...(isLarge(state, tools) ? (["large"] as const) : []),
    ...(system.ok ? disturbances(system.value, state) : []),
  ];
  return goOn(
    questions.length === 0 ? { ...baseOf(state), step: "prepare" } : { ...baseOf(state), step: "ask", questions },
  );
}

const isDown = (code: string): boolean =>
  code.startsWith("network.") ||
  ["provider.unreachable", "provider.tls", "provider.client-certificate", "provider.server-error"].includes(code);

function isLarge({ order }: Start, tools: IdnowTools): boolean {
  return tools.profile.sends === "document" && totalBytes(order) > tools.settings.largeBytes;
}

const totalBytes = (order: Start["order"]): number => order.documents.reduce((sum, { size }) => sum + (size ?? 0), 0);

function disturbances(system: SystemStatus, { order }: Start): readonly Ask["questions"][number][] {
  const { signatureType, robot } = order.details;
  const signs = signatureType === "AES" ? system.aes : system.qes;
  if (!system.alive || !signs) {
    return ["disturbed"];
  }
  return system.sms || robot !== null ? [] : ["sms-disturbed"];
}

/** Nothing has been sent yet, so "no" ends the run without a trace. */
export function askFirst(state: Ask, input: FlowInput, now: number): FlowStep {
  const [current, ...rest] = state.questions;
  if (current === undefined) {
    return goOn({ ...baseOf(state), step: "prepare" });
  }
  if (input.kind !== "answer" || input.interaction !== current || input.answer.kind !== "confirm") {
    const megabytes = Math.ceil(totalBytes(state.order) / MEGABYTE);
    const interaction = question(current, `idnow.${current}`, { megabytes });
    return ask(state, now, interaction);
  }
  if (!input.answer.accepted) {
    return end({ code: "provider.cancelled" });
  }
  return goOn(rest.length === 0 ? { ...baseOf(state), step: "prepare" } : { ...state, questions: rest });
}

/** Finds out what kind of order this signer needs, and gives it its reference. */
export async function prepareOrder(state: Prepare, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const { signatureType } = state.order.details;
  let add = addFor(signatureType, null);
  if (tools.profile.trustService !== "namirial") {
    const { email } = signerOf(state);
    const user = await tools.api.checkSignmeUser({ email, signatureType }, context.signal);
    if (!user.ok && user.failure.code === "provider.cancelled") {
      return waitFor(state, context.now(), "placing", "idnow.placing", null);
    }
    if (!user.ok && state.orders.length === 0) {
      return end(user.failure);
    }
    // For a later signer the others' signatures are at stake: without an answer the order makes an account if need be.
    add = addFor(signatureType, user.ok ? user.value : null);
  }
  const next: Ordering = {
    ...baseOf(state),
    step: "ordering",
    // SECURITY: nothing of the person or the document is in the reference.
    ref: `sealdesk-${tools.newId()}`,
    add,
    fresh: true,
    looksLeft: 1,
    troubles: 0,
    nextAt: 0,
    cancelled: false,
    found: null,
  };
  return goOn(next);
}
