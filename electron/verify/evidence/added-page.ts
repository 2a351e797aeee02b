import {
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  numberOf,
  type PdfDict,
  type PdfObject,
  type PdfRef,
} from "../../pdf/objects.ts";
import { allowed, forbidden } from "../changes/change.ts";
import type { Comparison } from "../changes/comparison.ts";
import { isPage } from "../changes/page-rules.ts";
import { differingKeys, sameObject } from "../object-equality.ts";
import type { EvidenceAdditions } from "./added-evidence.ts";

/** What a page that summarises evidence may say (ISO 32000-2 table 31): no actions, no thumbnail, no transition. */
const PAGE_KEYS: ReadonlySet<string> = new Set([
  "Type",
  "Parent",
  "MediaBox",
  "CropBox",
  "BleedBox",
  "TrimBox",
  "ArtBox",
  "Rotate",
  "Resources",
  "Contents",
  "Group",
  "Tabs",
  "StructParents",
  "Annots",
  "LastModified",
]);

/**
 * Claims the document's page tree when pages were appended to it behind all others, one by each revision that added
 * evidence, and tells the comparison of them. When that is not all that happened it is left to the other rules.
 */
export function explainPages(comparison: Comparison, additions: EvidenceAdditions): void {
  const { old, current } = comparison;
  const root = old.catalog.entries.get("Pages");
  if (!isRef(root)) {
    return;
  }
  const [before, now] = [comparison.valueBefore(root.num), comparison.valueNow(root.num)];
  if (!isDict(before) || !isDict(now)) {
    return;
  }
  const pages = appendedPages(comparison, before, now);
  if (pages === undefined || pages.length === 0 || !haveOwnRevisions(comparison, additions, pages)) {
    return;
  }
  const problem = pages
    .map((page) => ({ page, why: pageProblem(comparison, root, page) }))
    .find(({ why }) => why !== undefined);
  if (problem !== undefined) {
    const message = `A page was appended to the document that ${problem.why}.`;
    comparison.add(forbidden("changes.page-appended", message, problem.page.num));
    return;
  }
  if (!claimTree(comparison, root, before)) {
    return;
  }
  for (const page of pages) {
    const message = "A page about the evidence was appended to the document.";
    comparison.add(allowed("bookkeeping", "changes.evidence-page", message, { object: page.num, page: page.num }));
  }
  // SECURITY: the pages' own order, as a reader counts them, and not only what the tree's root says.
  const first = old.pageCount();
  const stand = pages.every((page, index) => current.pageIndexOf(page) === first + index);
  if (!stand || current.pageCount() !== first + pages.length) {
    comparison.add(
      forbidden("changes.page-order", "Pages of the document stand at other places than before.", root.num),
    );
  }
  for (const { num } of pages) {
    comparison.appendedPages.add(num);
  }
}

/** What stands behind the kids that the tree's root had; undefined when those are not all there, or the root says more. */
function appendedPages(
  { old, current, added }: Comparison,
  before: PdfDict,
  now: PdfDict,
): readonly PdfRef[] | undefined {
  const keys = differingKeys({ file: old, dict: before }, { file: current, dict: now });
  const [kept, all] = [old.get(before, "Kids"), current.get(now, "Kids")];
  if (keys.some((key) => key !== "Kids" && key !== "Count") || !isArray(kept) || !isArray(all)) {
    return undefined;
  }
  const isKept = kept.every((kid, index) =>
    sameObject({ file: old, object: kid }, { file: current, object: all[index] }),
  );
  const appended = all.slice(kept.length);
  const pages = appended.filter(isRef).filter(({ num }) => added.has(num));
  const [countBefore, countNow] = [numberOf(old.get(before, "Count")), numberOf(current.get(now, "Count"))];
  const isCounted = countBefore !== undefined && countNow === countBefore + pages.length;
  const isEachOnce = new Set(pages.map(({ num }) => num)).size === appended.length;
  return isKept && isCounted && isEachOnce && pages.length === appended.length ? pages : undefined;
}

/** Each page came with evidence, and no evidence brings two. */
function haveOwnRevisions(
  { current, old }: Comparison,
  { revisions }: EvidenceAdditions,
  pages: readonly PdfRef[],
): boolean {
  const from = old.revisions.length;
  const cameWith = pages.map(({ num }) =>
    current.revisions.findIndex(({ entries }, index) => index >= from && entries.has(num)),
  );
  return new Set(cameWith).size === pages.length && cameWith.every((revision) => revisions.has(revision));
}

function pageProblem(comparison: Comparison, root: PdfRef, reference: PdfRef): string | undefined {
  const page = comparison.valueNow(reference.num);
  const parent = isDict(page) ? page.entries.get("Parent") : undefined;
  if (!isPage(page) || !isRef(parent) || parent.num !== root.num || page.duplicates.length > 0) {
    return "is no page in its place";
  }
  const odd = [...page.entries.keys()].find((key) => !PAGE_KEYS.has(key));
  return odd === undefined
    ? contentProblem(comparison, page)
    : `has an entry /${odd}, which no page about evidence has`;
}

/** SECURITY: what a drawing could bring along that does something, is taken from elsewhere, or can be switched. */
const ODD_KEYS: ReadonlySet<string> = new Set(["A", "AA", "JS", "OpenAction", "OC", "OPI", "Ref", "Rendition"]);
const ODD_SUBTYPES: ReadonlySet<string> = new Set(["PS"]);
const MOST_PARTS = 20_000;

/** Follows what the page is made of, as far as it was added with it. */
function contentProblem(comparison: Comparison, page: PdfDict): string | undefined {
  const seen = new Set<number>();
  const waiting: (PdfObject | undefined)[] = [page.entries.get("Resources"), page.entries.get("Contents")];
  for (let count = 0; waiting.length > 0; count += 1) {
    if (count > MOST_PARTS) {
      return "is made of more parts than a page about evidence";
    }
    const item = waiting.pop();
    const isOwn = !isRef(item) || (comparison.added.has(item.num) && !seen.has(item.num));
    if (!isOwn) {
      continue;
    }
    if (isRef(item)) {
      seen.add(item.num);
    }
    const value = comparison.current.resolve(item);
    const dict = isStream(value) ? value.dict : value;
    if (isArray(dict)) {
      waiting.push(...dict);
    } else if (isDict(dict)) {
      const odd = [...dict.entries].some(
        ([key, entry]) => ODD_KEYS.has(key) || (key === "Subtype" && isName(entry) && ODD_SUBTYPES.has(entry.name)),
      );
      if (odd) {
        return "does more than show something";
      }
      waiting.push(...dict.entries.values());
    }
  }
  return undefined;
}

/** The root of the tree, and its list of kids where that is an object of its own. */
function claimTree(comparison: Comparison, root: PdfRef, before: PdfDict): boolean {
  const { old, overridden } = comparison;
  const list = before.entries.get("Kids");
  const own = [root.num, ...(isRef(list) ? [list.num] : [])];
  const changed = own.filter((num) => overridden.has(num));
  return comparison.claimIfOwn(changed, ({ from, key }, num) =>
    num === root.num
      ? (from === old.catalogRef.num && key === "Pages") || (key === "Parent" && isInTree(comparison.valueBefore(from)))
      : from === root.num && key === "Kids",
  );
}

const isInTree = (object: PdfObject): boolean =>
  isPage(object) || (isDict(object) && isName(object.entries.get("Type"), "Pages"));
