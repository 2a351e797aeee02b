import { stat } from "node:fs/promises";
import type { ItemRecord, TransactionRecord } from "../../storage/journal-record.ts";
import type { AuditEvent } from "../../storage/audit/audit-entry.ts";
import { digestOfStart } from "../documents/digest-of-start.ts";
import type { RunListener } from "../signing/run-listener.ts";
import type { AuditTrail } from "./audit-trail.ts";

export function recordStart(audit: AuditTrail, run: TransactionRecord, items: readonly ItemRecord[]): void {
  audit.record({
    kind: "signing.started",
    run: run.id,
    provider: run.provider,
    profile: run.profile,
    level: run.level,
    documents: items.map(({ item, sourceSha256, sourceSize }) => ({ item, sha256: sourceSha256, size: sourceSize })),
  });
}

/** Writes into the audit trail what a run tells, and passes it on. */
export function auditedListener(
  audit: AuditTrail,
  run: string,
  items: readonly ItemRecord[],
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
        const { outputPath, level, report } = progress;
        const source = items.find((one) => one.item === item)?.sourceSha256 ?? "";
        const told = {
          kind: "document.delivered",
          run,
          item,
          source,
          level,
          verdict: report?.verdict ?? null,
        } as const;
        audit.record(
          digestOf(outputPath).then(
            (result): AuditEvent => ({ ...told, result }),
            (): AuditEvent => ({ ...told, result: null }),
          ),
        );
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

async function digestOf(path: string): Promise<string> {
  const { size } = await stat(path);
  return digestOfStart(path, size);
}
