import { dirname } from "node:path";
import type { DocumentRegistry } from "../documents/document-registry.ts";
import { lookIntoJournals } from "../history/all-journals.ts";
import { historyCommands } from "../history/history-commands.ts";
import { leftOverFiles } from "../history/left-over-files.ts";
import type { LeftOverFiles } from "../history/left-over-files.ts";
import type { ApplicationPorts } from "../ports.ts";
import type { SigningService } from "../signing/signing-service.ts";
import type { HandlersOf } from "./command-handlers.ts";
import { openPaths } from "./document-commands.ts";
import type { DocumentParts } from "./document-commands.ts";
import type { Stores } from "./open-stores.ts";
import { resumeOne } from "./resume-unfinished.ts";
import type { ResumeParts } from "./resume-unfinished.ts";
import type { TransactionViews } from "./transaction-views.ts";

export interface HistoryRoom {
  readonly ports: ApplicationPorts;
  readonly stores: Stores;
  readonly registry: DocumentRegistry;
  readonly signing: SigningService | null;
  readonly views: TransactionViews;
  readonly documents: DocumentParts;
  readonly handlers: HandlersOf<"signing">;
  readonly environmentOf: ResumeParts["environmentOf"];
}

export interface History {
  readonly handlers: HandlersOf<"history">;
  readonly leftOver: LeftOverFiles;
}

/** Joins the history with the runs, the documents and the stores it tells of. */
export function openHistory(room: HistoryRoom): History {
  const { ports, stores, registry, signing, views, documents, handlers, environmentOf } = room;
  const { audit } = stores;
  const leftOver = leftOverFiles({
    folders: () => folders(room),
    journals: (look) =>
      lookIntoJournals(ports.paths.data, stores.journal, ({ journals, isComplete }) =>
        isComplete ? look(journals) : null,
      ),
    isOurs: (start) => audit?.read.knowsRun(start) === true,
    randomUuid: ports.randomUuid,
  });
  const commands = historyCommands({
    ports,
    stores,
    registry,
    leftOver,
    isRunning: (run) => signing?.isRunning(run) === true,
    openPaths: (paths) => openPaths(documents, paths),
    goOn: async (run) => {
      if (signing === null || signing.isRunning(run)) {
        return false;
      }
      if (views.get(run) !== undefined) {
        return (await handlers["signing.retry"]({ transaction: run, withoutTimestamp: false })).ok;
      }
      const unexpected = (error: unknown): void => ports.unexpected?.(error);
      return resumeOne({ signing, registry, views, environmentOf, unexpected }, run);
    },
  });
  return { handlers: commands, leftOver };
}

/** Where results are, or would be, put: beside what is open and what the journals know, and in the folder for all. */
function folders({ ports, stores, registry }: HistoryRoom): readonly string[] {
  const { outputFolder } = stores.current();
  return [
    ...(outputFolder === null ? [] : [outputFolder]),
    ...registry.paths().map((path) => dirname(path)),
    ...lookIntoJournals(ports.paths.data, stores.journal, ({ journals }) =>
      journals.flatMap((journal) => journal.stagedPaths().map((path) => dirname(path))),
    ),
  ];
}
