import { isArray, isString, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { textValue } from "./text-value.ts";

export interface Option {
  readonly exported: string;
  readonly shown: string;
}

/** The text for an exported value; undefined when there is none, or two that differ. */
export function shownOption(options: readonly Option[], exported: string): string | undefined {
  const texts = new Set(options.filter((option) => option.exported === exported).map(({ shown }) => shown));
  const [text] = texts;
  return texts.size === 1 ? text : undefined;
}

/** The options of a choice field (ISO 32000-2 table 234, /Opt); undefined when one of them is not understood. */
export function optionsIn(file: PdfFile, list: PdfObject): readonly Option[] | undefined {
  const options: Option[] = [];
  for (const item of isArray(list) ? list : []) {
    const value = file.resolve(item);
    const pair = isArray(value) ? value.map((part) => file.resolve(part)) : [value, value];
    const [exported, shown] = pair;
    if (!isString(exported) || !isString(shown) || pair.length !== 2) {
      return undefined;
    }
    options.push({ exported: textValue(file, exported) ?? "", shown: textValue(file, shown) ?? "" });
  }
  return options;
}
