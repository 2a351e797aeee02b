import type { DocumentView, ProviderView } from "../../shared/app-state.ts";
import type { OrderDetails } from "../../shared/order-details.ts";
import { parsePageRanges } from "../../shared/page-ranges.ts";
import { text } from "../text/text.ts";
import { fieldWishes } from "./field-wishes.ts";
import { bankidDetails } from "./bankid-draft.ts";
import { fourthlineDetails } from "./fourthline-draft.ts";
import { idnowDetails } from "./idnow-draft.ts";
import type { IdnowDraft } from "./idnow-draft.ts";
import { wantsPassword } from "./locked.ts";
import { placementOf } from "./mark-placement.ts";
import { effectiveReason, hasOwnMark, hasPlace, planSigning, signRequest } from "./sign-request.ts";
import type { SignPlan } from "./sign-request.ts";
import { signingSettings } from "./signing-settings.ts";
import { useWindow } from "./window-context.tsx";
import type { WindowContextValue } from "./window-context.tsx";
import type { WindowState } from "./window-state.ts";

export interface Signing {
  readonly plan: SignPlan;
  /** Why nothing can be signed now, in words; null when it can. */
  readonly obstacle: string | null;
  /** Sign was pressed, and what the provider needs to know is still missing. */
  readonly isIncomplete: boolean;
  /** Asks main what would be sent, and shows the confirmation sheet. Does nothing while there is an obstacle. */
  readonly sign: () => void;
  /** The same for some documents, whatever is selected. */
  readonly signDocuments: (documents: readonly DocumentView[]) => void;
}

export function useSigning(): Signing {
  const window = useWindow();
  const { app, view, dispatch, provider, selected, actions } = window;
  const plan = planSigning(selected, view.mark, view.current, provider?.takes);
  const obstacle = obstacleText(window, plan);
  const signDocuments = (documents: readonly DocumentView[]): void => {
    const details = detailsFor(provider, view);
    if (details === null) {
      dispatch({ kind: "order", change: { showsAll: true } });
      dispatch({ kind: "bankid", change: { judged: true } });
      dispatch({ kind: "fourthline", change: (draft) => ({ ...draft, showsAll: true }) });
      dispatch({ kind: "tab", tab: "sign" });
      dispatch({ kind: "pane", pane: "panel" });
      focusFirstProblem();
      return;
    }
    const settings = signingSettings(app.settings, provider);
    const extra = {
      hasOwnMark: hasOwnMark(provider),
      takesPlace: hasPlace(provider),
      ...(details === "none" ? {} : { details }),
      ...(hasEvidencePage(provider) ? { evidencePage: view.bankid.evidencePage } : {}),
    };
    void actions.review(signRequest(documents, view.mark, view.current, view.choices, settings, app.marks, extra));
  };
  return {
    plan,
    obstacle,
    isIncomplete: isAskedFor(provider, view) && detailsFor(provider, view) === null,
    sign: () => {
      if (obstacle === null && view.review.kind === "none") signDocuments(plan.documents);
    },
    signDocuments,
  };
}

/** Only a sealed result has a place for it. */
const hasEvidencePage = (provider: ProviderView | undefined): boolean => (provider?.bankid?.sealedBy ?? null) !== null;

/** What the provider needs to know; null while the form for it is not filled in. */
function detailsFor(
  provider: ProviderView | undefined,
  { order, bankid, fourthline }: Pick<WindowState, "order" | "bankid" | "fourthline">,
): OrderDetails | "none" | null {
  if (provider === undefined) return "none";
  if (provider.idnow !== null) return idnowDetails(order, provider.idnow);
  if (provider.fourthline !== null) return fourthlineDetails(fourthline, provider.fourthline.flows);
  return provider.bankid === null ? "none" : bankidDetails(bankid, provider.bankid);
}

/** Has somebody looked at the form long enough to be told what is missing? */
function isAskedFor(provider: ProviderView | undefined, { order, bankid, fourthline }: WindowState): boolean {
  if (provider?.fourthline) return fourthline.showsAll;
  return provider?.bankid ? bankid.judged : order.showsAll;
}

/** The form says what is wrong one frame after it was asked to. */
function focusFirstProblem(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      globalThis.document.querySelector<HTMLElement>('[data-order] [aria-invalid="true"]')?.focus(),
    ),
  );
}

function obstacleText({ app, provider, selected, view }: WindowContextValue, plan: SignPlan): string | null {
  if (app.documents.length === 0) return text("sign.nothing");
  if (selected.length === 0) return text("sign.nothing-selected");
  const [only] = selected;
  if (plan.documents.length === 0) {
    if (selected.length > 1 || only === undefined) return text("sign.nothing-signable");
    if (wantsPassword(only)) return text("sign.locked");
    if (only.state.kind === "signed") return text("sign.already-signed");
    const busy = only.state.kind === "working" || only.state.kind.startsWith("waiting");
    return busy ? text("sign.in-progress") : text("sign.nothing-signable");
  }
  if (app.app.practice && app.app.sandbox === "starting") return text("sign.practice-wait");
  if (app.settings.provider === "certificate" && app.settings.certificate === null) return text("certificate.missing");
  if (provider === undefined || !provider.available) return text("sign.provider-missing");
  if (provider.problem !== null) return text("sign.provider-problem");
  if (hasPlace(provider) && view.mark.visible && plan.unplaced.length > 0) {
    return plan.documents.length === 1 || view.mark.sameForAll
      ? text("mark.missing")
      : text("mark.own-place-missing", { count: plan.unplaced.length });
  }
  if (!provider.takesPlace) return null;
  if (provider.drawsMark) return sharedFieldText(view.order, plan, view);
  if (!hasOwnMark(provider)) return null;
  if (view.mark.initials !== null && parsePageRanges(view.mark.initials.pages) === null) {
    return text("marks.initials-wrong-pages");
  }
  const { reasons, reasonRequired } = fieldWishes(plan.documents, view.mark, view.current);
  const isReasonMissing = reasonRequired && effectiveReason({ reasons }, view.choices) === "";
  return isReasonMissing ? text("sign.reason-missing") : null;
}

/** A field takes one signature: with several signers the others would have no place. */
function sharedFieldText(order: IdnowDraft, { documents }: SignPlan, { mark, current }: WindowState): string | null {
  const isField = documents.some((document) => placementOf(document, mark, current)?.kind === "field");
  return isField && order.signers.length > 1 ? text("order.field-one-signer") : null;
}
