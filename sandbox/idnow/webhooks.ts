import type { AccountOptions } from "./account-options.ts";
import type { IdnowOrder } from "./order.ts";

/** One call of an address, for the control endpoint. */
export interface WebhookAttempt {
  readonly hook: string;
  readonly url: string;
  readonly order: string;
  /** An HTTP status, or why there is none. */
  readonly result: number | "not-sent" | "no-answer";
}

export interface Webhooks {
  /** Calls an address, and again by the retry table until it answers 200 or 202. */
  call(hook: string, url: string, order: IdnowOrder, statusCode?: number): void;
  attempts(): readonly WebhookAttempt[];
  /** Forgets attempts and what is still to be tried. */
  clear(): void;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const timeLimit = 10 * second;
const maximumAttempts = 1000;

/**
 * How long to wait after an attempt that failed, by the time since the first one; null: given up. First after about
 * 86.4 s, then every minute until 864 s, every hour until 12 hours, every night until 6 days.
 */
export function retryDelay(sinceFirst: number): number | null {
  if (sinceFirst < 86.4 * second) return 86.4 * second;
  if (sinceFirst < 864 * second) return minute;
  if (sinceFirst < 12 * hour) return hour;
  return sinceFirst < 6 * day ? day : null;
}

export function webhooks(account: () => AccountOptions, ending: AbortSignal): Webhooks {
  let attempts: readonly WebhookAttempt[] = [];
  let epoch = new AbortController();
  const record = (attempt: WebhookAttempt): void => {
    attempts = [...attempts, attempt].slice(-maximumAttempts);
  };

  const attempt = async (entry: Omit<WebhookAttempt, "result">, sinceFirst: number, life: AbortSignal) => {
    const result = await request(entry.url, AbortSignal.any([life, ending, AbortSignal.timeout(timeLimit)]));
    if (life.aborted || ending.aborted) return;
    record({ ...entry, result });
    const delay = result === 200 || result === 202 || result === "not-sent" ? null : retryDelay(sinceFirst);
    if (delay === null) return;
    const timer = setTimeout(
      () => void attempt(entry, sinceFirst + delay, life),
      Math.min(delay * account().webhookTimeFactor, day),
    );
    timer.unref();
    AbortSignal.any([life, ending]).addEventListener("abort", () => clearTimeout(timer), { once: true });
  };

  return {
    call(hook, url, order, statusCode) {
      const address = fillPlaceholders(url, order).replaceAll("[statusCode]", String(statusCode ?? ""));
      void attempt({ hook, url: address, order: order.id }, 0, epoch.signal);
    },
    attempts: () => attempts,
    clear() {
      epoch.abort();
      epoch = new AbortController();
      attempts = [];
    },
  };
}

/** [OrderID] and [Ref] of an address, escaped as parts of one. */
export function fillPlaceholders(url: string, order: IdnowOrder): string {
  return url
    .replaceAll("[OrderID]", encodeURIComponent(order.id))
    .replaceAll("[Ref]", encodeURIComponent(order.request.ref));
}

async function request(address: string, signal: AbortSignal): Promise<WebhookAttempt["result"]> {
  const url = URL.parse(address);
  // SECURITY: whoever gives the sandbox an order must not make it call other computers.
  if (url === null || !/^https?:$/.test(url.protocol) || !isThisComputer(url.hostname)) return "not-sent";
  try {
    const answer = await fetch(url, { signal, redirect: "manual" });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return "no-answer";
  }
}

function isThisComputer(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}
