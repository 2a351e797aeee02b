import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { differingKeys } from "../../object-equality.ts";
import type { Comparison } from "../comparison.ts";

/** A terminal field of the signed revision with the widgets that show it, of which something changed. */
export interface FilledField {
  readonly num: number;
  readonly name: string;
  readonly before: PdfDict;
  readonly now: PdfDict;
  readonly widgets: readonly FilledWidget[];
  readonly type: string;
  readonly flags: number;
}

export interface FilledWidget {
  readonly num: number;
  readonly before: PdfDict;
  readonly now: PdfDict;
  /** Differing keys of the widget's dictionary. */
  readonly keys: readonly string[];
}

/** SECURITY: a /Parent chain can run in a circle. */
const MAXIMUM_PARENTS = 50;

/** The field itself and what stands above it, in one state of the file. */
export function ancestorsIn(file: PdfFile, field: PdfDict): readonly PdfDict[] {
  const chain: PdfDict[] = [field];
  let last: PdfObject = file.get(field, "Parent");
  while (isDict(last) && chain.length < MAXIMUM_PARENTS) {
    chain.push(last);
    last = file.get(last, "Parent");
  }
  return chain;
}

/** An inheritable entry (ISO 32000-2 table 226). */
export function inherited(file: PdfFile, field: PdfDict, key: string): PdfObject {
  const holder = ancestorsIn(file, field).find((dict) => dict.entries.has(key));
  return holder === undefined ? null : file.get(holder, key);
}

/** The object that carries the name and value of the field that this field or widget belongs to. */
export function fieldNumberOf({ old }: Comparison, num: number, dict: PdfDict): number {
  let current = num;
  let node = dict;
  for (let depth = 0; depth < MAXIMUM_PARENTS && !node.entries.has("T"); depth += 1) {
    const parent = node.entries.get("Parent");
    const above = old.resolve(parent);
    if (!isRef(parent) || !isDict(above)) {
      break;
    }
    current = parent.num;
    node = above;
  }
  return current;
}

/** The widgets, or undefined when the field has parts that are fields of their own or that came or went. */
export function widgetsOf(
  {
    old,
    current,
    valueNow,
    valueBefore,
  }: Pick<Comparison, "old" | "current"> & {
    readonly valueNow: (num: number) => PdfObject;
    readonly valueBefore: (num: number) => PdfObject;
  },
  num: number,
  field: PdfDict,
): readonly FilledWidget[] | undefined {
  const kids = old.get(field, "Kids");
  const numbers = isArray(kids) && kids.length > 0 ? kids.map((kid) => (isRef(kid) ? kid.num : -1)) : [num];
  const widgets: FilledWidget[] = [];
  for (const number of numbers) {
    const before = valueBefore(number);
    const now = valueNow(number);
    const isKid = number !== num;
    if (
      !isDict(before) ||
      !isDict(now) ||
      (isKid && before.entries.has("T")) ||
      !isName(old.get(before, "Subtype"), "Widget")
    ) {
      return undefined;
    }
    widgets.push({
      num: number,
      before,
      now,
      keys: differingKeys({ file: old, dict: before }, { file: current, dict: now }),
    });
  }
  return widgets;
}
