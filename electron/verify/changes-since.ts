import type { Placement } from "../../shared/placement.ts";
import { openFileSource } from "../pdf/file-source.ts";
import { isArray, isDict, numberOf, ref } from "../pdf/objects.ts";
import { openPdf } from "../pdf/open-pdf.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import type { Change, ChangeKind } from "./changes/change.ts";
import { compareWithSigned } from "./changes/compare-with-signed.ts";
import { hiddenDefinitions } from "./hidden-definitions.ts";
import { workLimit } from "./work-limit.ts";

/** What somebody who was only asked to sign has done to a document beside signing it. */
export interface ForeignChanges {
  /** One sentence for each change of what the document shows or says. */
  readonly refused: readonly string[];
  /** Changes that no rule can judge, and notes beside the text. */
  readonly unclear: readonly string[];
}

/** In points: services round places. */
const ROUNDING = 1;

/** Signing consists of these (ISO 32000-2 12.7.5.5, 12.8; ETSI EN 319 142-1 5.4). */
const SIGNING: ReadonlySet<ChangeKind> = new Set([
  "bookkeeping",
  "validation-data",
  "document-timestamp",
  "signature",
  "new-signature-field",
]);

/**
 * Compares a document with the one it was made from: the state at the end of its first `size` bytes, which a cross-reference
 * section must end within. A mark that lies where it was `ordered` is none of them, whatever it covers. Null when there is no such state, or it cannot be read: then it is not an update of that document.
 */
export function changesSince(path: string, size: number, ordered: Placement): ForeignChanges | null {
  const source = openFileSource(path, workLimit);
  try {
    const file = openPdf(source);
    const revision = file.revisions.findLastIndex(({ end }) => end <= size);
    if (revision < 0) {
      return null;
    }
    const changes = compareWithSigned(file, revision).filter(
      (change) => (change.verdict !== "allowed" || !SIGNING.has(change.kind)) && !isOrderedMark(file, change, ordered),
    );
    const hidden = hiddenDefinitions(file).filter(({ offset }) => offset === undefined || offset >= size);
    return {
      refused: [...changes.filter(isRefused), ...hidden].map(({ message }) => message),
      unclear: changes.filter((change) => !isRefused(change)).map(({ message }) => message),
    };
  } catch (error) {
    if (error instanceof PdfProblem) {
      return null;
    }
    throw error;
  } finally {
    source.close();
  }
}

function isOrderedMark(file: PdfFile, { code, object }: Change, ordered: Placement): boolean {
  if (code !== "changes.covering-mark" || object === undefined || ordered.kind !== "rectangle") {
    return false;
  }
  const entry = file.entry(object);
  const widget = file.fetch(ref(object, entry?.kind === "offset" ? entry.gen : 0));
  const list = isDict(widget) ? file.get(widget, "Rect") : null;
  const [left, bottom, right, top] = isArray(list)
    ? list.map((side) => numberOf(file.resolve(side)) ?? Number.NaN)
    : [];
  const { x, y, width, height } = ordered.rectangle;
  return (
    left !== undefined &&
    bottom !== undefined &&
    right !== undefined &&
    top !== undefined &&
    Math.min(left, right) >= x - ROUNDING &&
    Math.min(bottom, top) >= y - ROUNDING &&
    Math.max(left, right) <= x + width + ROUNDING &&
    Math.max(bottom, top) <= y + height + ROUNDING
  );
}

/** SECURITY: a field that a signing service fills in is a statement that nobody has made. */
const isRefused = ({ verdict, kind }: Change): boolean => verdict === "forbidden" || kind === "form-filling";
