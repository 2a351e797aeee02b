import { stat } from "node:fs/promises";
import type { ItemRecord, TransactionRecord } from "../../storage/journal-record.ts";
import type { AuditEvent, RunEvent } from "../../storage/audit/audit-entry.ts";
import { digestOfStart } from "../documents/digest-of-start.ts";
import type { ItemProgress, RunListener } from "../signing/run-listener.ts";
import type { AuditRecorder } from "./audit-trail.ts";

type Delivered = Extract<ItemProgress, { readonly kind: "delivered" }>;

export function startEvent(run: TransactionRecord, items: readonly ItemRecord[]): RunEvent {
  return {
    kind: "signing.started",
    run: run.id,
    provider: run.provider,
    profile: run.profile,
    ...(run.environment === undefined ? {} : { environment: run.environment }),
    level: run.level,
    documents: items.map(({ item, sourceSha256, sourceSize }) => ({ item, sha256: sourceSha256, size: sourceSize })),
  };
}

/**
 * Writes into the audit trail what a run tells, and passes it on.
 *
 * @param itemOf one of the run's documents as the journal knows it when asked
 */
export function auditedListener(
  audit: AuditRecorder,
  run: string,
  itemOf: (item: string) => ItemRecord | null,
  listener: RunListener,
): RunListener {
  return {
    onInteraction: listener.onInteraction,
    onItem: (item, progress) => {
      listener.onItem(item, progress);
      if (progress.kind === "failed") {
        audit.record({ kind: "document.failed", run, item, failure: progress.failure.code });
      } else if (progress.kind === "needs-attention") {
        audit.record({ kind: "document.waiting", run, item, failure: progress.failure.code });
      } else if (progress.kind === "delivered") {
        audit.record(deliveredEvent(run, item, itemOf(item), progress));
      }
    },
    onEnd: (end) => {
      listener.onEnd(end);
      audit.record(
        end.kind === "done"
          ? { kind: "signing.ended", run, signed: end.signed, failed: end.failed }
          : { kind: "signing.failed", run, failure: end.failure.code },
      );
    },
  };
}

function deliveredEvent(
  run: string,
  item: string,
  known: ItemRecord | null,
  { outputPath, level, report }: Delivered,
): AuditEvent | Promise<AuditEvent> {
  const source = known?.sourceSha256 ?? "";
  const told = { kind: "document.delivered", run, item, source, level, verdict: report?.verdict ?? null } as const;
  const result = known?.resultSha256 ?? null;
  if (result !== null) {
    return { ...told, result };
  }
  // Put on its way by a version that did not keep the digest.
  return digestOf(outputPath).then(
    (digest): AuditEvent => ({ ...told, result: digest }),
    (): AuditEvent => ({ ...told, result: null }),
  );
}

async function digestOf(path: string): Promise<string> {
  const { size } = await stat(path);
  return digestOfStart(path, size);
}
