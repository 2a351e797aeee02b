import type { DocumentWarning } from "../../../shared/document-warning.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { checkBeforeSigning } from "../../pades/check-before-signing.ts";
import type { SigningIntent } from "../../pades/check-before-signing.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { hiddenDefinitions } from "../../verify/hidden-definitions.ts";
import { openEitherWay } from "../documents/open-document.ts";
import type { InspectedDocument } from "../documents/open-document.ts";
import type { ProviderDescriptor } from "../../providers/provider.ts";
import { isNoMatter } from "../../../shared/no-matter-for-texts.ts";
import type { SigningEnvironment } from "./signing-environment.ts";

/** What is asked of a document, and whether it would leave the computer as a whole. */
export type DocumentIntent = SigningIntent & { readonly takes: ProviderDescriptor["takes"] };

/**
 * Can this document be signed as the request says? Asked before anybody is: what the document, the chosen field or an
 * earlier signature forbids is refused here, and what the person should know is told. Only the conditions for the
 * signer's certificate have to wait until it is known.
 */
export function checkDocument(
  file: PdfFile,
  source: InspectedDocument,
  intent: DocumentIntent,
): Result<readonly DocumentWarning[], Failure> {
  try {
    if (intent.takes === "document" && file.encryption !== null) {
      return named({ code: "provider.document-encrypted" }, source.name);
    }
    const checked = checkBeforeSigning(file, intent);
    if (!checked.ok && !isNoMatter(intent.takes, checked.failure.code)) {
      return named(checked.failure, source.name);
    }
    const warnings = checked.ok ? checked.value : [];
    // A repaired file is written anew, with one definition of each part.
    if (file.repaired || hiddenDefinitions(file).length === 0) {
      return success(warnings);
    }
    return source.inspection.signatures.length > 0
      ? named({ code: "document.hidden-parts" }, source.name)
      : success([...warnings, { code: "hidden-parts" }]);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return named({ code: "document.damaged" }, source.name);
    }
    throw error;
  }
}

/** The same for one that is not open, when nothing else is asked. */
export function checkUnopened(
  source: InspectedDocument,
  intent: DocumentIntent,
  password: string | undefined,
): Result<readonly DocumentWarning[], Failure> {
  const opened = openEitherWay(source.path, password);
  if (!opened.ok) {
    return opened;
  }
  try {
    return checkDocument(opened.value, source, intent);
  } finally {
    opened.value.close();
  }
}

/** Who refuses need not know what the document is called; with many, the person has to. */
const named = (failure: Failure, name: string): { readonly ok: false; readonly failure: Failure } =>
  failed({ ...failure, params: { name, ...failure.params } });

export function signingIntent(request: SignRequest, environment: SigningEnvironment, id: DocumentId): DocumentIntent {
  const { fieldName, certification } = request;
  return {
    placement: request.placements?.[id] ?? request.placement,
    ...(fieldName === undefined ? {} : { fieldName }),
    // A provider that draws the signature itself is not told the reason.
    reason: environment.provider.descriptor.drawsMark === true ? null : (request.reason ?? null),
    timestamped: request.level !== "B-B" && environment.timestamp !== null,
    digests: environment.provider.descriptor.digestAlgorithms,
    ...(certification === undefined ? {} : { certification }),
    lockFields: request.lockFields ?? false,
    chain: "later",
    takes: environment.provider.descriptor.takes,
  };
}

/** The same warning of many documents is told once, with their names. */
export function groupWarnings(
  told: readonly { readonly name: string; readonly warnings: readonly DocumentWarning[] }[],
): readonly { readonly warning: DocumentWarning; readonly documents: readonly string[] }[] {
  const groups = new Map<string, { readonly warning: DocumentWarning; readonly documents: string[] }>();
  for (const { name, warnings } of told) {
    for (const warning of warnings) {
      const key = JSON.stringify(warning);
      const group = groups.get(key) ?? { warning, documents: [] };
      group.documents.push(name);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
