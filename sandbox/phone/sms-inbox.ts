import type { SandboxClock } from "../clock.ts";

/** A text message on the practice phone. */
export interface Sms {
  readonly id: number;
  readonly to: string;
  readonly text: string;
  readonly tan: string;
  /** The order or signature that it is about; null: a password change. */
  readonly order: string | null;
  readonly at: number;
}

/** The messages of all numbers, newest first. */
export interface SmsInbox {
  send(message: Omit<Sms, "id" | "at">): void;
  list(): readonly Sms[];
  remove(id: number): void;
  clear(): void;
}

const maximumMessages = 20;

export function smsInbox(clock: SandboxClock): SmsInbox {
  let messages: readonly Sms[] = [];
  let next = 1;
  return {
    send(message) {
      messages = [{ ...message, id: next, at: clock.now() }, ...messages].slice(0, maximumMessages);
      next += 1;
    },
    list: () => messages,
    remove(id) {
      messages = messages.filter((message) => message.id !== id);
    },
    clear() {
      messages = [];
    },
  };
}
