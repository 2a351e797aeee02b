import type { DocumentView } from "../../shared/app-state.ts";
import type { DocumentId, TransactionId } from "../../shared/ids.ts";
import type { VisiblePlacement, WindowAction, WindowState } from "./window-state.ts";

/** Pure: every change of what the window shows by itself. */
export function windowReducer(state: WindowState, action: WindowAction): WindowState {
  switch (action.kind) {
    case "documents-changed":
      return withDocuments(state, action.documents);
    case "opened": {
      const { opened, refused } = action.outcome;
      const shown = opened[0] === undefined ? state : select({ ...state, current: opened[0] }, opened);
      return { ...shown, refused };
    }
    case "select":
      return select(state, action.selection);
    case "show":
      return {
        ...select({ ...state, current: action.document }, [action.document]),
        tab: action.tab ?? state.tab,
        pane: action.tab === undefined ? "pages" : "panel",
      };
    case "version":
      return { ...state, version: action.version, mark: { ...state.mark, drawing: false } };
    case "tab":
      return { ...state, tab: action.tab };
    case "pane":
      return { ...state, pane: action.pane };
    case "find":
      return { ...state, find: action.open };
    case "diagnostics":
      // As with the settings: the dialog has a problem bar of its own.
      return { ...state, diagnostics: action.open, problem: null };
    case "thumbnails":
      return { ...state, thumbnails: action.open };
    case "mark":
      return { ...state, mark: { ...state.mark, ...action.change } };
    case "place":
      return { ...state, mark: { ...state.mark, drawing: false, places: withPlace(state, action) } };
    case "choose":
      return { ...state, choices: { ...state.choices, ...action.change } };
    case "order": {
      const { change } = action;
      return { ...state, order: { ...state.order, ...(typeof change === "function" ? change(state.order) : change) } };
    }
    case "bankid":
      return { ...state, bankid: { ...state.bankid, ...action.change } };
    case "review":
      return { ...state, review: action.review };
    case "fourthline":
      return { ...state, fourthline: action.change(state.fourthline) };
    case "ticks":
      return { ...state, ticks: action.ticks };
    case "hide-run":
      return hideRun(state, action.transaction, action.hidden);
    case "read": {
      const { transaction, document } = action;
      const shown = select({ ...state, current: document }, [document]);
      return { ...hideRun(shown, transaction, true), pane: "pages", reading: transaction };
    }
    case "verifying":
      return {
        ...state,
        verifying: [...state.verifying, action.document],
        unverifiable: state.unverifiable.filter((id) => id !== action.document),
      };
    case "verified": {
      const verifying = state.verifying.filter((id) => id !== action.document);
      if (action.report === null) {
        return { ...state, verifying, unverifiable: [...state.unverifiable, action.document] };
      }
      return { ...state, verifying, reports: new Map(state.reports).set(action.document, action.report) };
    }
    case "refused":
      return { ...state, refused: action.refused };
    case "unlock": {
      const { document } = action;
      // The pages of the document belong beside the question.
      const shown =
        document === null || state.current === document ? state : select({ ...state, current: document }, [document]);
      return { ...shown, unlocking: document };
    }
    case "unlocked": {
      const reports = new Map(state.reports);
      reports.delete(action.document);
      return { ...state, reports, unlocking: null, unlockings: state.unlockings + 1 };
    }
    case "problem":
      return { ...state, problem: action.problem };
    case "settings":
      // What went wrong before has been seen, or is about something else.
      return { ...state, settings: action.settings, problem: null };
    case "history":
      return { ...state, history: action.history, problem: null };
  }
}

function hideRun(state: WindowState, transaction: TransactionId, hidden: boolean): WindowState {
  const others = state.hidden.filter((id) => id !== transaction);
  const reading = !hidden && state.reading === transaction ? null : state.reading;
  return { ...state, reading, hidden: hidden ? [...others, transaction] : others };
}

function select(state: WindowState, selection: readonly DocumentId[]): WindowState {
  // The shown document stays while it is part of the selection: extending a selection must not turn pages.
  const keeps = state.current !== null && (selection.length === 0 || selection.includes(state.current));
  const current = keeps ? state.current : (selection.at(-1) ?? null);
  const drawing = current === state.current && state.mark.drawing;
  // Coming back to a document shows what it is now: an old version must never be taken for it.
  const version = state.version?.document === current ? state.version : null;
  return { ...state, selection, current, version, mark: { ...state.mark, drawing } };
}

/** Forgets closed documents; shows the first one when nothing was shown (files given on the command line). */
function withDocuments(state: WindowState, documents: readonly DocumentView[]): WindowState {
  const ids = new Set(documents.map(({ id }) => id));
  const selection = state.selection.filter((id) => ids.has(id));
  if (state.current !== null && ids.has(state.current)) return { ...state, selection };
  const next = selection[0] ?? documents[0]?.id ?? null;
  const selected = selection.length > 0 || next === null ? selection : [next];
  return { ...state, current: next, selection: selected, version: null, mark: { ...state.mark, drawing: false } };
}

function withPlace(
  state: WindowState,
  { document, place }: { readonly document: DocumentId; readonly place: VisiblePlacement | null },
): WindowState["mark"]["places"] {
  const places = new Map(state.mark.places);
  if (place === null) places.delete(document);
  else places.set(document, place);
  return places;
}
