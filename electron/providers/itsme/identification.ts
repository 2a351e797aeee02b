import { sha256Hex } from "../../../shared/ids.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";
import type { FlowInput, FlowStep } from "../provider.ts";
import { readIdentificationStart, readIdentificationStatus } from "./answers.ts";
import type { Identified } from "./answers.ts";
import { mayBeAboutKnownPerson } from "./error-codes.ts";
import { baseOf } from "./flow-state.ts";
import type { IdentifyPoll, IdentifyStart, NeedDigests } from "./flow-state.ts";
import { end, endingOf, goOn, newPoll, pageFailure, serverError, toStore } from "./flow-parts.ts";
import type { ItsmeTools, StepContext } from "./flow-parts.ts";
import { startingInteraction } from "./interactions.ts";
import { afterTrouble, stillPending, whilePolling } from "./polling.ts";
import { readSigner } from "./signer-certificate.ts";

/** The only one that itsme's API knows (itsme.md section 4: SHA-256, RSA). */
const ITSME_SCHEME: SignatureScheme = { kind: "rsa-pkcs1", digest: "SHA-256" };

/** itsme's userCode has exactly 36 characters; anything else is not one (qesB2B.json). */
const USER_CODE_LENGTH = 36;

/** Repeating this call is harmless: until its page has been shown, nobody can act in the session. */
export async function startIdentification(
  state: IdentifyStart,
  tools: ItsmeTools,
  context: StepContext,
): Promise<FlowStep> {
  const { knownPerson, language } = state.order;
  const userCode = state.useKnownPerson && knownPerson?.length === USER_CODE_LENGTH ? knownPerson : null;
  const sent = await tools.api.startIdentification({ language, userCode }, context.signal);
  const now = context.now();
  if (!sent.ok) {
    return sent.failure.code === "provider.cancelled"
      ? { kind: "wait", state: toStore(state), at: now, interaction: startingInteraction(state.sessions) }
      : end(sent.failure);
  }
  const answer = readIdentificationStart(sent.value);
  switch (answer.kind) {
    case "server-trouble":
      return end(serverError(answer.status));
    case "malformed":
      return end(endingOf(answer, "identification"));
    case "refused":
      if (userCode !== null && answer.code !== null && mayBeAboutKnownPerson(answer.code)) {
        return goOn({ ...state, useKnownPerson: false });
      }
      if (answer.code === "INVALID_LANG" && language !== "EN") {
        return goOn({ ...state, order: { ...state.order, language: "EN" } });
      }
      return end(endingOf(answer, "identification"));
    case "started": {
      const failure = pageFailure(answer.pageUrl, tools.profile);
      if (failure !== null) {
        return end(failure);
      }
      const limit = tools.settings.identificationTimeLimit;
      return goOn({
        ...baseOf(state),
        step: "identify-poll",
        sessions: state.sessions + 1,
        poll: newPoll(answer.session, answer.pageUrl, now, limit, tools.settings),
      });
    }
  }
}

export async function pollIdentification(
  state: IdentifyPoll,
  input: FlowInput,
  tools: ItsmeTools,
  context: StepContext,
): Promise<FlowStep> {
  const notYet = whilePolling(state, input, tools, context.now());
  if (notYet !== null) {
    return notYet;
  }
  const sent = await tools.api.identificationStatus(state.poll.session, context.signal);
  const now = context.now();
  if (!sent.ok) {
    return afterTrouble(state, sent.failure, tools, now);
  }
  const answer = readIdentificationStatus(sent.value);
  switch (answer.kind) {
    case "pending":
      return stillPending(state, tools, now);
    case "server-trouble":
      return afterTrouble(state, serverError(answer.status), tools, now);
    case "refused":
      return end(endingOf(answer, "identification"));
    case "malformed":
      return afterTrouble(state, endingOf(answer, "identification"), tools, now);
    case "identified":
      return identified(state, answer, now);
  }
}

function identified(state: IdentifyPoll, answer: Identified, now: number): FlowStep {
  const signer = readSigner(answer.certificatePem, answer.chainPem, new Date(now));
  if (!signer.ok) {
    return end(signer.failure);
  }
  const chain = signer.value.map(({ der }) => Buffer.from(der).toString("base64"));
  return goOn({ ...baseOf(state), step: "need-digests", signer: { chain, userCode: answer.userCode } });
}

/** Asks for the digests, and takes them. One identification serves all documents of the run. */
export function takeDigests(state: NeedDigests, input: FlowInput, tools: ItsmeTools): FlowStep {
  const open = state.order.documents.map(({ id }) => id).filter((id) => !state.done.includes(id));
  if (input.kind !== "digests") {
    const { chain, userCode } = state.signer;
    return {
      kind: "need-digests",
      state: toStore(state),
      documents: open,
      signer: { chain, schemes: [ITSME_SCHEME], knownPerson: userCode },
    };
  }
  const digests = input.digests.filter(({ id }, index) => {
    return open.includes(id) && input.digests.findIndex((other) => other.id === id) === index;
  });
  const usable = digests.every(({ scheme }) => scheme.kind === "rsa-pkcs1" && scheme.digest === "SHA-256");
  if (digests.length === 0 || digests.length !== input.digests.length || !usable) {
    return end({ code: "app.internal", params: { reason: "digests" } });
  }
  // A document that could not be prepared brings no digest: it leaves the run, the others go on.
  const ids = new Set([...state.done, ...digests.map(({ id }) => id)]);
  const order = { ...state.order, documents: state.order.documents.filter(({ id }) => ids.has(id)) };
  return goOn({
    ...baseOf(state),
    order,
    step: "sign-start",
    signer: state.signer,
    digests: digests.map(({ id, digest }) => ({ id, sha256: sha256Hex(digest) })),
    requestId: tools.newId(),
    attempts: 0,
    nextAt: 0,
  });
}
