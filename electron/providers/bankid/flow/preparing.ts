import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import { composeTexts } from "../compose-texts.ts";
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
  const { confirmedText, wishes } = state;
  const order = { order: tools.newId(), time: new Date(context.now()).toISOString() };
  const texts = composeTexts(input.documents, wishes, order);
  if (!texts.ok) {
    return end(texts.failure);
  }
  // SECURITY: what is signed is what the person read before; a document that changed or went meanwhile changes the text.
  if (confirmedText !== null && confirmedText !== texts.value.visibleText) {
    return end({ code: "bankid.text-changed" });
  }
  const signed = input.documents.map(({ id }) => id);
  return goOn({ step: "place", signed, texts: texts.value, wishes, orders: 0, firstAt: 0 });
}
