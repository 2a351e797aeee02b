import type { TransactionView } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { ApprovalDialog } from "./approval-dialog.tsx";
import { ResultDialog } from "./result-dialog.tsx";

/** The one run that needs the person's eyes now: a running one before a finished one, the oldest first. */
export function runToShow(
  transactions: readonly TransactionView[],
  hidden: readonly TransactionView["id"][],
): TransactionView | null {
  const open = transactions.filter(({ id, outcome }) => outcome !== null || !hidden.includes(id));
  return open.find(({ outcome }) => outcome === null) ?? open[0] ?? null;
}

export function RunDialog() {
  const { app, view } = useWindow();
  const run = runToShow(app.transactions, view.hidden);
  if (run === null || view.review.kind === "shown") return null;
  return run.outcome === null ? (
    <ApprovalDialog key={run.id} run={run} />
  ) : (
    <ResultDialog key={run.id} run={run} outcome={run.outcome} />
  );
}
