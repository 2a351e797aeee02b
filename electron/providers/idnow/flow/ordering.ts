import { isVaultTrouble } from "../../../../shared/failure.ts";
import type { Failure } from "../../../../shared/failure.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import type { PlacedOrder } from "../api/order-answers.ts";
import { needsNoIdentification, orderFor } from "./build-order.ts";
import { earlierIdentification, forgetIdentification } from "./earlier-identification.ts";
import type { Ordering, Watch } from "./flow-state.ts";
import { baseOf } from "./flow-state.ts";
import {
  abandon,
  end,
  goOn,
  isAboutAccess,
  isDue,
  isPassing,
  pauseOf,
  toStore,
  waitFor,
  wasAborted,
} from "./flow-parts.ts";
import type { IdnowTools } from "./flow-parts.ts";
import { rawSigner } from "./raw-signer.ts";
import { contentOf } from "./order-content.ts";
import type { Content } from "./order-content.ts";

/**
 * Places one signer's order, once. Its reference is in the journal before; whenever it is uncertain whether IDnow has got
 * it, it is looked for by that reference, and made only when it is not there.
 */
export async function placeOrder(
  state: Ordering,
  input: FlowInput,
  tools: IdnowTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "cancel") {
    return state.fresh ? end({ code: "provider.cancelled" }) : lookFor({ ...state, cancelled: true }, tools, context);
  }
  const asksForDocuments = state.orders.length === 0;
  const content = asksForDocuments ? await contentOf(state, input, tools) : null;
  if (content !== null && !content.ok) {
    // Nothing of it could be read any more; an order that is there already must not stay behind.
    return state.found === null ? end(content.failure) : abandon(state, state.found, content.failure);
  }
  if (content !== null) {
    const { state: ready, part } = content.value;
    return state.found === null
      ? send(ready, part, tools, context)
      : orderIsOpen(ready, foundAgain(state.found), tools, context.now());
  }
  if (state.fresh) {
    // From here on, a crash leaves it open whether the order was placed.
    const next = { ...state, fresh: false };
    return asksForDocuments ? askForContent(next, tools, context) : goOn(next);
  }
  return lookFor(state, tools, context);
}

function askForContent(state: Ordering, tools: IdnowTools, context: FlowContext): FlowStep {
  const documents = state.order.documents.map(({ id }) => id);
  const { sends, hashAnswer } = tools.profile;
  if (sends === "document") {
    return { kind: "need-documents", state: toStore(state), documents };
  }
  if (hashAnswer.kind === "cms") {
    return { kind: "need-document-digests", state: toStore(state), documents, algorithm: "SHA-256" };
  }
  const signer = rawSigner(hashAnswer.certificateChain, new Date(context.now()));
  return signer.ok
    ? { kind: "need-digests", state: toStore(state), documents, signer: signer.value }
    : end(signer.failure);
}

async function send(
  state: Ordering,
  part: Content["part"],
  tools: IdnowTools,
  context: FlowContext,
): Promise<FlowStep> {
  const { profile, settings } = tools;
  const earlier = await earlierIdentification(state, profile, context.records);
  const draft = { ...orderFor(state, { ...state, profile, earlierIdentification: earlier }), ...part };
  const placed = await tools.api.putOrder(draft, context.signal, settings.orderTimeLimit);
  const now = context.now();
  if (placed.ok) {
    if (placed.value.signedDataAccepted === false) {
      await forgetIdentification(state, profile, context.records);
    }
    return orderIsOpen(state, placed.value, tools, now);
  }
  // Without the password nothing was sent.
  const isLocked = isVaultTrouble(placed.failure);
  if ((isLocked || isAboutAccess(placed.failure)) && state.orders.length > 0) {
    return accessPause(state, placed.failure, now);
  }
  if (isLocked || !isPassing(placed.failure)) {
    return end(placed.failure);
  }
  if (state.order.details.robot !== null) {
    return end({ code: "idnow.order-uncertain" });
  }
  // The answer was lost, the order perhaps not: a moment later it can be seen whether it is there.
  const lost = { ...state, looksLeft: settings.looks, nextAt: now + settings.lookPause, troubles: 0 };
  return waitFor(lost, lost.nextAt, "looking", "idnow.looking-for-order", null);
}

