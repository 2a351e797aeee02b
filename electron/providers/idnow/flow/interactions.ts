import { encode } from "uqr";
import type { Failure } from "../../../../shared/failure.ts";
import { maskedNumber } from "../../../../shared/signer-fields.ts";
import type { QrPicture } from "../../../../shared/interaction.ts";
import type { FlowInteraction, ProviderPage } from "../../provider.ts";
import type { IdnowProfile } from "../idnow-profile.ts";
import type { Code, Open, Watch } from "./flow-state.ts";
import { signerOf } from "./flow-state.ts";
import type { IdnowSettings } from "./settings.ts";

/** What a QR code at level M can hold in bytes (ISO/IEC 18004 table 7, version 40). */
const QR_CAPACITY = 2331;

/** Changes whenever something else is asked of the person, and only then: the window stays, and old answers are ignored. */
export function watchId(state: Watch): string {
  return `order-${state.signer}-${state.page}-${state.reopened}-${state.code}`;
}

/** What the person sees while an order is open. */
export function watchInteraction(state: Watch, profile: IdnowProfile, settings: IdnowSettings): FlowInteraction {
  const id = watchId(state);
  const name = nameOf(state);
  const hint = hintOf(state);
  if (state.page === "open" && state.pageUrl !== null) {
    return {
      kind: "page",
      id,
      message: pageMessage(state),
      params: { name },
      deadline: null,
      host: URL.parse(state.pageUrl)?.host ?? "",
      page: pageOf(state.pageUrl, profile, settings),
      qr: state.deepLink === null ? null : qrOf(state.deepLink, profile.pageOrigins),
      problem: state.again === null ? null : { code: "idnow.page-again", params: { idnowStatus: state.again } },
    };
  }
  const shared = { kind: "waiting", id, device: "computer", deadline: null, hint } as const;
  if (state.troubles > 0) {
    return { ...shared, message: "idnow.reconnecting", canReopenPage: state.page === "closed" };
  }
  if (state.page === "returned") {
    return { ...shared, message: "idnow.working", canReopenPage: true };
  }
  // Signed, or between the identification and the code: no page has to do with it.
  if (state.code === "confirmed" || (state.code === "wanted" && state.identified)) {
    return { ...shared, message: "idnow.working" };
  }
  if (state.page === "closed") {
    return { ...shared, message: "idnow.page-closed", canReopenPage: true };
  }
  return state.order.details.robot === null
    ? { ...shared, message: "idnow.page-link", params: { name } }
    : { ...shared, message: "idnow.robot" };
}

export function codeId(state: Code): string {
  return `order-${state.signer}-code-${state.asked}`;
}

export function codeInteraction(state: Code, profile: IdnowProfile): FlowInteraction {
  return {
    kind: "code",
    id: codeId(state),
    message: "idnow.code",
    params: { name: nameOf(state) },
    deadline: null,
    digits: { minimum: 6, maximum: 6 },
    problem: state.problem,
    attemptsLeft: profile.codeAttempts === undefined ? null : Math.max(1, profile.codeAttempts - state.wrong),
    resendFrom: new Date(state.resendFrom).toISOString(),
    sentTo: maskedNumber(signerOf(state).mobile),
  };
}

export function nameOf(state: Open): string {
  const { givenName, surname } = signerOf(state);
  return `${givenName} ${surname}`;
}

/** News of the order; the person does not need to hear that it was made. */
function hintOf({ status }: Watch): Failure | null {
  return status === null || status === "25" ? null : { code: "idnow.status-hint", params: { idnowStatus: status } };
}

function pageMessage(state: Watch): string {
  if (state.identified) {
    return "idnow.page-sign";
  }
  return state.code === "on-page" ? "idnow.page" : "idnow.page-identify";
}

function pageOf(url: string, profile: IdnowProfile, settings: IdnowSettings): ProviderPage {
  return {
    url,
    policy: {
      allowedOrigins: profile.pageOrigins,
      returnUrl: profile.redirectUrl,
      // The identification is a video call.
      permissions: ["camera", "microphone"],
      timeLimitMilliseconds: settings.pageTimeLimit,
    },
  };
}

/** The same page for the phone, where IDnow's app takes over. */
function qrOf(link: string, origins: readonly string[]): QrPicture | null {
  // SECURITY: a phone goes where the code says, so only where a window of ours would be allowed to go.
  const isAllowed = origins.includes(URL.parse(link)?.origin ?? "");
  if (!isAllowed || new TextEncoder().encode(link).length > QR_CAPACITY) {
    return null;
  }
  const { data } = encode(link, { ecc: "M", boostEcc: false, border: 0 });
  return { rows: data.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")) };
}
