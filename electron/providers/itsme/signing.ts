import { parseCertificate } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { FlowInput, FlowStep } from "../provider.ts";
import { readSignStart, readSignStatus } from "./answers.ts";
import type { Refused, Signed } from "./answers.ts";
import { countDescription, inAllLanguages } from "./approval-description.ts";
import { defaultPolicy } from "./discovery.ts";
import { baseOf } from "./flow-state.ts";
import type { Confirm, Delivered, SignPoll, SignStart } from "./flow-state.ts";
import {
  ask,
  end,
  endingOf,
  goOn,
  isPassing,
  newPoll,
  pageFailure,
  pauseOf,
  serverError,
  toStore,
} from "./flow-parts.ts";
import type { ItsmeTools, StepContext } from "./flow-parts.ts";
import { confirmInteraction, confirmInteractionId, startingInteraction } from "./interactions.ts";
import { afterTrouble, stillPending, whilePolling } from "./polling.ts";
import { checkReturnedValues } from "./returned-values.ts";
import { leafProblem } from "./signer-certificate.ts";

/**
 * Starts one signing session. When the program dies before the answer is stored, a second session is started later;
 * nobody can have approved the first one, because its page was never shown.
 */
export async function startSigning(state: SignStart, tools: ItsmeTools, context: StepContext): Promise<FlowStep> {
  if (context.now() < state.nextAt) {
    return startLater(state, state.nextAt);
  }
  if (leafProblem(leafOf(state), new Date(context.now())) !== null) {
    // The certificate ran out between two approvals: a new identification gives a new one, and new digests.
    return goOn({ ...baseOf(state), step: "identify-start", useKnownPerson: true });
  }
  const policy = state.order.policy ?? tools.profile.defaultPolicy ?? defaultPolicy(tools.discovery());
  if (policy === null) {
    return end({ code: "itsme.policy" });
  }
  const hashes = state.digests.filter(({ id }) => !state.done.includes(id)).slice(0, state.batch);
  const { description, signerRole, commitmentType, language } = state.order;
  const sent = await tools.api.startSigning(
    {
      requestId: state.requestId,
      language,
      userCode: state.signer.userCode,
      hashes,
      description: description === null ? countDescription(hashes.length) : inAllLanguages(description),
      policy,
      commitmentType,
      signerRole: signerRole === null ? [] : inAllLanguages(signerRole),
    },
    context.signal,
  );
  const now = context.now();
  if (!sent.ok) {
    return startTrouble(state, sent.failure, tools, now);
  }
  const answer = readSignStart(sent.value);
  switch (answer.kind) {
    case "server-trouble":
      return startTrouble(state, serverError(answer.status), tools, now);
    case "malformed":
      return end(endingOf(answer, "signing"));
    case "refused":
      return startRefused(state, answer, hashes.length, tools);
    case "started": {
      const failure = pageFailure(answer.pageUrl, tools.profile);
      return failure === null
        ? goOn({
            ...baseOf(state),
            step: "sign-poll",
            sessions: state.sessions + 1,
            signer: state.signer,
            digests: state.digests,
            requestId: state.requestId,
            round: hashes.map(({ id }) => id),
            poll: newPoll(answer.session, answer.pageUrl, now, tools.settings.signingTimeLimit, tools.settings),
          })
        : end(failure);
    }
  }
}

function startRefused(state: SignStart, answer: Refused, sent: number, tools: ItsmeTools): FlowStep {
  const again = { ...state, requestId: tools.newId(), attempts: 0, nextAt: 0 };
  if (answer.code === "ONLY_SINGLE_HASH_SUPPORTED" && sent > 1) {
    return goOn({ ...confirmBase(state), batch: 1, step: "confirm", why: "single-approvals" });
  }
  if (answer.code === "BATCH_TOO_LARGE" && sent > 1) {
    // How many the contract allows is not told, so half of them.
    return goOn({ ...again, batch: Math.floor(sent / 2) });
  }
  const aboutLanguage = answer.code === "INVALID_LANG" || answer.code === "INVALID_LANGUAGE";
  if (aboutLanguage && state.order.language !== "EN") {
    return goOn({ ...again, order: { ...state.order, language: "EN" } });
  }
  return end(endingOf(answer, "signing"));
}

