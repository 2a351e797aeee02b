import type { Failure } from "../../../../shared/failure.ts";
import type { DocumentToSend, FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import { uniqueNames } from "../../unique-names.ts";
import type { UploadedFile } from "../api/fourthline-api.ts";
import {
  end,
  goOn,
  isAboutAccess,
  isPassing,
  isRefusal,
  look,
  pauseFor,
  retryAt,
  textOf,
  toStore,
} from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { SentFile, Start, Upload } from "./flow-state.ts";
import { baseOf, openOf } from "./flow-state.ts";

/**
 * Sends the documents, once a workflow. Nobody can ask Fourthline which documents it has, so when that is uncertain another
 * workflow is made: SECURITY: a document that was sent twice would be signed twice.
 */
export async function uploadDocuments(
  state: Upload,
  input: FlowInput,
  tools: FourthlineTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "documents") {
    return send(state, input.documents, tools, context);
  }
  if (state.sent) {
    return anew(state, { code: "provider.cancelled" }, tools, context.now());
  }
  const documents = state.order.documents.map(({ id }) => id);
  return { kind: "need-documents", state: toStore({ ...state, sent: true }), documents };
}

async function send(
  state: Upload,
  documents: readonly DocumentToSend[],
  tools: FourthlineTools,
  context: FlowContext,
): Promise<FlowStep> {
  const titles = uniqueNames(documents.map(({ name }) => name));
  const files: SentFile[] = [];
  const uploaded: UploadedFile[] = [];
  for (const [index, document] of documents.entries()) {
    const { id, name, size, sha256: digest } = document;
    if (size > tools.profile.maximumBytes) {
      return end({ code: "provider.document-too-large", params: { name } });
    }
    const bytes = await document.read();
    if (!bytes.ok) {
      return end(bytes.failure);
    }
    const title = titles[index] ?? id;
    files.push({ id, title, size, digest, documentId: null });
    uploaded.push({ title, bytes: bytes.value });
  }
  const sent = await tools.api.uploadDocuments(state.workflowId, uploaded, context.signal);
  const now = context.now();
  if (!sent.ok) {
    return notSent(state, sent.failure, tools, now);
  }
  const ids = new Set(files.map(({ id }) => id));
  const order = { ...state.order, documents: state.order.documents.filter(({ id }) => ids.has(id)) };
  return goOn({ ...openOf(state), order, files, step: "number", problem: null });
}

function notSent(state: Upload, failure: Failure, tools: FourthlineTools, now: number): FlowStep {
  if (isAboutAccess(failure)) {
    return pauseFor("credentials", failure, look(state, now));
  }
  if (isRefusal(failure) || failure.code === "fourthline.bad-request") {
    return end({ code: "fourthline.documents-refused", params: { text: textOf(failure) } });
  }
  return isPassing(failure) ? anew(state, failure, tools, now) : end(failure);
}

function anew(state: Upload, failure: Failure, tools: FourthlineTools, now: number): FlowStep {
  const uploads = state.uploads + 1;
  if (uploads >= tools.settings.uploadAttempts) {
    return end(failure.code === "provider.cancelled" ? { code: "provider.unreachable" } : failure);
  }
  const nextAt = retryAt(uploads, failure, tools, now);
  const next: Start = { ...baseOf(state), step: "start", round: state.round + 1, uploads, nextAt };
  return goOn(next);
}
