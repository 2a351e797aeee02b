import type { TextPreview } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { SigningOrder } from "../../providers/provider.ts";
import type { ReviewedItem } from "./review.ts";
import type { SigningEnvironment } from "./signing-environment.ts";

/**
 * The text that the person is about to sign, for a provider that signs one; null for the others. It says of each document
 * what `documentToSend` will say of it; the flow refuses any other text.
 */
export function previewText(
  { provider }: SigningEnvironment,
  order: SigningOrder,
  items: readonly ReviewedItem[],
): Result<TextPreview | null, Failure> {
  if (provider.preview === undefined) {
    return success(null);
  }
  const documents = items.map(({ source, sha256 }) => ({
    name: source.name,
    pages: source.pages,
    size: source.fingerprint.size,
    sha256,
  }));
  return provider.preview(order, documents);
}
