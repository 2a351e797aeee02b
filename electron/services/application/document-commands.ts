import { basename } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import type { OpenOutcome } from "../../../shared/ipc.ts";
import { failed, success } from "../../../shared/result.ts";
import { findDocuments } from "../documents/find-documents.ts";
import type { DocumentRegistry, OpenDocument } from "../documents/document-registry.ts";
import type { ApplicationPorts } from "../ports.ts";
import type { Verification } from "../verification.ts";
import type { HandlersOf } from "./command-handlers.ts";

export interface DocumentParts {
  readonly ports: ApplicationPorts;
  readonly registry: DocumentRegistry;
  readonly verification: Verification;
  /** Documents of a run in progress cannot be closed. */
  readonly isBusy: (id: DocumentId) => boolean;
  readonly unlocking: Unlocking;
}

/** What a run has to do with the password of a document. */
export interface Unlocking {
  /** What an interrupted run has made of the document, in case the original is gone. */
  readonly copiesOf: (id: DocumentId) => readonly string[];
  /** A run that waited for the password goes on. */
  readonly onUnlocked: (id: DocumentId) => Promise<void>;
}

/** Opens files and folders; each opened document is verified in the background, so that the window can say what it is. */
export async function openPaths(parts: DocumentParts, paths: readonly string[]): Promise<OpenOutcome> {
  const opened: DocumentId[] = [];
  const refused: { name: string; failure: Failure }[] = [];
  for (const path of await findDocuments(paths)) {
    const outcome = await parts.registry.open(path);
    if (outcome.ok) {
      opened.push(outcome.value);
      parts.verification.request(outcome.value);
    } else {
      refused.push({ name: basename(path), failure: outcome.failure });
    }
  }
  return { opened, refused };
}

export function documentCommands(parts: DocumentParts): HandlersOf<"documents"> {
  const { ports, registry, verification } = parts;

  const ownResult = (id: DocumentId): OpenDocument | null => {
    const document = registry.get(id);
    return document === undefined || document.signedFrom === null ? null : document;
  };

  return {
    "documents.choose": async () => success(await openPaths(parts, await ports.dialogs.chooseDocuments())),
    "documents.openDropped": async ({ paths }) => success(await openPaths(parts, paths)),
    "documents.openSample": async () => success(await openPaths(parts, [await ports.paths.sample()])),
    "documents.close": async ({ documents }) => {
      const closing = documents.filter((id) => !parts.isBusy(id));
      verification.cancel(closing);
      registry.close(closing);
      return success(null);
    },
    "documents.unlock": async ({ document, password }) => {
      const unlocked = await registry.unlock(document, password, parts.unlocking.copiesOf(document));
      if (unlocked.ok) {
        verification.request(document);
        await parts.unlocking.onUnlocked(document);
      }
      return unlocked;
    },
    "documents.readRange": ({ document, begin, end }) => registry.readRange(document, begin, end),
    "documents.verify": ({ document }) => verification.verify(document),
    "documents.cancelVerification": async ({ document }) => {
      verification.cancel([document]);
      return success(null);
    },
    "documents.openExternally": async ({ document }) => {
      // SECURITY: only files that this program wrote are handed to another program.
      const own = ownResult(document);
      const opened = own !== null && (await ports.desktop.openFile(own.source.path));
      return opened
        ? success(null)
        : failed({ code: "document.not-readable", params: { name: own?.source.name ?? "" } });
    },
    "documents.showInFolder": async ({ document }) => {
      const known = registry.get(document);
      if (known === undefined) {
        return failed({ code: "document.not-found" });
      }
      ports.desktop.showInFolder(known.source.path);
      return success(null);
    },
  };
}
