import type { TransactionView } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { ApprovalDialog } from "./approval-dialog.tsx";
import { IdentificationDialog } from "./identification-dialog.tsx";
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
  const { outcome, interaction } = run;
  if (outcome !== null) return <ResultDialog key={run.id} run={run} outcome={outcome} />;
  if (interaction?.kind !== "identification") return <ApprovalDialog key={run.id} run={run} />;
  // What was ticked stays when a file was saved from it; another person is another question.
  return <IdentificationDialog key={JSON.stringify(interaction.rows)} run={run} interaction={interaction} />;
}
