import type { PdfFile } from "../../pdf/pdf-file.ts";
import type { Change, ChangeKind } from "../changes/change.ts";
import { compareByRules, type FurtherRules } from "../changes/compare-with-signed.ts";
import { failure, type Finding, notShown } from "../finding.ts";
import { withObject } from "../judge-change.ts";
import { judgeRevisionsAfter, type LaterChanges } from "../later-changes.ts";
import { type EvidenceAdditions, explainAttachments } from "./added-evidence.ts";
import { judgeMarks } from "./added-marks.ts";
import { explainPages } from "./added-page.ts";

/** Evidence is followed by a seal, validation data and timestamps, and by nothing else. */
const SEALING: ReadonlySet<ChangeKind> = new Set([
  "bookkeeping",
  "validation-data",
  "document-timestamp",
  "signature",
  "new-signature-field",
]);

/**
 * What became of a document since a person signed for its first bytes: evidence may have been added, and seals. Anything else
 * means that what the person signed is not what the document shows now.
 *
 * @param revision The one that the signed bytes ended with.
 * @param size Where those ended.
 */
export function changesSinceEvidence(
  file: PdfFile,
  revision: number,
  size: number,
  additions: EvidenceAdditions,
): LaterChanges {
  const rules = rulesFor(additions);
  return judgeRevisionsAfter(
    file,
    revision,
    bytesAfterEnd(file, size),
    () => ({ compare: (state) => compareByRules(state, revision, rules), judge: changeFinding }),
    size,
  );
}

const rulesFor = (additions: EvidenceAdditions): FurtherRules => ({
  explain: (comparison) => {
    explainPages(comparison, additions);
    return explainAttachments(comparison, additions);
  },
  look: judgeMarks,
});

/** Behind the last revision nothing stands, or what stood there already when it was signed. */
function bytesAfterEnd(file: PdfFile, size: number): readonly Finding[] {
  const end = Math.max(file.revisions.at(-1)?.end ?? 0, size);
  const message = "Bytes follow the end of the document.";
  return file.source.size > end ? [failure("FORMAT_FAILURE", "bytes.after-end", message, { offset: end })] : [];
}

function changeFinding(change: Change): readonly Finding[] {
  if (change.verdict === "allowed" && SEALING.has(change.kind)) {
    return [];
  }
  return change.verdict === "not-judged"
    ? [notShown("GENERIC", change.code, withObject(change))]
    : [failure("FORMAT_FAILURE", change.code, withObject(change))];
}
