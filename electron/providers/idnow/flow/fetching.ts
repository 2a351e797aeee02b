import type { Failure } from "../../../../shared/failure.ts";
import type { Result } from "../../../../shared/result.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import { assignDocuments } from "./assign-documents.ts";
import type { Fetch, Finish } from "./flow-state.ts";
import { baseOf } from "./flow-state.ts";
import { end, goOn, isAboutAccess, isDue, isPassing, pauseOf, toStore, waitFor, wasAborted } from "./flow-parts.ts";
import type { IdnowTools } from "./flow-parts.ts";
import { assignHashes, rawValuesProblem } from "./returned-hashes.ts";

/** Everybody has signed: the documents lie at IDnow and are fetched, however long that takes. */
export async function fetchResult(
  state: Fetch,
  input: FlowInput,
  tools: IdnowTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "cancel") {
    return end({ code: "idnow.not-fetched" });
  }
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return later(state, null);
  }
  return tools.profile.sends === "document"
    ? fetchDocuments(state, tools, context)
    : fetchHashes(state, tools, context);
}

async function fetchDocuments(state: Fetch, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const fetched = await fromLastOrder(state, tools, context);
  if (!fetched.ok) {
    return trouble(state, fetched.failure, tools, context.now());
  }
  const { documents, problem } = assignDocuments(state.files, fetched.value);
  if (documents.length === 0 && problem !== null) {
    return end(problem);
  }
  // Where something is wrong, nothing is deleted at IDnow: it may have to be looked into.
  const next = problem === null ? finishOf(state) : ({ step: "ended", failure: problem } as const);
  return { kind: "signed-documents", state: toStore(next), documents, signers: expectedSigners(state) };
}

/** Where several sign, the last order should know all signatures; the documents were sent with the first. */
async function fromLastOrder(
  { orders }: Fetch,
  tools: IdnowTools,
  context: FlowContext,
): Promise<Result<readonly Uint8Array[], Failure>> {
  const options = { signal: context.signal, encrypted: tools.profile.cryptKey !== undefined };
  const last = await tools.api.getESignPDF(orders.at(-1) ?? "", options);
  const isNotThere =
    !last.ok && ["idnow.bad-request", "idnow.order-gone", "idnow.wrong-state"].includes(last.failure.code);
  return isNotThere && orders.length > 1 ? tools.api.getESignPDF(orders[0] ?? "", options) : last;
}

async function fetchHashes(state: Fetch, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const fetched = await tools.api.getESignHash(state.orders.at(-1) ?? "", { signal: context.signal });
  const values = fetched.ok ? assignHashes(state.files, fetched.value) : fetched;
  if (!values.ok) {
    return fetched.ok && values.failure.code !== "idnow.damaged-download"
      ? end(values.failure)
      : trouble(state, values.failure, tools, context.now());
  }
  const { hashAnswer } = tools.profile;
  const common = { kind: "values", state: toStore(finishOf(state)), values: values.value } as const;
  if (hashAnswer.kind === "cms") {
    return { ...common, cms: { signers: expectedSigners(state) } };
  }
  const at = new Date(context.now());
  const failure = rawValuesProblem(state.files, values.value, hashAnswer.certificateChain, at);
  return failure === null ? common : end(failure);
}

const expectedSigners = ({ order }: Fetch) =>
  order.details.signers.map(({ givenName, surname }) => ({ givenName, surname }));

const finishOf = (state: Fetch): Finish => ({
  ...baseOf(state),
  step: "finish",
  shown: 0,
  asked: 0,
  problem: null,
});

/** SECURITY: nothing here may lose a signature that was made. Only what is gone at IDnow ends the run. */
function trouble(state: Fetch, failure: Failure, tools: IdnowTools, now: number): FlowStep {
  if (wasAborted(failure)) {
    return later({ ...state, nextAt: now }, null);
  }
  if (failure.code === "idnow.order-gone") {
    return end(failure);
  }
  if (isAboutAccess(failure)) {
    return goOn({ step: "paused", failure, question: "credentials", back: { ...state, nextAt: now } });
  }
  const pause = pauseOf(state.troubles, failure, tools);
  const next: Fetch = { ...state, troubles: state.troubles + 1, nextAt: now + pause };
  if (isPassing(failure)) {
    return later(next, failure);
  }
  const damaged = state.damaged + 1;
  return damaged < tools.settings.fetchAttempts
    ? later({ ...next, damaged }, failure)
    : goOn({ step: "paused", failure, question: "fetch", back: { ...state, damaged: 0, nextAt: now } });
}

function later(state: Fetch, hint: Failure | null): FlowStep {
  return waitFor(state, state.nextAt, `fetching-${state.troubles}`, "idnow.fetching", hint);
}
