import { type BankIdManifest, writeManifest } from "../../../evidence/bankid/manifest.ts";
import type { DocumentToSend, FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import { textProblem } from "../text-limits.ts";
import { visibleText } from "../../../evidence/bankid/visible-text.ts";
import { type BankIdTools, end, goOn, toStore } from "./flow-parts.ts";
import type { Start } from "./flow-state.ts";

/** Names and digests of the documents become what is signed. */
export function prepareTexts(state: Start, input: FlowInput, tools: BankIdTools, context: FlowContext): FlowStep {
  if (input.kind !== "documents") {
    return { kind: "need-documents", state: toStore(state), documents: state.documents.map(({ id }) => id) };
  }
  if (input.documents.length === 0) {
    return end({ code: "document.not-readable" });
  }
  const { format, language } = tools.profile;
  const manifest: BankIdManifest = {
    v: 1,
    purpose: "sign-documents",
    order: tools.newId(),
    time: new Date(context.now()).toISOString(),
    documents: input.documents.map(entryOf),
  };
  const texts = {
    visibleText: visibleText(manifest.documents, language, format),
    hiddenData: writeManifest(manifest),
  };
  const problem = textProblem(texts.visibleText, texts.hiddenData);
  return problem === null
    ? goOn({ step: "place", signed: input.documents.map(({ id }) => id), texts, orders: 0, firstAt: 0 })
    : end(problem);
}

const entryOf = ({ name, pages, sha256, size }: DocumentToSend): BankIdManifest["documents"][number] => ({
  name: name.toWellFormed().slice(-1000).toWellFormed() || "?",
  pages: pages ?? null,
  sha256,
  size,
});
