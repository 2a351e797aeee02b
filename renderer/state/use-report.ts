import type { DocumentView } from "../../shared/app-state.ts";
import type { FileReport } from "../../shared/verification.ts";
import { useWindow } from "./window-context.tsx";

export interface ReportState {
  readonly report: FileReport | null;
  readonly checking: boolean;
  /** How far the check is, from 0 to 1; null when that cannot be told. */
  readonly progress: number | null;
  /** It was asked for and could not be made; the problem bar says why. */
  readonly failed: boolean;
}

/** The newest report of a document: the one this window fetched, or the one main holds. */
export function useReport(document: DocumentView): ReportState {
  const { view } = useWindow();
  const report = view.reports.get(document.id) ?? document.report;
  const checking = document.checking !== null || view.verifying.includes(document.id);
  return {
    report,
    checking,
    progress: document.checking?.progress ?? null,
    failed: view.unverifiable.includes(document.id),
  };
}
