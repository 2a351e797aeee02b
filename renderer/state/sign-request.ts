import type { DocumentView, ProviderView, SettingsView } from "../../shared/app-state.ts";
import type { DocumentId } from "../../shared/ids.ts";
import type { SignRequest } from "../../shared/ipc.ts";
import type { Placement } from "../../shared/placement.ts";
import type { MarkChoices, SigningChoices, VisiblePlacement } from "./window-state.ts";

/** Can it be signed now? A document that has its signed copy is left alone: the copy is the one to sign further. */
export function isSignable(document: DocumentView): boolean {
  if (document.inspection.refusal !== null) return false;
  switch (document.state.kind) {
    case "new":
    case "ready":
      return true;
    case "failed":
      return document.state.retry;
    case "waiting-for-you":
    case "waiting-for-password":
    case "waiting-for-provider":
    case "working":
    case "signed":
    case "needs-attention":
      return false;
  }
}

/** Where the mark of this document goes; null when a visible mark is wanted but has no place yet. */
export function placementOf(document: DocumentView, mark: MarkChoices, current: DocumentId | null): Placement | null {
  if (!mark.visible) return { kind: "invisible" };
  const own = mark.places.get(document.id);
  const shared = mark.sameForAll && current !== null ? mark.places.get(current) : undefined;
  const place = shared ?? own;
  return place === undefined ? null : onExistingPage(place, document.pages);
}

/** A shorter document takes the mark on its last page. */
function onExistingPage(place: VisiblePlacement, pages: number): VisiblePlacement {
  return place.kind === "rectangle" && place.page > pages ? { ...place, page: pages } : place;
}

export interface SignPlan {
  readonly documents: readonly DocumentView[];
  readonly leftOut: readonly DocumentView[];
  /** Documents whose visible mark has no place yet. */
  readonly unplaced: readonly DocumentView[];
}

export function planSigning(
  selected: readonly DocumentView[],
  mark: MarkChoices,
  current: DocumentId | null,
): SignPlan {
  const documents = selected.filter(isSignable);
  return {
    documents,
    leftOut: selected.filter((document) => !isSignable(document)),
    unplaced: documents.filter((document) => placementOf(document, mark, current) === null),
  };
}

/** The request as the contract has it; empty texts are left out, never sent as "". */
export function signRequest(
  documents: readonly DocumentView[],
  mark: MarkChoices,
  current: DocumentId | null,
  choices: SigningChoices,
  settings: Pick<SettingsView, "provider" | "level">,
): SignRequest {
  const reason = choices.reason.trim();
  const signerRole = choices.signerRole.trim();
  const placements = Object.fromEntries(
    documents.flatMap((document) => {
      const placement = placementOf(document, mark, current);
      return placement === null || placement.kind === "invisible" ? [] : [[document.id, placement] as const];
    }),
  );
  return {
    provider: settings.provider,
    documents: documents.map(({ id }) => id),
    placement: { kind: "invisible" },
    ...(Object.keys(placements).length === 0 ? {} : { placements }),
    level: settings.level,
    ...(reason === "" ? {} : { reason }),
    language: choices.language,
    ...(choices.policy === null ? {} : { policy: choices.policy }),
    ...(choices.commitmentType === null ? {} : { commitmentType: choices.commitmentType }),
    ...(signerRole === "" ? {} : { signerRole }),
  };
}

const LANGUAGES = ["EN", "FR", "NL", "DE"] as const satisfies readonly SignRequest["language"][];

/** The provider's languages that the contract can carry. */
export function offeredLanguages(provider: ProviderView | undefined): readonly SignRequest["language"][] {
  const offered = LANGUAGES.filter((language) => provider?.languages.includes(language) ?? false);
  return offered.length === 0 ? ["EN"] : offered;
}
