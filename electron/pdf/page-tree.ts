import { MAX_PAGE_TREE_DEPTH, MAX_PAGE_TREE_NODES } from "./limits.ts";
import { isArray, isDict, isRef, numberOf, type PdfObject, type PdfRef, refKey } from "./objects.ts";
import { boxOf, clipBox, LETTER, rotationOf } from "./page-geometry.ts";
import { countOf, kidsOf, pageNode, type PageNode, type PageObjects, pageTreeBroken } from "./page-node.ts";
import type { PdfPage } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";

/** From how many children on their counts are not added up to see whether /Count is right. */
const CHECKED_KIDS = 2000;
const CLIMBED_LEVELS = 64;

/** The page tree (ISO 32000-2 7.7.3). Reads what it needs: one page costs the depth of the tree, not its size. */
export class PageTree {
  private readonly objects: PageObjects;
  private readonly rootRef: PdfObject | undefined;
  private readonly consistent = new Map<string, boolean>();
  private walked: readonly PageNode[] | undefined;
  private places: ReadonlyMap<string, number> | undefined;

  /** `root` is the catalog's /Pages. */
  constructor(root: PdfObject | undefined, objects: PageObjects) {
    this.rootRef = root;
    this.objects = objects;
  }

  count(): number {
    const root = this.root();
    return this.isConsistent(root) ? countOf(root.dict, this.objects) : this.walk().length;
  }

