import type { Failure } from "../../../../shared/failure.ts";
import type { SigningOrder } from "../../provider.ts";
import type { FourthlineProfile } from "../fourthline-profile.ts";

/** Everything about an order that can be known to fail before anything is sent. */
export function checkOrder({ documents, details }: SigningOrder, profile: FourthlineProfile): Failure | null {
  const ids = new Set(documents.map(({ id }) => id));
  if (documents.length === 0 || ids.size !== documents.length) {
    return { code: "app.internal", params: { reason: "document-ids" } };
  }
  if (details?.provider !== "fourthline") {
    return { code: "fourthline.no-details" };
  }
  if (profile.workflowNames[details.flow] === undefined) {
    return { code: "fourthline.no-workflow" };
  }
  if (documents.length > profile.maximumDocuments) {
    return { code: "provider.too-many-documents", params: { maximum: profile.maximumDocuments } };
  }
  const large = documents.find(({ size }) => (size ?? 0) > profile.maximumBytes);
  return large === undefined ? null : { code: "provider.document-too-large", params: { name: large.name } };
}