/** The person has identified already, so a short gap in the network should not cost them that. */
function startTrouble(state: SignStart, failure: Failure, tools: ItsmeTools, now: number): FlowStep {
  if (failure.code === "provider.cancelled") {
    return startLater({ ...state, nextAt: now }, now);
  }
  const attempts = state.attempts + 1;
  const again = isPassing(failure) || failure.code === "provider.server-error";
  if (!again || attempts >= tools.settings.startAttempts) {
    return end(failure);
  }
  const nextAt = now + pauseOf(attempts - 1, tools);
  return startLater({ ...state, attempts, nextAt }, nextAt);
}

function startLater(state: SignStart, at: number): FlowStep {
  return { kind: "wait", state: toStore(state), at, interaction: startingInteraction(state.sessions) };
}

export async function pollSigning(
  state: SignPoll,
  input: FlowInput,
  tools: ItsmeTools,
  context: StepContext,
): Promise<FlowStep> {
  const notYet = whilePolling(state, input, tools, context.now());
  if (notYet !== null) {
    return notYet;
  }
  const sent = await tools.api.signingStatus(state.requestId, state.poll.session, context.signal);
  const now = context.now();
  if (!sent.ok) {
    return afterTrouble(state, sent.failure, tools, now);
  }
  const answer = readSignStatus(sent.value);
  switch (answer.kind) {
    case "pending":
      return stillPending(state, tools, now);
    case "server-trouble":
      return afterTrouble(state, serverError(answer.status), tools, now);
    case "refused":
      return end(endingOf(answer, "signing"));
    case "malformed":
      // Somebody between us and itsme may have answered. The person may have approved meanwhile, and asking costs nothing.
      return afterTrouble(state, endingOf(answer, "signing"), tools, now);
    case "signed":
      return signed(state, answer);
  }
}

function signed(state: SignPoll, answer: Signed): FlowStep {
  const sent = state.digests.filter(({ id }) => state.round.includes(id));
  const values = checkReturnedValues(leafOf(state), sent, answer.values);
  if (!values.ok) {
    return end(values.failure);
  }
  const next: Delivered = {
    ...confirmBase(state),
    step: "delivered",
    done: [...state.done, ...state.round],
  };
  return { kind: "values", state: toStore(next), values: values.value };
}

/** After the values have been stored: finished, or one more approval. */
export function afterDelivery(state: Delivered, input: FlowInput): FlowStep {
  if (state.done.length === state.order.documents.length) {
    return end(null); // also for a cancel that comes too late
  }
  return input.kind === "cancel"
    ? end({ code: "provider.cancelled" })
    : goOn({ ...confirmBase(state), step: "confirm", why: "next-approval" });
}

/** Nobody is sent to their phone again without having been told. */
export function askBeforeNext(state: Confirm, input: FlowInput, tools: ItsmeTools, now: number): FlowStep {
  const isAnswer = input.kind === "answer" && input.interaction === confirmInteractionId(state);
  if (!isAnswer || input.answer.kind !== "confirm") {
    const interaction = confirmInteraction(state);
    return ask(state, now, interaction);
  }
  return input.answer.accepted
    ? goOn({ ...confirmBase(state), step: "sign-start", requestId: tools.newId(), attempts: 0, nextAt: 0 })
    : end({ code: "provider.cancelled" });
}

function confirmBase(state: SignStart | SignPoll | Delivered | Confirm): Omit<Delivered, "step"> {
  return { ...baseOf(state), signer: state.signer, digests: state.digests };
}

function leafOf(state: SignStart | SignPoll): Certificate {
  return parseCertificate(new Uint8Array(Buffer.from(state.signer.chain[0] ?? "", "base64")));
}
