import { setImmediate as pause } from "node:timers/promises";
import type { PdfObject } from "../../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import type { CellScratch } from "./cell-grid.ts";
import { differingFields } from "./differing-fields.ts";
import type { FontMetrics } from "../drawing/font-metrics.ts";
import { type Layer, Layers } from "./layers.ts";
import { type LookBudget, LookBudgetSpent } from "./look-budget.ts";
import { lookAtPage, type LookedAtPage, type LookOptions } from "./look-at-page.ts";

/** What a document holds that nobody sees in it now; pages from 1, in order. */
export interface Concealed {
  /** Text or an annotation lies wholly under what is painted over it. */
  readonly coveredPages: readonly number[];
  /** Names of layers with something on a page that is not shown. */
  readonly hiddenLayers: readonly string[];
  /** The same, where it depends on the program, or on screen or paper, whether they are shown. */
  readonly differingLayers: readonly string[];
  /** Names of form fields that show something else than their value. */
  readonly differingFields: readonly string[];
  /** Pages whose description says one thing twice. */
  readonly doubledPages: readonly number[];
  /** Pages that could not be looked at, or not in the time. */
  readonly unsearchedPages: readonly number[];
  /** Not all fields of the form were looked at. */
  readonly fieldsUnsearched: boolean;
}

/** Fonts that are kept from page to page. */
const KEPT_FONTS = 300;
const PAGES_A_PAUSE = 8;
const FIELDS_A_PAUSE = 200;
const MOST_NAMED = 1000;

/**
 * Looks for what the signer cannot see and somebody could bring to light later (the shadow attacks of 2021, "hide" and
 * "replace"), page by page, in the time that `budget` leaves. Never throws for what the file is like.
 */
export async function searchConcealed(file: PdfFile, budget: LookBudget): Promise<Concealed> {
  const fields = await searchFields(file, budget);
  const pages = await searchPages(file, budget);
  return { ...pages, differingFields: fields.names, fieldsUnsearched: !fields.complete };
}

async function searchFields(
  file: PdfFile,
  { spend }: LookBudget,
): Promise<{ readonly names: readonly string[]; readonly complete: boolean }> {
  const names: string[] = [];
  try {
    let count = 0;
    for (const name of differingFields(file)) {
      spend(FIELD_WORK);
      if (name !== undefined && names.length < MOST_NAMED) {
        names.push(name);
      }
      count += 1;
      if (count % FIELDS_A_PAUSE === 0) {
        await pause();
      }
    }
    return { names, complete: true };
  } catch (error) {
    if (error instanceof PdfProblem || error instanceof LookBudgetSpent) {
      return { names, complete: false };
    }
    throw error;
  }
}

/** A field is read at once: the clock is looked at after a few. */
const FIELD_WORK = 32;

type OnPages = Omit<Concealed, "differingFields" | "fieldsUnsearched">;

async function searchPages(file: PdfFile, { spend }: LookBudget): Promise<OnPages> {
  const found = { covered: [] as number[], doubled: [] as number[], unsearched: [] as number[] };
  const reached = new Set<Layer>();
  let count = 0;
  let looked = 0;
  try {
    count = file.pageCount();
    const layers = new Layers(file);
    const scratch: CellScratch = {};
    const fonts = new Map<number, FontMetrics | undefined>();
    const onLayer = (layer: PdfObject | undefined): void => {
      reached.add(layers.layer(layer));
    };
    for (const page of file.pages()) {
      const answer = lookOrNot(page, { file, layers, fonts, scratch, onLayer, spend });
      looked = page.index + 1;
      note(found, answer, looked);
      if (fonts.size > KEPT_FONTS) {
        fonts.clear();
      }
      if (looked % PAGES_A_PAUSE === 0) {
        await pause();
      }
    }
  } catch (error) {
    if (!(error instanceof PdfProblem) && !(error instanceof LookBudgetSpent)) {
      throw error;
    }
  }
  const named = (visibility: Layer["visibility"]): readonly string[] => [
    ...new Set([...reached].filter((layer) => layer.visibility === visibility).flatMap(({ names }) => names)),
  ];
  return {
    coveredPages: found.covered,
    doubledPages: found.doubled,
    hiddenLayers: named("hidden"),
    differingLayers: named("differs"),
    unsearchedPages: [...found.unsearched, ...Array.from({ length: count - looked }, (_, index) => looked + index + 1)],
  };
}

function lookOrNot(page: PdfPage, options: LookOptions): LookedAtPage | undefined {
  try {
    return lookAtPage(page, options);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

function note(
  found: Readonly<Record<"covered" | "doubled" | "unsearched", number[]>>,
  answer: LookedAtPage | undefined,
  page: number,
): void {
  if (answer === undefined) {
    found.unsearched.push(page);
  } else {
    found.covered.push(...(answer.covered ? [page] : []));
    found.doubled.push(...(answer.doubled ? [page] : []));
  }
}