async function lookFor(state: Ordering, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const later = (next: Ordering): FlowStep =>
    waitFor(next, next.nextAt, "looking", next.cancelled ? "idnow.cancelling" : "idnow.looking-for-order", null);
  if (state.order.details.robot !== null) {
    return end({ code: state.cancelled ? "provider.cancelled" : "idnow.order-uncertain" });
  }
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return later(state);
  }
  const found = await tools.api.getOrdersByRef(state.ref, context.signal);
  const now = context.now();
  if (!found.ok) {
    if (isAboutAccess(found.failure) && !state.cancelled) {
      return accessPause(state, found.failure, now);
    }
    if (!isPassing(found.failure)) {
      return end(found.failure);
    }
    const pause = wasAborted(found.failure) ? 0 : pauseOf(state.troubles, found.failure, tools);
    const gaveUp = state.cancelled && state.troubles + 1 >= tools.settings.cancelAttempts;
    return gaveUp
      ? end({ code: "idnow.not-cancelled" })
      : later({ ...state, troubles: state.troubles + 1, nextAt: now + pause });
  }
  const [orderId] = found.value;
  if (orderId !== undefined) {
    if (state.cancelled) {
      return abandon(state, orderId, { code: "provider.cancelled" });
    }
    return state.orders.length === 0 && state.files.length === 0
      ? askForContent({ ...state, found: orderId }, tools, context)
      : orderIsOpen(state, foundAgain(orderId), tools, now);
  }
  if (state.looksLeft > 1) {
    return later({ ...state, looksLeft: state.looksLeft - 1, nextAt: now + tools.settings.lookPause });
  }
  if (state.cancelled) {
    return end({ code: "provider.cancelled" });
  }
  // It is not there. The same reference is used again: it still names one order at the most.
  return state.orders.length === 0 ? askForContent(state, tools, context) : send(state, {}, tools, context);
}

/** Somebody has signed already, or an order may be there: that is not given up for a password. */
function accessPause(state: Ordering, failure: Failure, now: number): FlowStep {
  return goOn({ step: "paused", failure, question: "credentials", back: { ...state, nextAt: now } });
}

/** Only the answer to `putOrder` holds the addresses of the pages; the person has the link by e-mail. */
const foundAgain = (orderId: string): PlacedOrder => ({
  orderId,
  targetUrl: null,
  deepLinkUrl: null,
  autoIdUrl: null,
  signedDataAccepted: null,
  videoHashes: null,
});

function orderIsOpen(state: Ordering, placed: PlacedOrder, tools: IdnowTools, now: number): FlowStep {
  const base = { ...baseOf(state), orders: [...state.orders, placed.orderId] };
  const { codeEntry, robot } = state.order.details;
  const failure = placed.targetUrl === null ? null : pageFailure(placed.targetUrl, tools.profile.pageOrigins);
  if (failure !== null) {
    return abandon(base, placed.orderId, failure);
  }
  const identified = needsNoIdentification(state.add) || placed.signedDataAccepted === true;
  const here = codeEntry === "here" && robot === null;
  const showsPage = placed.targetUrl !== null && robot === null && !(here && identified);
  const next: Watch = {
    ...base,
    step: "watch",
    orderId: placed.orderId,
    pageUrl: placed.targetUrl,
    deepLink: placed.deepLinkUrl,
    page: showsPage ? "open" : "none",
    reopened: 0,
    identified,
    since: now,
    // With a page, the person comes first; nothing can have happened yet.
    nextAt: showsPage || robot !== null ? now + tools.settings.pollInterval : now,
    troubles: 0,
    status: null,
    again: null,
    asked: 0,
    code: here ? "wanted" : "on-page",
    tooEarlyAt: null,
  };
  return goOn(next);
}

/** A page outside the profile's list is not opened. */
function pageFailure(pageUrl: string, origins: readonly string[]): Failure | null {
  const page = URL.parse(pageUrl);
  // SECURITY: the page gets a window of this program, with the camera; only origins that the administrator named may fill it.
  return page !== null && origins.includes(page.origin)
    ? null
    : { code: "provider.configuration", params: { field: "pageOrigins", value: page?.host ?? "" } };
}
