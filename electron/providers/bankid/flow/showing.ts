import { isVaultTrouble } from "../../../../shared/failure.ts";
import type { Failure } from "../../../../shared/failure.ts";
import { autostartLink } from "../autostart-link.ts";
import { pendingStatus } from "../order-status.ts";
import { qrData, qrPicture, secondsSince } from "../qr-code.ts";
import type { FlowInteraction, FlowStep } from "../../provider.ts";
import { type BankIdTools, toStore } from "./flow-parts.ts";
import type { Collect } from "./flow-state.ts";

/** Shows how the order stands, until it is asked about again. */
export function show(state: Collect, tools: BankIdTools, now: number): FlowStep {
  const interaction = interactionOf(state, tools);
  const next = interaction.kind === "qr" ? Math.min(state.nextAt, now + tools.settings.pictureInterval) : state.nextAt;
  return { kind: "wait", state: toStore(state), at: next, interaction };
}

function interactionOf(state: Collect, tools: BankIdTools): FlowInteraction {
  const order = tools.open.get(state.reference);
  const isWaiting = isWaitingForApp(state);
  const spoken = { id: idOf(state), ...languageOf(state) };
  if (order !== undefined && isWaiting && state.method === "qr") {
    const second = secondsSince(order.arrivedAt, tools.monotonic());
    const start = { token: order.qrStartToken, secret: order.qrStartSecret };
    return {
      kind: "qr",
      ...spoken,
      message: messageKey(state, "scan"),
      deadline: scanDeadline(state, tools),
      picture: qrPicture(start, second),
      code: qrData(start, second),
      canOpenApp: true,
      problem: state.problem,
    };
  }
  const openLink = order !== undefined && isWaiting ? autostartLink(order.autoStartToken) : null;
  const isLocked = isVaultProblem(state.problem);
  return {
    kind: "waiting",
    ...spoken,
    message: messageKey(state, state.troubles > 0 && !isLocked ? "reconnecting" : messageOf(state)),
    ...(isLocked ? { hint: state.problem } : {}),
    deadline: new Date(state.placedAt + tools.settings.orderTimeLimit).toISOString(),
    device: state.method === "qr" ? "phone" : "computer",
    ...(openLink === null ? {} : { canShowQr: true, openLink }),
  };
}

/** A code that runs out is followed by another one, up to this time. */
function scanDeadline({ firstAt, placedAt }: Collect, { settings }: BankIdTools): string {
  return new Date(Math.max(firstAt + settings.restartLimit, placedAt + settings.appTimeLimit)).toISOString();
}

/** Section 2.1: the code is shown only as long as the app has not picked up the order. */
export function isWaitingForApp({ hint }: Collect): boolean {
  return hint === null || pendingStatus(hint)?.isWaitingForApp === true;
}

/** The keychain does not give what BankID is asked with. */
export const isVaultProblem = (problem: Failure | null): boolean => problem !== null && isVaultTrouble(problem);

/** Another id wherever the person has to do something else. */
export function idOf(state: Collect): string {
  return `bankid-${state.orders}-${state.changes}-${isWaitingForApp(state) ? "start" : "app"}`;
}

function messageOf({ hint, method }: Collect): string {
  if (hint === null) {
    return method === "qr" ? "RFA1" : "RFA13";
  }
  // Section 3.5: what is not known is "in progress".
  return pendingStatus(hint)?.message[method] ?? "RFA21";
}

/** Who reads the text in Swedish follows the app in Swedish, too. */
const messageKey = ({ wishes }: Collect, name: string): string =>
  wishes.language === "sv" ? `bankid.sv.${name}` : `bankid.${name}`;

const languageOf = ({ wishes }: Collect): { readonly language?: "sv" } =>
  wishes.language === "sv" ? { language: "sv" } : {};
