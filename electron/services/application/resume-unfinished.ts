import type { DocumentRegistry } from "../documents/document-registry.ts";
import type { FoundRun, SigningService } from "../signing/signing-service.ts";
import type { DocumentId, ProviderId, TransactionId } from "../../../shared/ids.ts";
import type { EnvironmentKind } from "../../../shared/profiles.ts";
import type { TransactionViews } from "./transaction-views.ts";

export interface ResumeParts {
  readonly signing: SigningService;
  readonly registry: DocumentRegistry;
  readonly views: TransactionViews;
  readonly environmentOf: (provider: ProviderId, profile: string) => EnvironmentKind;
  readonly unexpected: (error: unknown) => void;
}

/**
 * Finishes what an earlier start of the program left undone: nobody is asked again for what was already approved. Only
 * one instance of the desktop program runs on a data folder, so whoever owned these runs is gone.
 */
export async function resumeUnfinished(parts: ResumeParts): Promise<void> {
  for (const found of parts.signing.unfinished(() => false)) {
    try {
      await resumeRun(parts, found);
    } catch (error) {
      // One run that cannot be read does not keep the others waiting.
      parts.unexpected(error);
    }
  }
}

/** Goes on with one that is in the journal and that nobody is at. False: there is none such. */
export async function resumeOne(parts: ResumeParts, run: TransactionId): Promise<boolean> {
  const [found] = parts.signing.unfinished(() => false, run);
  if (found === undefined) {
    return false;
  }
  await resumeRun(parts, found);
  return true;
}

async function resumeRun(
  { signing, registry, views, environmentOf }: ResumeParts,
  { record, items, trouble }: FoundRun,
): Promise<void> {
  const environment = environmentOf(record.provider, record.profile);
  const documents = new Map<string, { readonly document: DocumentId; readonly name: string }>();
  for (const item of items) {
    // The original may be gone; an approved signature is finished from the staged file all the same.
    const opened = await registry.open(item.sourcePath);
    const document = opened.ok ? opened.value : registry.placeholder(item.name, item.sourcePath);
    documents.set(item.item, { document, name: item.name });
  }
  const listener = () =>
    views.follow(record.id, {
      provider: record.provider,
      practice: environment === "sandbox",
      environment,
      resumed: true,
      items: documents,
    });
  if (trouble !== undefined) {
    listener().onEnd({ kind: "failed", failure: trouble });
    return;
  }
  const resumed = await signing.resume(record.id, listener);
  if (!resumed.ok) {
    listener().onEnd({ kind: "failed", failure: resumed.failure });
  }
}
