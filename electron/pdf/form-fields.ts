import { MAX_FIELDS, MAX_NESTING } from "./limits.ts";
import {
  isArray,
  isDict,
  isName,
  isRef,
  isString,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  refKey,
} from "./objects.ts";
import type { PdfFile } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { decodeTextString } from "./text-string.ts";

/** A terminal field of the interactive form (ISO 32000-2 12.7.4). */
export interface FormField {
  /** Fully qualified, parts joined by a full stop. */
  readonly name: string;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** /FT without the slash, inherited when the field itself has none: "Sig", "Tx", "Btn", "Ch". */
  readonly type: string | undefined;
  /** /Ff, inherited. */
  readonly flags: number;
  /** /V as written (perhaps a reference), inherited; null when absent. */
  readonly value: PdfObject;
  /** The annotations that show it: the field's own dictionary when it is merged with its only one, or its children. */
  readonly widgets: readonly FieldWidget[];
}

export interface FieldWidget {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** Index of its page; null when no page shows it. Looked up when first read, which can cost a walk over all pages. */
  readonly page: number | null;
}

interface Inherited {
  readonly name: string;
  readonly type: PdfObject | undefined;
  readonly flags: PdfObject | undefined;
  readonly value: PdfObject | undefined;
}

interface Pending {
  readonly ref: PdfRef;
  readonly inherited: Inherited;
  readonly depth: number;
}

/**
 * All terminal fields, in the order of the form. A widget on a page that no field of the form owns is not listed, nor is
 * a field that is no indirect object (ISO 32000-2 12.7.4.1 asks for one): nothing could refer to it. Each object counts
 * once, so a tree that runs in a circle ends. Throws PdfProblem.
 */
export function formFields(file: PdfFile): readonly FormField[] {
  const form = file.get(file.catalog, "AcroForm");
  const roots = isDict(form) ? file.get(form, "Fields") : null;
  if (!isArray(roots)) {
    return [];
  }
  const fields: FormField[] = [];
  const seen = new Set<string>();
  const annotations = new AnnotationPages(file);
  const none: Inherited = { name: "", type: undefined, flags: undefined, value: undefined };
  const pending: Pending[] = roots
    .filter(isRef)
    .toReversed()
    .map((ref) => ({ ref, inherited: none, depth: 0 }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { ref, depth } = next;
    const dict = file.resolve(ref);
    if (seen.has(refKey(ref)) || !isDict(dict)) {
      continue;
    }
    seen.add(refKey(ref));
    if (seen.size > MAX_FIELDS || depth > MAX_NESTING) {
      throw new PdfProblem("limit", "The form has too many fields.");
    }
    const inherited = inherit(file, next.inherited, dict);
    const { subfields, widgets } = childrenOf(file, dict);
    if (subfields.length > 0) {
      pending.push(...subfields.toReversed().map((child) => ({ ref: child, inherited, depth: depth + 1 })));
    } else {
      fields.push(toField(file, { ref, dict, inherited, widgets, annotations }));
    }
  }
  return fields;
}

function inherit(file: PdfFile, parent: Inherited, dict: PdfDict): Inherited {
  const partial = file.get(dict, "T");
  const own = isString(partial) ? decodeTextString(partial.bytes) : undefined;
  return {
    name: own === undefined ? parent.name : parent.name === "" ? own : `${parent.name}.${own}`,
    type: dict.entries.get("FT") ?? parent.type,
    flags: dict.entries.get("Ff") ?? parent.flags,
    value: dict.entries.get("V") ?? parent.value,
  };
}

/** ISO 32000-2 12.7.4.2: a child with a partial name is a field, one without is a widget of this field. */
function childrenOf(
  file: PdfFile,
  dict: PdfDict,
): {
  readonly subfields: readonly PdfRef[];
  readonly widgets: readonly { readonly ref: PdfRef; readonly dict: PdfDict }[];
} {
  const kids = file.get(dict, "Kids");
  const subfields: PdfRef[] = [];
  const widgets: { readonly ref: PdfRef; readonly dict: PdfDict }[] = [];
  for (const ref of isArray(kids) ? kids.filter(isRef) : []) {
    const kid = file.resolve(ref);
    if (isDict(kid) && (kid.entries.has("T") || kid.entries.has("Kids"))) {
      subfields.push(ref);
    } else if (isDict(kid)) {
      widgets.push({ ref, dict: kid });
    }
  }
  return { subfields, widgets };
}

function toField(
  file: PdfFile,
  found: {
    readonly ref: PdfRef;
    readonly dict: PdfDict;
    readonly inherited: Inherited;
    readonly widgets: readonly { readonly ref: PdfRef; readonly dict: PdfDict }[];
    readonly annotations: AnnotationPages;
  },
): FormField {
  const { ref, dict, inherited, annotations } = found;
  const type = file.resolve(inherited.type);
  const flags = file.resolve(inherited.flags);
  const merged =
    found.widgets.length === 0 && (isName(file.get(dict, "Subtype"), "Widget") || dict.entries.has("Rect"));
  const widgets = merged ? [{ ref, dict }] : found.widgets;
  return {
    name: inherited.name,
    ref,
    dict,
    type: isName(type) ? type.name : undefined,
    flags: typeof flags === "number" ? flags : 0,
    value: inherited.value ?? null,
    widgets: widgets.map((widget) => new LazyWidget(widget.ref, widget.dict, annotations)),
  };
}

class LazyWidget implements FieldWidget {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  private readonly annotations: AnnotationPages;

  constructor(ref: PdfRef, dict: PdfDict, annotations: AnnotationPages) {
    this.ref = ref;
    this.dict = dict;
    this.annotations = annotations;
  }

  get page(): number | null {
    return this.annotations.pageOf(this.ref, this.dict);
  }
}

/** Which page shows an annotation: /P when the page agrees, else a search over all pages, once. */
class AnnotationPages {
  private readonly file: PdfFile;
  private searched: Map<string, number> | undefined;

  constructor(file: PdfFile) {
    this.file = file;
  }

  pageOf(ref: PdfRef, dict: PdfDict): number | null {
    const named = dict.entries.get("P");
    const index = isRef(named) ? this.file.pageIndexOf(named) : undefined;
    // /P is optional and may be stale; what a page shows is said by its /Annots (ISO 32000-2 12.5.2).
    if (index !== undefined && this.annotationsOf(index).includes(refKey(ref))) {
      return index;
    }
    this.searched ??= this.search();
    return this.searched.get(refKey(ref)) ?? index ?? null;
  }

  private annotationsOf(index: number): readonly string[] {
    return annotationKeys(this.file, this.file.page(index).dict);
  }

  private search(): Map<string, number> {
    const pages = new Map<string, number>();
    for (const { index, dict } of this.file.pages()) {
      for (const key of annotationKeys(this.file, dict)) {
        if (!pages.has(key)) {
          pages.set(key, index);
        }
      }
    }
    return pages;
  }
}

function annotationKeys(file: PdfFile, page: PdfDict): readonly string[] {
  const annotations = file.get(page, "Annots");
  return isArray(annotations) ? annotations.filter(isRef).map(refKey) : [];
}
