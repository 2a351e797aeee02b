import type { HistoryDocument } from "../../../shared/history.ts";
import type { OpenOutcome } from "../../../shared/ipc.ts";
import { failed, success } from "../../../shared/result.ts";
import type { TransactionId } from "../../../shared/ids.ts";
import type { HandlersOf } from "../application/command-handlers.ts";
import type { Stores } from "../application/open-stores.ts";
import type { AuditTrail } from "../auditing/audit-trail.ts";
import { DocumentDigests } from "../documents/document-digests.ts";
import type { DocumentRegistry } from "../documents/document-registry.ts";
import { writeAside } from "../documents/write-aside.ts";
import type { ApplicationPorts } from "../ports.ts";
import { lookIntoJournals } from "./all-journals.ts";
import { checkTrail } from "./check-trail.ts";
import { HistoryIndex } from "./history-index.ts";
import { documentPage, eventPage, historyRow } from "./history-rows.ts";
import type { HistorySurroundings, JournalLookup } from "./history-rows.ts";
import type { LeftOverFiles } from "./left-over-files.ts";
import { trailLines } from "./trail-lines.ts";

export interface HistoryParts {
  readonly ports: Pick<ApplicationPorts, "clock" | "desktop" | "dialogs" | "paths">;
  readonly stores: Pick<Stores, "audit" | "journal" | "vault">;
  readonly registry: DocumentRegistry;
  readonly leftOver: LeftOverFiles;
  readonly isRunning: (run: TransactionId) => boolean;
  readonly openPaths: (paths: readonly string[]) => Promise<OpenOutcome>;
  /** Goes on with a run of this program's journal; false: it cannot be gone on with. */
  readonly goOn: (run: TransactionId) => Promise<boolean>;
}

/** What happened on this computer: read from the audit trail, with what the journal still knows beside it. */
export function historyCommands(parts: HistoryParts): HandlersOf<"history"> {
  const { ports, stores, registry, leftOver } = parts;
  const { audit } = stores;
  if (audit === null) {
    return refusedHistory();
  }
  const index = new HistoryIndex();
  const digests = new DocumentDigests(registry, ports.clock);
  const looking = async <T>(look: (surroundings: HistorySurroundings) => T): Promise<T> => {
    await index.refresh(audit.read);
    return lookIntoJournals(ports.paths.data, stores.journal, ({ own, journals }) =>
      look({ own, journals, isRunning: parts.isRunning }),
    );
  };

  return {
    "history.documents": async (query) =>
      success(await looking((surroundings) => documentPage(index.documents, query, surroundings))),
    "history.events": async (query) => {
      await index.refresh(audit.read);
      return success(eventPage(index.events, query));
    },
    "history.ofDocument": async ({ document }) => {
      const sha256 = await digests.of(document);
      const found = sha256 === null ? [] : runsOf(audit, sha256);
      const rows = await looking((surroundings) =>
        found.flatMap(({ run, item }): readonly HistoryDocument[] => {
          const known = index.find(run, item);
          return known === undefined ? [] : [historyRow(known, surroundings)];
        }),
      );
      return success({ sha256, rows: rows.toReversed() });
    },
    "history.check": async () => success(await checkTrail(audit.read, stores.vault.vault)),
    "history.facts": async () => {
      const [first] = audit.read.after(0, 1);
      const last = audit.read.last();
      return success({
        entries: last?.seq ?? 0,
        seals: audit.read.seals().length,
        first: first?.time ?? null,
        last: last?.time ?? null,
      });
    },
    "history.export": async () => {
      const day = new Date(ports.clock.now()).toISOString().slice(0, 10);
      const path = await ports.dialogs.chooseSavePath(`Sealdesk audit trail ${day}.jsonl`);
      if (path === null) {
        return success({ saved: false });
      }
      const written = await writeAside(path, trailLines(audit.read));
      return written.ok ? success({ saved: true }) : written;
    },
    "history.open": async ({ run, item }) => {
      const path = await looking(({ journals }) => resultPath(journals, run, item));
      return path === null
        ? failed({ code: "document.not-found", params: { name: "" } })
        : success(await parts.openPaths([path]));
    },
    "history.goOn": async ({ run }) => ((await parts.goOn(run)) ? success(null) : failed({ code: "app.internal" })),
    "history.leftOver": async () => success(await leftOver.list()),
    "history.removeLeftOver": ({ id }) => leftOver.remove(id),
    "history.showLeftOver": async ({ id }) => {
      const path = leftOver.path(id);
      if (path === null) {
        return failed({ code: "document.not-found", params: { name: "" } });
      }
      ports.desktop.showInFolder(path);
      return success(null);
    },
  };
}

/** The trail cannot be opened; the window says so. */
function refusedHistory(): HandlersOf<"history"> {
  const refuse = async () => failed({ code: "app.audit-unavailable" } as const);
  return {
    "history.documents": refuse,
    "history.events": refuse,
    "history.ofDocument": async () => success({ sha256: null, rows: [] }),
    "history.check": refuse,
    "history.facts": refuse,
    "history.export": refuse,
    "history.open": refuse,
    "history.goOn": refuse,
    "history.leftOver": async () => success([]),
    "history.removeLeftOver": refuse,
    "history.showLeftOver": refuse,
  };
}

/** Deliveries from or to this very file, each once. */
function runsOf(
  audit: Pick<AuditTrail, "read">,
  sha256: string,
): readonly { readonly run: string; readonly item: string }[] {
  const found = new Map<string, { readonly run: string; readonly item: string }>();
  for (const { body } of audit.read.ofDigest(sha256)) {
    const { run, item } = JSON.parse(body) as { readonly run?: unknown; readonly item?: unknown };
    found.set(`${String(run)} ${String(item)}`, { run: String(run), item: String(item) });
  }
  return [...found.values()];
}

function resultPath(journals: readonly JournalLookup[], run: TransactionId, item: string): string | null {
  for (const journal of journals) {
    const found = journal.items(run).find((one) => one.item === item);
    if (found?.phase === "delivered") {
      return found.outputPath;
    }
  }
  return null;
}
