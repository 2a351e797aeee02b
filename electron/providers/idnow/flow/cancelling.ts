import type { FlowContext, FlowStep } from "../../provider.ts";
import { judgeHistory } from "../status/judge-history.ts";
import type { Cancel } from "./flow-state.ts";
import { baseOf } from "./flow-state.ts";
import { end, goOn, isDue, isPassing, pauseOf, waitFor, wasAborted } from "./flow-parts.ts";
import type { IdnowTools } from "./flow-parts.ts";

/** Takes the open order back, so that nobody signs what is not wanted any more. */
export async function cancelOrder(state: Cancel, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return later(state, state.nextAt);
  }
  const cancelled = await tools.api.cancelOrder(state.orderId, context.signal);
  if (cancelled.ok || cancelled.failure.code === "idnow.order-gone") {
    return end(state.failure);
  }
  if (cancelled.failure.code === "idnow.wrong-state" || cancelled.failure.code === "idnow.already-processed") {
    return lookWhy(state, tools, context);
  }
  return again(state, cancelled.failure, tools, context.now());
}

/** 406: it is too late for cancelling. Perhaps the person has signed a moment before. */
async function lookWhy(state: Cancel, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const read = await tools.api.getStatus(state.orderId, { extended: true, subKinds: true }, context.signal);
  if (!read.ok) {
    return read.failure.code === "idnow.order-gone"
      ? end(state.failure)
      : again(state, read.failure, tools, context.now());
  }
  const { outcome } = judgeHistory(read.value.entries, "eSign");
  const isLast = state.signer + 1 >= state.order.details.signers.length;
  switch (outcome.kind) {
    case "success":
      // A signature that was made is never thrown away. Where others were still to sign, the order ends without them.
      return isLast
        ? goOn({ ...baseOf(state), step: "fetch", troubles: 0, damaged: 0, nextAt: 0 })
        : end(state.failure);
    case "failed":
    case "stopped":
      return end(state.failure);
    case "open":
      return again(state, { code: "idnow.wrong-state" }, tools, context.now());
  }
}

function again(state: Cancel, failure: Parameters<typeof isPassing>[0], tools: IdnowTools, now: number): FlowStep {
  if (wasAborted(failure)) {
    return later({ ...state, nextAt: now }, now);
  }
  const troubles = state.troubles + 1;
  const mayPass = isPassing(failure) || failure.code === "idnow.wrong-state";
  if (!mayPass || troubles >= tools.settings.cancelAttempts) {
    // What the run failed of is more than that its order stayed behind; a cancelling that failed is news.
    return end(state.failure.code === "provider.cancelled" ? { code: "idnow.not-cancelled" } : state.failure);
  }
  const nextAt = now + pauseOf(state.troubles, failure, tools);
  return later({ ...state, troubles, nextAt }, nextAt);
}

const later = (state: Cancel, at: number): FlowStep => waitFor(state, at, "cancelling", "idnow.cancelling", null);
