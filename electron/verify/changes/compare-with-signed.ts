import { isArray, isDict, isName, isStream, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { judgeAnnotationList } from "./annotations/annotation-list.ts";
import { judgeChangedComment } from "./annotations/changed-comment.ts";
import { isComment } from "./annotations/judge-comment.ts";
import { judgeCatalog, judgeTrailer } from "./catalog-rules.ts";
import { allowed, type Change, forbidden, notJudged } from "./change.ts";
import { Comparison } from "./comparison.ts";
import { judgeForm } from "./form-rules.ts";
import { judgeExistingField } from "./existing-field.ts";
import { isPage, judgePage } from "./page-rules.ts";
import { isParentTreeNode, judgeParentTreeNode } from "./parent-tree-rules.ts";
import { judgeStructure } from "./structure-rules.ts";
import { indexReferences, referencesIn } from "./reference-index.ts";

/**
 * Judges what has happened to the document since the end of a revision: the signed state is compared with the newest
 * one, and every object that differs must be explained by a rule. What no rule explains is forbidden when it can change
 * what a page shows, and otherwise reported as not judged. Throws `PdfProblem`.
 */
export function compareWithSigned(file: PdfFile, revision: number): readonly Change[] {
  const ofFile = compared.get(file) ?? new Map<number, readonly Change[]>();
  compared.set(file, ofFile);
  const changes = ofFile.get(revision) ?? compareByRules(file, revision, NO_FURTHER_RULES);
  ofFile.set(revision, changes);
  return changes;
}

/** The last two revisions are compared for the verdict and for the timeline; one comparison does for both. */
const compared = new WeakMap<PdfFile, Map<number, readonly Change[]>>();

/** Rules for changes that a signature knows nothing of. */
export interface FurtherRules {
  /** Claims the objects that it can explain, and gives the keys of the catalog that it speaks for. */
  readonly explain: (comparison: Comparison) => ReadonlySet<string>;
  /** Looks at what the widgets of new signatures do. */
  readonly look: (comparison: Comparison, newWidgets: ReadonlySet<number>) => void;
}

const NO_FURTHER_RULES: FurtherRules = { explain: () => new Set(), look: () => undefined };

/** As `compareWithSigned`, by further rules that come before the others. Throws `PdfProblem`. */
export function compareByRules(file: PdfFile, revision: number, rules: FurtherRules): readonly Change[] {
  const comparison = new Comparison(file, revision);
  const explained = rules.explain(comparison);
  judgeTrailer(comparison);
  judgeCatalog(comparison, explained);
  const newWidgets = judgeForm(comparison);
  rules.look(comparison, newWidgets);
  // Fields and comments first: they speak for their drawings.
  for (const num of comparison.overridden) {
    const before = comparison.valueBefore(num);
    if (!comparison.isClaimed(num) && !isPage(before) && isField(before)) {
      judgeExistingField(comparison, num, before);
    } else if (!comparison.isClaimed(num) && !isPage(before) && isComment(comparison.old, before)) {
      judgeChangedComment(comparison, num, before);
    }
  }
  for (const num of comparison.overridden) {
    if (!comparison.isClaimed(num)) {
      judgeOverridden(comparison, num, newWidgets);
    }
  }
  judgeDuplicateKeys(comparison);
  judgeAppearing(comparison);
  judgeFreed(comparison);
  judgeUnreadable(comparison);
  return comparison.changes;
}

/** SECURITY: where a key is written twice, one program takes the first value and another the last. */
function judgeDuplicateKeys(comparison: Comparison): void {
  for (const num of [...comparison.overridden, ...comparison.added]) {
    if (hasDuplicateKeys(comparison.valueNow(num))) {
      comparison.add(
        forbidden("changes.duplicate-key", "An object that was added after the signature has an entry twice.", num),
      );
    }
  }
}

function hasDuplicateKeys(object: PdfObject): boolean {
  if (isArray(object)) {
    return object.some(hasDuplicateKeys);
  }
  const dict = isStream(object) ? object.dict : object;
  return isDict(dict) && (dict.duplicates.length > 0 || [...dict.entries.values()].some(hasDuplicateKeys));
}

/** Links out of an object that cannot be read are unknown; that matters when something leads to the object. */
function judgeUnreadable(comparison: Comparison): void {
  const { unreadable } = comparison.index;
  if (unreadable.length === 0) {
    return;
  }
  const index = indexReferences(comparison.old, new Set(unreadable));
  const object = unreadable.find((num) => index.usesOf(num).length > 0);
  if (object !== undefined) {
    const message = "An object of the signed document cannot be read, so its links to other objects are unknown.";
    comparison.add(notJudged("other", "changes.unreadable-object", message, { object }));
  }
}

function judgeOverridden(comparison: Comparison, num: number, newWidgets: ReadonlySet<number>): void {
  const before = comparison.valueBefore(num);
  if (comparison.holdsObjects(num)) {
    comparison.add(
      forbidden("changes.object-stream", "A container of signed objects was replaced after the signature.", num),
    );
  } else if (isPage(before)) {
    judgePage(comparison, num, before, newWidgets);
  } else if (isArray(before) && isAnnotationList(comparison, num)) {
    judgeAnnotationList(comparison, num, newWidgets);
  } else if (isDict(before) && isStructure(before)) {
    judgeStructure(comparison, num, before, newWidgets);
  } else if (isDict(before) && isParentTreeNode(comparison, num, before)) {
    judgeParentTreeNode(comparison, num, before);
  } else if (comparison.index.usesOf(num).length === 0) {
    comparison.add(
      allowed("bookkeeping", "changes.unused-object", "An object that nothing used was written anew.", { object: num }),
    );
  } else {
    judgeUnexplained(comparison, num, before);
  }
}

/** A field, or a widget that is the child of one. */
const isField = (object: PdfObject): object is PdfDict =>
  isDict(object) &&
  (object.entries.has("FT") ||
    (object.entries.has("T") && !object.entries.has("S")) ||
    (isName(object.entries.get("Subtype"), "Widget") && object.entries.has("Parent")));

const isAnnotationList = (comparison: Comparison, num: number): boolean =>
  comparison.index.usesOf(num).some((use) => use.key === "Annots");

/** Kinds of objects whose change does not touch the drawing of a page itself. */
function judgeUnexplained(comparison: Comparison, num: number, before: PdfObject): void {
  if (isDict(before) && before.entries.has("Rect") && before.entries.has("Subtype")) {
    comparison.add(
      notJudged(
        "annotation",
        "changes.annotation-changed",
        "An annotation was changed after the signature, which cannot be judged yet.",
        { object: num },
      ),
    );
    return;
  }
  const uses = comparison.index.usesOf(num);
  if ((isStream(before) || isDict(before)) && uses.every((use) => use.key === "AP")) {
    comparison.add(
      notJudged(
        "form-filling",
        "changes.appearance-changed",
        "The drawing of a field or annotation was changed, which cannot be judged yet.",
        { object: num },
      ),
    );
    return;
  }
  comparison.add(forbidden("changes.object", "A part of the signed document was replaced after the signature.", num));
}

const STRUCTURE: ReadonlySet<string> = new Set(["StructTreeRoot", "StructElem"]);

function isStructure(dict: PdfDict): boolean {
  const type = dict.entries.get("Type");
  const named = isDict(type) ? undefined : type;
  const text = typeof named === "object" && named !== null && "name" in named ? named.name : "";
  return STRUCTURE.has(text) || (dict.entries.has("S") && dict.entries.has("P") && !dict.entries.has("Subtype"));
}

/**
 * SECURITY: a reference to an object that does not exist reads as nothing (ISO 32000-2 7.3.10); defining that object
 * later changes the page that holds the reference, though no signed byte is touched.
 */
function judgeAppearing(comparison: Comparison): void {
  for (const num of comparison.added) {
    if (comparison.index.usesOf(num).length > 0) {
      comparison.add(
        notJudged(
          "other",
          "changes.appearing-object",
          "The signed document referred to an object that only appeared later.",
          { object: num },
        ),
      );
    }
  }
}

/** Freeing is harmless when whatever used the object has gone too or does not use it any more. */
function judgeFreed(comparison: Comparison): void {
  for (const num of comparison.freed) {
    if (comparison.isClaimed(num)) {
      continue;
    }
    if (comparison.holdsObjects(num)) {
      comparison.add(
        forbidden("changes.object-stream", "A container of signed objects was removed after the signature.", num),
      );
      continue;
    }
    const stillUsed = comparison.index.usesOf(num).some((use) => {
      if (comparison.freed.has(use.from)) {
        return false;
      }
      return !comparison.overridden.has(use.from) || referencesIn(comparison.valueNow(use.from)).has(num);
    });
    if (stillUsed) {
      comparison.add(
        notJudged("other", "changes.freed-object", "An object that the signed document uses was removed.", {
          object: num,
        }),
      );
    }
  }
}
