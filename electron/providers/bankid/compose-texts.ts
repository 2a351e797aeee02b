import { type BankIdManifest, type ManifestDocument, writeManifest } from "../../evidence/bankid/manifest.ts";
import { canonicalJson } from "../../evidence/canonical-json.ts";
import type { TextPreview } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success, type Result } from "../../../shared/result.ts";
import type { DocumentFacts } from "../provider.ts";
import { textProblem } from "./text-limits.ts";
import { type BankIdLanguage, type BankIdTextFormat, visibleText } from "../../evidence/bankid/visible-text.ts";

export interface TextStyle {
  readonly language: BankIdLanguage;
  readonly format: BankIdTextFormat;
}

export interface SignedTexts {
  readonly visibleText: string;
  readonly hiddenData: string;
}

/** What is signed of these documents. */
export function composeTexts(
  documents: readonly DocumentFacts[],
  style: TextStyle,
  order: Pick<BankIdManifest, "order" | "time">,
): Result<SignedTexts, Failure> {
  const entries = documents.map(entryOf);
  const hiddenData = writeManifest({ v: 1, purpose: "sign-documents", ...order, documents: entries });
  return checked({ visibleText: visibleText(entries, style.language, style.format), hiddenData });
}

/** In the place of what only an order has: nobody shall take a preview for what was signed. */
const LATER = "…";

/** The same for the person to read before there is an order: the text word for word, the hidden data but for number and time. */
export function previewTexts(
  documents: readonly DocumentFacts[],
  { language, format }: TextStyle,
): Result<TextPreview, Failure> {
  const entries = documents.map(entryOf);
  const hidden = canonicalJson({ v: 1, purpose: "sign-documents", order: LATER, time: LATER, documents: entries });
  const texts = checked({ visibleText: visibleText(entries, language, format), hiddenData: hidden });
  return texts.ok ? success({ language, format, visible: texts.value.visibleText, hidden }) : texts;
}

function checked(texts: SignedTexts): Result<SignedTexts, Failure> {
  const problem = textProblem(texts.visibleText, texts.hiddenData);
  return problem === null ? success(texts) : failed(problem);
}

const entryOf = ({ name, pages, sha256, size }: DocumentFacts): ManifestDocument => ({
  name: name.toWellFormed().slice(-1000).toWellFormed() || "?",
  pages: pages ?? null,
  sha256,
  size,
});
