import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { DocumentDigest, DocumentToSend, DocumentToSign, FlowInput } from "../../provider.ts";
import type { OrderDraft } from "../api/order-request.ts";
import { documentFor, usualPlace } from "./build-order.ts";
import type { IdnowTools } from "./flow-parts.ts";
import type { Ordering, SentFile } from "./flow-state.ts";
import { uniqueNames } from "../../unique-names.ts";

/** What is signed, ready to travel, and the state that knows it again when it comes back. */
export interface Content {
  readonly state: Ordering;
  readonly part: Pick<OrderDraft, "eSignPDF" | "eSignHash">;
}

/** The documents, or their digests, when that is what came. Those that could not be read leave the run. */
export async function contentOf(
  state: Ordering,
  input: FlowInput,
  tools: IdnowTools,
): Promise<Result<Content, Failure> | null> {
  if (input.kind === "documents") {
    return input.documents.length === 0 ? nothing() : ofDocuments(state, input.documents, tools);
  }
  if (input.kind === "document-digests" || input.kind === "digests") {
    return input.digests.length === 0 ? nothing() : success(ofDigests(state, input.digests));
  }
  return null;
}

const nothing = (): Result<Content, Failure> => failed({ code: "app.internal", params: { reason: "documents" } });

async function ofDocuments(
  state: Ordering,
  documents: readonly DocumentToSend[],
  tools: IdnowTools,
): Promise<Result<Content, Failure>> {
  const total = documents.reduce((sum, { size }) => sum + size, 0);
  if (total > tools.profile.maximumBytes) {
    return failed({ code: "provider.document-too-large", params: { name: documents[0]?.name ?? "" } });
  }
  const names = uniqueNames(documents.map(({ name }) => name));
  const files: SentFile[] = [];
  const sent = [];
  for (const [index, document] of documents.entries()) {
    const bytes = await document.read();
    if (!bytes.ok) {
      return bytes;
    }
    const { id, size, sha256: digest, firstPage } = document;
    // IDnow draws a mark in any case, and refuses the whole order where its own place does not fit on a page.
    const place = document.place ?? (tools.profile.signatureTag === undefined ? usualPlace(firstPage) : null);
    const file: SentFile = { id, filename: names[index] ?? id, size, digest, place };
    files.push(file);
    sent.push(documentFor(file, bytes.value, state.order.details.signers.length, tools.profile));
  }
  return success({ state: withFiles(state, files), part: { eSignPDF: sent } });
}

function ofDigests(state: Ordering, digests: readonly (DocumentDigest | DocumentToSign)[]): Content {
  const nameOf = (id: string): string => state.order.documents.find((document) => document.id === id)?.name ?? id;
  const names = uniqueNames(digests.map(({ id }) => nameOf(id)));
  const files = digests.map(({ id, digest }, index): SentFile => ({
    id,
    filename: names[index] ?? id,
    size: 0,
    digest,
    place: null,
  }));
  const eSignHash = files.map(({ filename, digest }) => ({
    Hash: Buffer.from(digest, "hex").toString("base64"),
    Filename: filename,
  }));
  return { state: withFiles(state, files), part: { eSignHash } };
}

function withFiles(state: Ordering, files: SentFile[]): Ordering {
  const ids = new Set(files.map(({ id }) => id));
  const documents = state.order.documents.filter(({ id }) => ids.has(id));
  return { ...state, files, order: { ...state.order, documents } };
}
