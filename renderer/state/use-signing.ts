import { parsePageRanges } from "../../shared/page-ranges.ts";
import { text } from "../text/text.ts";
import { fieldWishes } from "./field-wishes.ts";
import { wantsPassword } from "./locked.ts";
import { effectiveReason, planSigning, signRequest } from "./sign-request.ts";
import type { SignPlan } from "./sign-request.ts";
import { signingSettings } from "./signing-settings.ts";
import { useWindow } from "./window-context.tsx";
import type { WindowContextValue } from "./window-context.tsx";

export interface Signing {
  readonly plan: SignPlan;
  /** Why nothing can be signed now, in words; null when it can. */
  readonly obstacle: string | null;
  /** Asks main what would be sent, and shows the confirmation sheet. Does nothing while there is an obstacle. */
  readonly sign: () => void;
}

export function useSigning(): Signing {
  const window = useWindow();
  const { app, view, provider, selected, actions } = window;
  const plan = planSigning(selected, view.mark, view.current);
  const obstacle = obstacleText(window, plan);
  return {
    plan,
    obstacle,
    sign: () => {
      if (obstacle !== null || view.review.kind !== "none") return;
      void actions.review(
        signRequest(
          plan.documents,
          view.mark,
          view.current,
          view.choices,
          signingSettings(app.settings, provider),
          app.marks,
        ),
      );
    },
  };
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
  if (view.mark.visible && plan.unplaced.length > 0) {
    return plan.documents.length === 1 || view.mark.sameForAll
      ? text("mark.missing")
      : text("mark.own-place-missing", { count: plan.unplaced.length });
  }
  if (view.mark.initials !== null && parsePageRanges(view.mark.initials.pages) === null) {
    return text("marks.initials-wrong-pages");
  }
  const { reasons, reasonRequired } = fieldWishes(plan.documents, view.mark, view.current);
  const isReasonMissing = reasonRequired && effectiveReason({ reasons }, view.choices) === "";
  return isReasonMissing ? text("sign.reason-missing") : null;
}
