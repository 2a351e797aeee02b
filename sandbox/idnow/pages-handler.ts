import { assetAnswer } from "../web/assets.ts";
import { jsonAnswer, redirectAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebHandler } from "../web/loopback-server.ts";
import { pageLanguage } from "../web/page-language.ts";
import { isFromOwnPages } from "../web/same-origin.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import { hasKind, isESign } from "./order.ts";
import type { IdnowOrder } from "./order.ts";
import { performPageAction } from "./page-actions.ts";
import type { PageNotice } from "./page-actions.ts";
import { idnowPageLanguages } from "./page-texts.ts";
import { identificationView, landingView, phoneCheckView } from "./identification-views.ts";
import { notePage } from "./page-frame.ts";
import type { PageContext } from "./page-frame.ts";
import { introView, signingView } from "./signing-views.ts";
import { phoneProduct } from "./order.ts";
import { KIND } from "./status-codes.ts";
import { fillPlaceholders } from "./webhooks.ts";

/** Where the practice program lets the pages lead back to; shown only when a real browser gets there. */
export const practiceReturnPaths = { success: "/practice-return/success", abort: "/practice-return/abort" } as const;

/** The path of TargetURL, DeepLinkURL and AutoIdURL: 32 hexadecimal digits name the order. */
const orderPath = /^\/(?:status|ident|autoid)\/([0-9A-F]{32})$/;
const statePath = /^\/state\/([0-9A-F]{32})$/;

/** The pages for the person's browser. */
export function idnowPagesHandler(room: IdnowRoom, phoneUrl: () => string): WebHandler {
  return async (request) => {
    const { pathname, searchParams } = request.url;
    const asset = assetAnswer(pathname);
    if (asset !== null) return asset;
    const asked = searchParams.get("language");
    const language = pageLanguage(asked, request.headers["accept-language"], idnowPageLanguages);
    if (pathname === practiceReturnPaths.success) return notePage(language, "done", 200);
    if (pathname === practiceReturnPaths.abort) return notePage(language, "ended", 200);
    const state = statePath.exec(pathname)?.[1];
    if (state !== undefined) return stateAnswer(room.orders.byToken(state));
    const order = room.orders.byToken(orderPath.exec(pathname)?.[1] ?? "");
    if (order === null) return notePage(language, "gone", 410);
    const context = { room, language, request, phoneUrl: phoneUrl() };
    if (request.method !== "POST") {
      return show({ ...context, order: room.orders.apply(order.id, { do: "visit" }) ?? order }, null);
    }
    if (!isFromOwnPages(request)) return textAnswer(403, "the form was sent from another site");
    const outcome = performPageAction(room, order, new URLSearchParams(request.body.toString("utf8")));
    if (outcome === "leave-successfully") return returnTo(order, "success", context.language);
    if (outcome === "leave") return returnTo(order, "abort", context.language);
    const changed = room.orders.byId(order.id);
    if (changed === null) return notePage(language, "gone", 410);
    if (outcome !== null) return show({ ...context, order: changed }, outcome);
    // So that loading the page again does not send the form again.
    return changed.stage === "closed"
      ? show({ ...context, order: changed }, null)
      : redirectAnswer(`${pathname}${asked === null ? "" : `?language=${language}`}`);
  };
}

function show(context: PageContext, notice: PageNotice | null): WebAnswer {
  const { order } = context;
  switch (order.stage) {
    case "new":
      return order.request.product === phoneProduct ? phoneCheckView(context, notice) : landingView(context);
    case "identifying":
      return identificationView(context);
    case "identified":
      return introView(context);
    case "signing":
      return signingView(context, notice);
    case "closed":
      return returnTo(order, succeeded(order) ? "success" : "abort", context.language);
  }
}

function succeeded(order: IdnowOrder): boolean {
  return (
    hasKind(order, KIND.signed) ||
    (hasKind(order, KIND.identified) && (!isESign(order) || hasKind(order, KIND.accountVerified)))
  );
}

function returnTo(order: IdnowOrder, where: "success" | "abort", language: PageContext["language"]): WebAnswer {
  const address = order.request.redirect[where];
  if (address === null) return notePage(language, where === "success" ? "done" : "ended", 200);
  return redirectAnswer(fillPlaceholders(address, order));
}

/** For the script of the pages: an order can also be finished elsewhere. */
function stateAnswer(order: IdnowOrder | null): WebAnswer {
  if (order === null) return jsonAnswer(404, {});
  return jsonAnswer(200, { step: order.stage === "closed" ? "decided" : "page" });
}
