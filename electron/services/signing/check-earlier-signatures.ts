import type { DocumentWarning } from "../../../shared/document-warning.ts";
import { openOptions } from "../../pdf/open-pdf.ts";
import { verifyFile } from "../../verify/verify-file.ts";
import type { InspectedDocument } from "../documents/open-document.ts";

/**
 * Earlier signatures that the document no longer bears out, one warning each: who signs below them should know before, not
 * from the report on the result. Says nothing about trust, and asks nobody.
 */
export async function checkEarlierSignatures(
  source: InspectedDocument,
  password: string | undefined,
): Promise<readonly DocumentWarning[]> {
  if (source.inspection.signatures.length === 0) {
    return [];
  }
  const { signatures } = await verifyFile(source.path, {
    trustAnchors: [],
    revocation: "not-checked",
    ...openOptions(password),
  });
  return signatures
    .filter(({ intact }) => !intact)
    .map(({ field, signer }) =>
      signer === null
        ? { code: "earlier-signature-of-nobody", params: { field } }
        : { code: "earlier-signature-broken", params: { field, signer } },
    );
}
