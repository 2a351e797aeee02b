import type { Certification } from "../../../shared/certification.ts";
import { isArray, isDict, isName, isRef } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { certificationLevel } from "../certification.ts";
import { lastReference } from "../form-update.ts";
import type { NewestSignature } from "./check-file.ts";
import type { ConformanceViolation } from "./violation.ts";
import { violation } from "./violation.ts";

/**
 * A signature certifies exactly when the person asked for it, at the level that was asked for, and the catalog says so
 * too (ISO 32000-2 12.8.2.2 and 12.8.6): with one of the two alone, programs disagree about what may follow.
 */
export function checkCertification(
  file: PdfFile,
  { fields, dictionary }: NewestSignature,
  expected: Certification | null,
): readonly ConformanceViolation[] {
  const permissions = file.get(file.catalog, "Perms");
  const named = isDict(permissions) ? permissions.entries.get("DocMDP") : undefined;
  const own = lastReference(file, fields[0]?.value);
  const isNamed = isRef(named) && own !== null && named.num === own.num;
  const references = file.get(dictionary, "Reference");
  const levels = (isArray(references) ? references : [])
    .map((entry) => file.resolve(entry))
    .filter(isDict)
    .filter((reference) => isName(file.get(reference, "TransformMethod"), "DocMDP"))
    .map((reference) => {
      const parameters = file.get(reference, "TransformParams");
      return isDict(parameters) ? file.get(parameters, "P") : null;
    });
  if (expected === null) {
    return levels.length === 0 && !isNamed
      ? []
      : [violation("certification", "The signature certifies the document, which nobody asked for.")];
  }
  return isNamed && levels.length === 1 && levels[0] === certificationLevel(expected)
    ? []
    : [violation("certification", "The signature does not certify the document as it should.")];
}
