import type { TextPreview } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { digestOfRewritten } from "../../pdf/rewrite.ts";
import type { DocumentFacts, SigningOrder } from "../../providers/provider.ts";
import { openEitherWay } from "../documents/open-document.ts";
import type { ReviewedItem, ReviewInput } from "./review.ts";

type Input = Pick<ReviewInput, "environment" | "documentPassword">;

/** The text that the person is about to sign, for a provider that signs one; null for the others. */
export async function previewText(
  input: Input,
  order: SigningOrder,
  items: readonly ReviewedItem[],
): Promise<Result<TextPreview | null, Failure>> {
  const { provider } = input.environment;
  if (provider.preview === undefined) {
    return success(null);
  }
  const documents: DocumentFacts[] = [];
  for (const item of items) {
    const facts = await factsOf(input, item);
    if (!facts.ok) {
      return facts;
    }
    documents.push(facts.value);
  }
  return provider.preview(order, documents);
}

/** As `documentToSend` will say it. A damaged document is signed as its clean copy, so that is what the text names. */
async function factsOf(
  { documentPassword }: Input,
  { source, sha256, rewrite }: ReviewedItem,
): Promise<Result<DocumentFacts, Failure>> {
  const { name, pages, path, fingerprint } = source;
  if (!rewrite) {
    return success({ name, pages, size: fingerprint.size, sha256 });
  }
  const opened = openEitherWay(path, documentPassword?.(path));
  if (!opened.ok) {
    return opened;
  }
  try {
    return success({ name, pages, ...(await digestOfRewritten(opened.value)) });
  } catch (error) {
    if (error instanceof PdfProblem) {
      return failed({ code: "document.damaged", params: { name } });
    }
    throw error;
  } finally {
    opened.value.close();
  }
}
