import { createHash } from "node:crypto";
import type { Failure } from "../../../../shared/failure.ts";
import { waiting } from "../../flow-steps.ts";
import type { FlowContext, FlowStep } from "../../provider.ts";
import { end, goOn, isAboutAccess, isDue, isPassing, pauseFor, retryAt, toStore, wasAborted } from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Fetch, FourthlineState, SentFile } from "./flow-state.ts";
import { openOf } from "./flow-state.ts";

/** Everything is signed: the documents are fetched one by one, however long that takes. */
export async function fetchDocuments(state: Fetch, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  const next = state.files.find(({ id }) => !state.fetched.includes(id));
  if (next === undefined) {
    return goOn(afterFetching(state, tools));
  }
  if (next.documentId === null) {
    // Only a journal of another version has that.
    return end({ code: "app.internal", params: { reason: "flow-state" } });
  }
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return later(state);
  }
  const got = await tools.api.signedDocument(state.workflowId, next.documentId, context.signal);
  if (!got.ok) {
    return trouble(state, got.failure, tools, context.now());
  }
  const fetched: Fetch = {
    ...state,
    fetched: [...state.fetched, next.id],
    troubles: 0,
    damaged: 0,
    nextAt: context.now(),
  };
  const problem = problemOf(next, got.value);
  if (problem !== null) {
    return goOn({ ...fetched, problem });
  }
  const { givenName, surname } = state.order.signer;
  return {
    kind: "signed-documents",
    state: toStore(fetched),
    documents: [{ id: next.id, bytes: got.value }],
    signers: [{ givenName, surname }],
    // In that flow the service confirms each signature by one of its own (guide, step 7).
    countersigned: state.order.flow === "pending",
  };
}

/** Where something is wrong, it is told; somebody has to look into it before anything else matters. */
const afterFetching = (state: Fetch, { profile }: FourthlineTools): FourthlineState =>
  profile.infocertFallback && state.problem === null
    ? { ...openOf(state), step: "contract", isSaved: false, problem: null }
    : { step: "ended", failure: state.problem };

/** SECURITY: a signed document begins with all the bytes that were sent (ISO 32000-2 7.5.6) and has more. */
function problemOf({ size, digest }: SentFile, bytes: Uint8Array): Failure | null {
  const begins = bytes.length >= size && createHash("sha256").update(bytes.subarray(0, size)).digest("hex") === digest;
  if (!begins) {
    return { code: "fourthline.not-our-document" };
  }
  return bytes.length === size ? { code: "provider.signature-missing", params: { missing: 1, sent: 1 } } : null;
}

/** SECURITY: nothing here may lose a signature that was made. Only what is gone at Fourthline ends the run. */
function trouble(state: Fetch, failure: Failure, tools: FourthlineTools, now: number): FlowStep {
  if (wasAborted(failure)) {
    return later({ ...state, nextAt: now });
  }
  if (failure.code === "fourthline.not-found") {
    return end(failure);
  }
  if (isAboutAccess(failure)) {
    return pauseFor("credentials", failure, { ...state, nextAt: now });
  }
  const nextAt = retryAt(state.troubles, failure, tools, now);
  const next: Fetch = { ...state, troubles: state.troubles + 1, nextAt };
  if (isPassing(failure)) {
    return later(next, failure);
  }
  const damaged = state.damaged + 1;
  return damaged < tools.settings.fetchAttempts
    ? later({ ...next, damaged }, failure)
    : pauseFor("fetch", failure, { ...state, damaged: 0, nextAt: now });
}

function later(state: Fetch, hint?: Failure): FlowStep {
  const id = `fetch-${state.round}-${state.fetched.length}-${state.troubles}`;
  const interaction = { ...waiting(id, "fourthline.fetching", hint ?? null), mayBeSigned: true };
  return { kind: "wait", state: toStore(state), at: state.nextAt, interaction };
}
