import type { DocumentView, ProviderView, SettingsView } from "../../shared/app-state.ts";
import type { Certification } from "../../shared/certification.ts";
import type { DocumentId } from "../../shared/ids.ts";
import type { SignRequest } from "../../shared/ipc.ts";
import { fieldWishes, notCertifiable } from "./field-wishes.ts";
import type { FieldWishes } from "./field-wishes.ts";
import { placementOf } from "./mark-placement.ts";
import type { MarkChoices, SigningChoices } from "./window-state.ts";
import type { OrderDetails } from "../../shared/order-details.ts";
import { isNoMatter } from "../../shared/no-matter-for-texts.ts";
import { NO_PRESETS } from "../../shared/mark-design.ts";
import type { MarksView } from "../../shared/mark-design.ts";
import { chosenDesign } from "./mark-looks.ts";

/** Can it be signed now? A document that has its signed copy is left alone: the copy is the one to sign further. */
export function isSignable(document: DocumentView, takes?: ProviderView["takes"]): boolean {
  const { refusal } = document.inspection;
  if (refusal !== null && !isNoMatter(takes, refusal.code)) return false;
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
  takes?: ProviderView["takes"],
): SignPlan {
  const documents = selected.filter((document) => isSignable(document, takes));
  return {
    documents,
    leftOut: selected.filter((document) => !documents.includes(document)),
    unplaced: documents.filter((document) => placementOf(document, mark, current) === null),
  };
}

/**
 * Can the signature carry what is chosen here: mark, reason, certification …? Who draws the mark signs alone, and who signs a
 * text signs no PDF.
 */
export const hasOwnMark = (provider: ProviderView | undefined): boolean =>
  provider === undefined || (!provider.drawsMark && provider.takes !== "text");

/** Can a place be chosen? A text that is signed has none, and a place that was chosen for another provider must not go along. */
export const hasPlace = (provider: ProviderView | undefined): boolean =>
  provider === undefined || (provider.takesPlace && provider.takes !== "text");

export interface RequestExtra {
  /** False: nothing of ours is drawn or written into the signature. */
  readonly hasOwnMark?: boolean;
  /** False: the provider cannot even be told where its mark goes. */
  readonly takesPlace?: boolean;
  readonly details?: OrderDetails;
  /** False: no page for people in a sealed result. */
  readonly evidencePage?: boolean;
}

/** The request as the contract has it; empty texts are left out, never sent as "". */
export function signRequest(
  documents: readonly DocumentView[],
  mark: MarkChoices,
  current: DocumentId | null,
  choices: SigningChoices,
  settings: Pick<SettingsView, "provider" | "level">,
  marks: MarksView = NO_PRESETS,
  extra: RequestExtra = {},
): SignRequest {
  const wishes = fieldWishes(documents, mark, current);
  const reason = effectiveReason(wishes, choices);
  const certification = effectiveCertification(documents, wishes, choices);
  const location = choices.location.trim();
  const signerRole = choices.signerRole.trim();
  const placements = Object.fromEntries(
    documents.flatMap((document) => {
      const placement = placementOf(document, mark, current);
      return placement === null || placement.kind === "invisible" ? [] : [[document.id, placement] as const];
    }),
  );
  const always = {
    provider: settings.provider,
    documents: documents.map(({ id }) => id),
    placement: { kind: "invisible" },
    ...(Object.keys(placements).length === 0 || extra.takesPlace === false ? {} : { placements }),
    level: settings.level,
    language: choices.language,
    ...(extra.details === undefined ? {} : { details: extra.details }),
    ...(extra.evidencePage === undefined ? {} : { evidencePage: extra.evidencePage }),
  } as const;
  if (extra.hasOwnMark === false) return always;
  return {
    ...always,
    ...(reason === "" ? {} : { reason }),
    ...(certification === null ? {} : { certification }),
    ...(choices.lockFields ? { lockFields: true } : {}),
    ...(location === "" ? {} : { location }),
    ...(Object.keys(placements).length === 0 ? {} : { mark: chosenDesign(mark.look, marks) }),
    ...(mark.initials === null ? {} : { initials: mark.initials }),
    ...(choices.policy === null ? {} : { policy: choices.policy }),
    ...(choices.commitmentType === null ? {} : { commitmentType: choices.commitmentType }),
    ...(signerRole === "" ? {} : { signerRole }),
  };
}

/** The reason that is sent; "" for none. What was typed for another field is not given for one that lists its own. */
export function effectiveReason(
  { reasons }: Pick<FieldWishes, "reasons">,
  choices: Pick<SigningChoices, "reason">,
): string {
  const reason = choices.reason.trim();
  return reasons === null || reasons.includes(reason) ? reason : "";
}

/** The field's author decides before the person; a document with a signature in it cannot be certified at all. */
export function effectiveCertification(
  documents: readonly DocumentView[],
  wishes: FieldWishes,
  choices: Pick<SigningChoices, "certification">,
): Certification | null {
  if (wishes.certification !== null) return wishes.certification.value;
  return notCertifiable(documents) === null ? choices.certification : null;
}

const LANGUAGES = ["EN", "FR", "NL", "DE"] as const satisfies readonly SignRequest["language"][];

/** The provider's languages that the contract can carry. */
export function offeredLanguages(provider: ProviderView | undefined): readonly SignRequest["language"][] {
  const offered = LANGUAGES.filter((language) => provider?.languages.includes(language) ?? false);
  return offered.length === 0 ? ["EN"] : offered;
}
