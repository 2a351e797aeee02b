import type { DocumentWarning } from "../../../shared/document-warning.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import type { LookBudget } from "../../verify/concealed/look-budget.ts";
import { searchConcealed } from "../../verify/concealed/search-concealed.ts";

/** Longer than this in all, nobody shall wait for the sheet. Work of this thread, in milliseconds. */
export const LONGEST_SEARCH = 1500;
const MOST_FIELDS = 5;
const MOST_LAYERS = 5;
const MOST_RANGES = 8;
const LONGEST_NAME = 60;

/**
 * What the document holds and does not show: who signs it should know before, for it is signed too. What was not looked
 * at is told as well, so that silence means that nothing was found.
 */
export async function checkConcealed(file: PdfFile, budget: LookBudget): Promise<readonly DocumentWarning[]> {
  const found = await searchConcealed(file, budget);
  const fields = found.differingFields;
  const more = fields.length - MOST_FIELDS;
  return [
    ...onPages("covered-content", found.coveredPages),
    ...ofLayers("hidden-layers", found.hiddenLayers),
    ...ofLayers("differing-layers", found.differingLayers),
    ...fields
      .slice(0, MOST_FIELDS)
      .map((field) => ({ code: "field-shows-otherwise" as const, params: { field: shown(field) } })),
    ...(more > 0 ? [{ code: "more-fields-show-otherwise" as const, params: { count: more } }] : []),
    ...onPages("doubled-entries", found.doubledPages),
    ...onPages("pages-not-searched", found.unsearchedPages),
    ...(found.fieldsUnsearched ? [{ code: "fields-not-searched" as const }] : []),
  ];
}

function onPages(
  code: "covered-content" | "doubled-entries" | "pages-not-searched",
  pages: readonly number[],
): readonly DocumentWarning[] {
  return pages.length === 0 ? [] : [{ code, params: { count: pages.length, pages: rangesOf(pages) } }];
}

function ofLayers(code: "hidden-layers" | "differing-layers", names: readonly string[]): readonly DocumentWarning[] {
  if (names.length === 0) {
    return [];
  }
  const told = names.slice(0, MOST_LAYERS).map((name) => `“${shown(name)}”`);
  return [{ code, params: { layers: [...told, ...(names.length > MOST_LAYERS ? ["…"] : [])].join(", ") } }];
}

/** SECURITY: a name in the document can be a page long, or turn the words around it with signs that nobody sees. */
function shown(name: string): string {
  const signs = Array.from(name.replaceAll(/\p{C}/gu, " "));
  return signs.length > LONGEST_NAME ? `${signs.slice(0, LONGEST_NAME).join("")}…` : signs.join("");
}

/** "2, 5–9, …" for ascending page numbers. */
export function rangesOf(pages: readonly number[]): string {
  const ranges: { readonly from: number; to: number }[] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last?.to === page - 1) {
      last.to = page;
    } else {
      ranges.push({ from: page, to: page });
    }
  }
  const told = ranges.slice(0, MOST_RANGES).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  return [...told, ...(ranges.length > MOST_RANGES ? ["…"] : [])].join(", ");
}
