import { basename } from "node:path";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import type { DocumentRegistry } from "../documents/document-registry.ts";
import type { NotificationMessage } from "../ports.ts";
import type { ItemProgress } from "../signing/run-listener.ts";
import type { Verification } from "../verification.ts";

/** The signed file becomes a document of its own, beside the one it was made from. */
export async function showResult(
  registry: DocumentRegistry,
  verification: Verification,
  document: DocumentId,
  progress: Extract<ItemProgress, { kind: "delivered" }>,
): Promise<void> {
  const notice = progress.notice === null ? {} : { notice: progress.notice };
  const evidence = progress.evidence === undefined ? {} : { evidence: progress.evidence };
  const signed = { kind: "signed", level: progress.level, ...notice, ...evidence } as const;
  if (progress.report === null) {
    // A package of evidence is nothing to look at here; the document stays the one to open.
    registry.update(document, { state: { ...signed, outputName: basename(progress.outputPath) }, result: null });
    return;
  }
  const opened = await registry.open(progress.outputPath, document);
  const result = opened.ok ? opened.value : null;
  const name = result === null ? "" : (registry.get(result)?.source.name ?? "");
  // Without its password nobody could judge it; that happens when it is given.
  if (result !== null && !registry.isLocked(result)) {
    registry.update(result, { report: { ...progress.report, file: name } });
    // The report was made to decide on delivery; the window shows more.
    verification.request(result);
  }
  registry.update(document, { state: { ...signed, outputName: name }, result });
}

/** What a window in the background tells about a run that has ended. */
export function endMessage(view: TransactionView): NotificationMessage {
  return view.outcome?.kind === "done"
    ? {
        key: "notification.done",
        params: { signed: view.outcome.signed, count: view.outcome.signed + view.outcome.failed },
      }
    : { key: "notification.failed", params: {} };
}
