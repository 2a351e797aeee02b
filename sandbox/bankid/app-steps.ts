import type { BankIdRoom } from "./bankid-room.ts";
import type { BankIdOrder } from "./order.ts";
import type { PracticePerson } from "./persons.ts";
import { unfitness } from "./requirement.ts";
import { readStartCode, secondOf, startCodeRefusal, startCodeText, tokenOfLink } from "./start-code.ts";
import type { StartRefusal } from "./start-code.ts";

/** What the app says about what was just tried in it. */
export type AppNotice = StartRefusal | "other-person" | "other-kind";

/** An order, or why the app does not go on. */
export type AppOutcome =
  | { readonly ok: true; readonly order: BankIdOrder }
  | { readonly ok: false; readonly reason: AppNotice };

const refused = (reason: AppNotice): AppOutcome => ({ ok: false, reason });

/** Reads a QR code with the app. */
export function scanCode(room: BankIdRoom, text: string): AppOutcome {
  const read = readStartCode(text);
  if (read === null) return refused("no-code");
  const order = room.orders.byToken(read.token);
  if (order === null || order.qrStartToken !== read.token) return refused("unknown");
  const { clock, account } = room;
  const reason = startCodeRefusal(order, read, clock.now(), account.codeSeconds);
  return reason === null ? take(room, order, "code") : refused(reason);
}

/** What a camera would read from the screen now: the code of the newest order that waits for an app. */
export function codeOnScreen(room: BankIdRoom): string | null {
  const order = waiting(room).at(-1);
  return order === undefined ? null : startCodeText(order, secondOf(order, room.clock.now()));
}

/** Orders that no app has yet, oldest first. */
export function waiting(room: BankIdRoom): readonly BankIdOrder[] {
  return room.orders.list().filter(({ state, taken }) => state.kind === "pending" && taken === null);
}

/** Opens the app on this computer by a link. */
export function openLink(room: BankIdRoom, link: string): AppOutcome {
  const token = tokenOfLink(link);
  if (token === null) return refused("no-code");
  const order = room.orders.byToken(token);
  return order === null || order.autoStartToken !== token ? refused("unknown") : take(room, order, "link");
}

function take(room: BankIdRoom, order: BankIdOrder, by: "code" | "link"): AppOutcome {
  if (order.state.kind !== "pending") return refused("over");
  const taken = room.orders.apply(order.id, { do: "take", by });
  return taken === null ? refused("taken") : { ok: true, order: taken };
}

/** Takes a person's BankID for an order. The app goes on looking when it does not fit. */
export function choosePerson(room: BankIdRoom, id: string, person: PracticePerson): AppOutcome {
  const order = room.orders.byId(id);
  if (order === null) return refused("unknown");
  const reason = unfitness(person, order.request.requirement);
  if (reason !== null) return refused(reason);
  const chosen = room.orders.apply(id, { do: "choose", person });
  return chosen === null ? refused("over") : { ok: true, order: chosen };
}
