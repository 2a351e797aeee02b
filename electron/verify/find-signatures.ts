import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject, type PdfRef, refKey } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { nameOf, textOf } from "./pdf-text.ts";

/** A signature dictionary and the way it was found. */
export interface FoundSignature {
  /** Fully qualified field name; "" when no field leads to it. */
  readonly field: string;
  readonly fieldRef: PdfRef | undefined;
  /** The indirect object that holds the dictionary: its own, or the field's when it is direct. */
  readonly holder: PdfRef | undefined;
  /** The dictionary is an indirect object of its own. */
  readonly indirect: boolean;
  readonly dict: PdfDict;
  /** How many fields have this very dictionary as value. */
  readonly fields: number;
}

/** SECURITY: field trees with cycles or without end. */
const MAXIMUM_FIELDS = 100_000;
const MAXIMUM_DEPTH = 50;

interface FieldNode {
  readonly object: PdfObject | undefined;
  readonly name: string;
  readonly inheritedType: string | undefined;
  readonly inheritedValue: PdfObject | undefined;
  readonly depth: number;
}

/** Signatures that the form's fields lead to (ISO 32000-2 12.7.5.5), in the order of the tree. */
export function signaturesOfForm(file: PdfFile): readonly FoundSignature[] {
  const form = file.get(file.catalog, "AcroForm");
  const fields = isDict(form) ? file.get(form, "Fields") : null;
  const found: FoundSignature[] = [];
  const seen = new Set<string>();
  // A stack, first field on top.
  const waiting: FieldNode[] = (isArray(fields) ? fields : [])
    .map((object) => ({ object, name: "", inheritedType: undefined, inheritedValue: undefined, depth: 0 }))
    .toReversed();
  for (let visited = 0; waiting.length > 0 && visited < MAXIMUM_FIELDS; visited += 1) {
    const node = waiting.pop();
    if (node === undefined || node.depth > MAXIMUM_DEPTH || isRepeated(node.object, seen)) {
      continue;
    }
    for (const kid of visit(file, node, found).toReversed()) {
      waiting.push(kid);
    }
  }
  return mergeSharedValues(found);
}

function isRepeated(object: PdfObject | undefined, seen: Set<string>): boolean {
  if (!isRef(object)) {
    return false;
  }
  const key = refKey(object);
  const repeated = seen.has(key);
  seen.add(key);
  return repeated;
}

/** Adds the signature of this field, if it has one, and gives its kids. */
function visit(file: PdfFile, node: FieldNode, found: FoundSignature[]): readonly FieldNode[] {
  const dict = file.resolve(node.object);
  if (!isDict(dict)) {
    return [];
  }
  const partial = textOf(file.get(dict, "T"));
  const name = [node.name, partial].filter((part) => part !== undefined && part !== "").join(".");
  const type = nameOf(file.get(dict, "FT")) ?? node.inheritedType;
  const value = dict.entries.get("V") ?? node.inheritedValue;
  const kids = file.get(dict, "Kids");
  const childFields = isArray(kids) ? kids.filter((kid) => isField(file, kid)) : [];
  if (childFields.length === 0) {
    addSignature(file, { name, type, value, ref: isRef(node.object) ? node.object : undefined }, found);
  }
  return childFields.map((object) => ({
    object,
    name,
    inheritedType: type,
    inheritedValue: value,
    depth: node.depth + 1,
  }));
}

/** A kid without a name is only a widget of its parent (ISO 32000-2 12.7.4.2). */
function isField(file: PdfFile, kid: PdfObject): boolean {
  const dict = file.resolve(kid);
  return isDict(dict) && (dict.entries.has("T") || dict.entries.has("Kids") || dict.entries.has("V"));
}

function addSignature(
  file: PdfFile,
  field: {
    readonly name: string;
    readonly type: string | undefined;
    readonly value: PdfObject | undefined;
    readonly ref: PdfRef | undefined;
  },
  found: FoundSignature[],
): void {
  const dict = file.resolve(field.value);
  // A dictionary that looks like a signature counts whatever the field's type says.
  if (!isDict(dict) || !(field.type === "Sig" || looksLikeSignature(file, dict))) {
    return;
  }
  const indirect = isRef(field.value);
  found.push({
    field: field.name,
    fieldRef: field.ref,
    holder: isRef(field.value) ? field.value : field.ref,
    indirect,
    dict,
    fields: 1,
  });
}

function looksLikeSignature(file: PdfFile, dict: PdfDict): boolean {
  const type = file.get(dict, "Type");
  return dict.entries.has("ByteRange") || isName(type, "Sig") || isName(type, "DocTimeStamp");
}

function mergeSharedValues(found: readonly FoundSignature[]): readonly FoundSignature[] {
  const merged = new Map<string, FoundSignature>();
  for (const [index, signature] of found.entries()) {
    const shared = signature.indirect && signature.holder !== undefined;
    const key = shared ? refKey(signature.holder) : `direct ${index}`;
    const earlier = merged.get(key);
    merged.set(key, earlier === undefined ? signature : { ...earlier, fields: earlier.fields + 1 });
  }
  return [...merged.values()];
}
