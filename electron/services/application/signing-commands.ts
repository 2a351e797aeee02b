import { reviewId } from "../../../shared/ids.ts";
import type { DocumentId, ReviewId } from "../../../shared/ids.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { PictureStore } from "../../storage/picture-store.ts";
import type { Settings } from "../../storage/settings.ts";
import type { DocumentRegistry } from "../documents/document-registry.ts";
import { checkUnchanged } from "../documents/fingerprint.ts";
import type { ReviewedRequest } from "../signing/review.ts";
import { environmentKind } from "../signing/signing-environment.ts";
import type { SigningEnvironments } from "../signing/signing-environment.ts";
import type { SigningService } from "../signing/signing-service.ts";
import type { HandlersOf } from "./command-handlers.ts";
import type { RunSubject, TransactionViews } from "./transaction-views.ts";

/** Sheets that were shown and neither confirmed nor replaced; old ones are forgotten. */
const MAXIMUM_REVIEWS = 20;

export interface SigningParts {
  readonly registry: DocumentRegistry;
  /** As they hold now, under the policy. */
  readonly settings: () => Settings;
  readonly environments: SigningEnvironments;
  readonly signing: SigningService;
  readonly views: TransactionViews;
  readonly pictures: PictureStore;
  readonly randomUuid: () => string;
}

export function signingCommands(parts: SigningParts): HandlersOf<"signing"> {
  const { registry, signing, views } = parts;
  const reviews = new Map<ReviewId, ReviewedRequest>();

  return {
    "signing.review": async ({ request }) => {
      const reviewed = await review(parts, request);
      if (!reviewed.ok) {
        return reviewed;
      }
      const id = reviewId(parts.randomUuid());
      reviews.set(id, reviewed.value);
      for (const old of [...reviews.keys()].slice(0, -MAXIMUM_REVIEWS)) {
        reviews.delete(old);
      }
      return success({ review: id, sheet: reviewed.value.sheet });
    },
    "signing.start": async ({ review: id }) => {
      const reviewed = reviews.get(id);
      // A second "yes" to the same sheet finds nothing: one confirmation, one run.
      reviews.delete(id);
      if (reviewed === undefined) {
        return failed({ code: "app.internal" });
      }
      // Before anybody is sent to their phone: are the files still those of the sheet?
      for (const { source } of reviewed.items) {
        const changed = await checkUnchanged(source.path, source.fingerprint);
        if (changed !== null) {
          return failed(changed);
        }
      }
      if (reviewed.items.some((item) => isBusy(registry, item.document))) {
        return failed({ code: "app.internal" });
      }
      const items = new Map(
        reviewed.items.map((item) => [item.item, { document: item.document, name: item.source.name }] as const),
      );
      const subject: RunSubject = {
        provider: reviewed.request.provider,
        practice: reviewed.environment.practice,
        environment: environmentKind(reviewed.environment),
        resumed: false,
        items,
      };
      const started = signing.start(reviewed, (transaction) => {
        // At once, so that the same document cannot be started a second time from another sheet.
        for (const { document } of items.values()) {
          registry.update(document, { state: { kind: "working", transaction, step: "preparing", progress: null } });
        }
        return views.follow(transaction, subject);
      });
      return started.ok ? success({ transaction: started.value }) : started;
    },
    "signing.answer": async ({ transaction, interaction, answer }) => {
      signing.answer(transaction, interaction, answer);
      return success(null);
    },
    "signing.cancel": async ({ transaction }) => {
      signing.cancel(transaction);
      return success(null);
    },
    "signing.retry": async ({ transaction, withoutTimestamp }) => {
      const view = views.get(transaction);
      if (view === undefined || signing.isRunning(transaction)) {
        return failed({ code: "app.internal" });
      }
      const items = new Map(view.documents.map((document, index) => [String(index + 1), document] as const));
      const { provider, practice, environment, resumed } = view;
      const outcome = await signing.resume(
        transaction,
        () => views.follow(transaction, { provider, practice, environment, resumed, items }),
        withoutTimestamp,
      );
      return outcome.ok ? success(null) : outcome;
    },
    "signing.dismiss": async ({ transaction }) => {
      views.dismiss(transaction);
      return success(null);
    },
  };
}

/** Without a journal an approval could be lost, so nothing is signed; all else works. */
export function refusedSigning(failure: Failure): HandlersOf<"signing"> {
  const refuse = async () => failed(failure);
  return {
    "signing.review": refuse,
    "signing.start": refuse,
    "signing.answer": refuse,
    "signing.cancel": refuse,
    "signing.retry": refuse,
    "signing.dismiss": refuse,
  };
}

export function isBusy(registry: DocumentRegistry, id: DocumentId): boolean {
  const kind = registry.get(id)?.state.kind;
  return (
    kind === "working" ||
    kind === "waiting-for-you" ||
    kind === "waiting-for-provider" ||
    kind === "waiting-for-password"
  );
}

async function review(parts: SigningParts, request: SignRequest): Promise<Result<ReviewedRequest, Failure>> {
  const documents = [];
  for (const id of new Set(request.documents)) {
    const document = parts.registry.get(id);
    if (document === undefined || isBusy(parts.registry, id)) {
      return failed({ code: "document.not-found", params: { name: document?.source.name ?? "" } });
    }
    documents.push({ id, source: document.source });
  }
  for (const picture of [request.mark?.picture ?? null, request.initials?.picture ?? null]) {
    if (picture !== null && parts.pictures.get(picture) === null) {
      return failed({ code: "picture.missing" });
    }
  }
  const environment = await parts.environments.get(request.provider, null);
  if (!environment.ok) {
    return environment;
  }
  return parts.signing.review({
    request,
    environment: environment.value,
    documents,
    outputFolder: parts.settings().outputFolder,
    outputFile: null,
    documentPassword: (path) => parts.registry.password(path),
    knownPerson: null,
  });
}