  page(index: number): PdfPage {
    const count = this.count();
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new PdfProblem("no-such-page", `There is no page ${index + 1}; the document has ${count}.`);
    }
    const node = this.walked?.[index] ?? this.descend(index) ?? this.walk()[index];
    if (node === undefined) {
      throw pageTreeBroken("The page tree has fewer pages than it says.");
    }
    return this.toPage(node, index);
  }

  *pages(): Generator<PdfPage> {
    let index = 0;
    for (const node of this.leaves()) {
      yield this.toPage(node, index);
      index += 1;
    }
  }

  /** The index of a page object, or undefined when it is no page of this document. */
  indexOf(page: PdfRef): number | undefined {
    const climbed = this.climb(page);
    if (climbed !== undefined) {
      return climbed;
    }
    this.places ??= new Map(this.walk().map((node, index) => [refKey(node.ref), index]));
    return this.places.get(refKey(page));
  }

  /** By /Parent and the counts of earlier siblings; undefined when these do not lead back to the same page. */
  private climb(page: PdfRef): number | undefined {
    const { fetch, resolve } = this.objects;
    let index = 0;
    let child = page;
    for (let depth = 0; depth < CLIMBED_LEVELS; depth += 1) {
      const dict = fetch(child);
      const parent = isDict(dict) ? dict.entries.get("Parent") : undefined;
      if (!isRef(parent)) {
        const found = depth > 0 && index < this.count() ? this.page(index) : undefined;
        return found !== undefined && refKey(found.ref) === refKey(page) ? index : undefined;
      }
      const parentDict = fetch(parent);
      const kids = isDict(parentDict) ? resolve(parentDict.entries.get("Kids")) : null;
      const { num, gen } = child;
      const place = isArray(kids) ? kids.findIndex((kid) => isRef(kid) && kid.num === num && kid.gen === gen) : -1;
      if (!isDict(parentDict) || !isArray(kids) || place < 0) {
        return undefined;
      }
      index += countOf(parentDict, this.objects) === kids.length ? place : this.sumOf(kids.slice(0, place));
      child = parent;
    }
    return undefined;
  }

  private root(): PageNode {
    if (!isRef(this.rootRef)) {
      throw pageTreeBroken("The catalog has no page tree.");
    }
    return pageNode(this.objects, this.rootRef);
  }

  /** By /Count; undefined when the counts turn out to be wrong on the way. */
  private descend(index: number): PageNode | undefined {
    let node = this.root();
    let remaining = index;
    for (let depth = 0; depth < MAX_PAGE_TREE_DEPTH; depth += 1) {
      const kids = kidsOf(node.dict, this.objects);
      if (kids === undefined) {
        return remaining === 0 ? node : undefined;
      }
      if (!this.isConsistent(node)) {
        return undefined;
      }
      const next = this.kidWith(node, kids, remaining);
      if (next === undefined) {
        return undefined;
      }
      node = next.node;
      remaining = next.remaining;
    }
    throw new PdfProblem("limit", "The page tree is too deep.");
  }

  private kidWith(
    parent: PageNode,
    kids: readonly PdfObject[],
    index: number,
  ): { readonly node: PageNode; readonly remaining: number } | undefined {
    if (countOf(parent.dict, this.objects) === kids.length) {
      const node = pageNode(this.objects, kids[index] ?? null, parent.inherited);
      return kidsOf(node.dict, this.objects) === undefined ? { node, remaining: 0 } : undefined;
    }
    let remaining = index;
    for (const kid of kids) {
      const node = pageNode(this.objects, kid, parent.inherited);
      const pages = kidsOf(node.dict, this.objects) === undefined ? 1 : countOf(node.dict, this.objects);
      if (remaining < pages) {
        return { node, remaining };
      }
      remaining -= pages;
    }
    return undefined;
  }

  /** /Count agrees with the children. As many children as pages are taken for pages; `kidWith` looks at the one it uses. */
  private isConsistent(node: PageNode): boolean {
    const key = refKey(node.ref);
    let consistent = this.consistent.get(key);
    if (consistent === undefined) {
      consistent = this.addsUp(node);
      this.consistent.set(key, consistent);
    }
    return consistent;
  }

  private addsUp(node: PageNode): boolean {
    const kids = kidsOf(node.dict, this.objects);
    const count = countOf(node.dict, this.objects);
    if (kids === undefined) {
      return false;
    }
    if (kids.length === count) {
      const ends = [kids[0], kids.at(-1)].filter((kid) => kid !== undefined);
      return (
        ends.every((kid) => kidsOf(pageNode(this.objects, kid).dict, this.objects) === undefined) ||
        this.sumOf(kids) === count
      );
    }
    return kids.length <= CHECKED_KIDS && this.sumOf(kids) === count;
  }

  private sumOf(kids: readonly PdfObject[]): number {
    return kids.reduce<number>((sum, kid) => {
      const { dict } = pageNode(this.objects, kid);
      return sum + (kidsOf(dict, this.objects) === undefined ? 1 : countOf(dict, this.objects));
    }, 0);
  }

  private walk(): readonly PageNode[] {
    this.walked ??= [...this.leaves()];
    return this.walked;
  }

  /** All pages in order. Each node of the tree may occur once: a tree that runs in a circle or shares branches is none. */
  private *leaves(): Generator<PageNode> {
    const seen = new Set<string>();
    const pending = [this.root()];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      const kids = kidsOf(node.dict, this.objects);
      if (kids === undefined) {
        yield node;
        continue;
      }
      const key = refKey(node.ref);
      if (seen.has(key)) {
        throw pageTreeBroken("The page tree runs in a circle.");
      }
      seen.add(key);
      if (seen.size + pending.length + kids.length > MAX_PAGE_TREE_NODES) {
        throw new PdfProblem("limit", "The page tree is too large.");
      }
      for (const kid of kids.toReversed()) {
        pending.push(pageNode(this.objects, kid, node.inherited));
      }
    }
  }

  private toPage({ ref, dict, inherited }: PageNode, index: number): PdfPage {
    const { resolve } = this.objects;
    const mediaBox = boxOf(resolve(inherited.MediaBox), resolve) ?? LETTER;
    const cropBox = boxOf(resolve(inherited.CropBox), resolve);
    const resources = resolve(inherited.Resources);
    const userUnit = numberOf(resolve(dict.entries.get("UserUnit")));
    return {
      index,
      ref,
      dict,
      mediaBox,
      cropBox: cropBox === undefined ? mediaBox : clipBox(cropBox, mediaBox),
      rotate: rotationOf(numberOf(resolve(inherited.Rotate))),
      userUnit: userUnit !== undefined && userUnit > 0 ? userUnit : 1,
      resources: isDict(resources) ? resources : undefined,
    };
  }
}
