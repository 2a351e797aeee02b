/// <reference lib="dom" />

/** One end of the context bridge; the other end is in the page's other JavaScript world. */
export interface Bridge {
  /** Puts a frozen copy of `api` on the main world's `window`. Only the isolated side may call it. */
  expose(key: string, api: unknown): void;
}

/**
 * Electron's contextBridge over DOM events: the two worlds of a page share its events, and Chromium clones an event's
 * `detail` when the other world reads it. Dispatch is synchronous, so calls return, throw and await as in Electron.
 * What Electron does to values is done here: functions become proxies, promises stay promises, errors keep their
 * message only, objects are copied (electron: shell/renderer/api/electron_api_context_bridge.cc).
 *
 * SECURITY: the event names contain `secret`, which no page script learns, and all functions of the page are taken
 * before page scripts run. Each value is tagged, so a page cannot forge a function or promise reference.
 *
 * This function is sent into the page as text, so it must not use anything outside itself.
 */
export function bridge(secret: string, side: "main" | "isolated"): Bridge {
  type Node =
    | readonly ["value", unknown]
    | readonly ["array", readonly Node[]]
    | readonly ["object", readonly (readonly [string, Node])[]]
    | readonly ["function", number]
    | readonly ["promise", number]
    | readonly ["error", string];
  type Outcome = { readonly ok: true; readonly node: Node } | { readonly ok: false; readonly message: string };
  interface Details {
    readonly call: { readonly id: number; readonly args: readonly Node[] };
    readonly return: Outcome;
    readonly settle: { readonly id: number; readonly ok: boolean; readonly node: Node };
    readonly expose: { readonly key: string; readonly api: Node };
  }
  interface Waiting {
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: unknown) => void;
  }

  const other = side === "main" ? "isolated" : "main";
  const listen = window.addEventListener.bind(window);
  const dispatch = window.dispatchEvent.bind(window);
  const { CustomEvent: Event_, Promise: Promise_, Error: Error_, Map: Map_ } = window as unknown as typeof globalThis;
  const { freeze, defineProperty, getPrototypeOf, keys } = Object;
  const functions = new Map_<number, (...args: unknown[]) => unknown>();
  const waiting = new Map_<number, Waiting>();
  let lastId = 0;
  let outcome: Outcome | undefined;

  const fire = <Kind extends keyof Details>(to: string, kind: Kind, detail: Details[Kind]): void => {
    dispatch(new Event_(`${secret}:${to}:${kind}`, { detail }));
  };
  const on = <Kind extends keyof Details>(kind: Kind, listener: (detail: Details[Kind]) => void): void => {
    listen(`${secret}:${side}:${kind}`, (event) => listener((event as CustomEvent<Details[Kind]>).detail));
  };
  const messageOf = (thrown: unknown): string => {
    const message = (thrown as { message?: unknown } | null | undefined)?.message;
    return typeof message === "string"
      ? message
      : "An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.";
  };
  const isPlain = (value: object): boolean => Object.prototype.toString.call(value) === "[object Object]";

  const pack = (value: unknown, depth = 0): Node => {
    if (depth > 1000)
      throw new TypeError(
        "Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.",
      );
    if (typeof value === "function") {
      functions.set(++lastId, value as (...args: unknown[]) => unknown);
      return ["function", lastId];
    }
    if (typeof value !== "object" || value === null) return ["value", value];
    if (value instanceof Promise_) {
      const id = ++lastId;
      value.then(
        (result: unknown) => fire(other, "settle", { id, ok: true, node: pack(result) }),
        (error: unknown) => fire(other, "settle", { id, ok: false, node: pack(error) }),
      );
      return ["promise", id];
    }
    if (value instanceof Error_) return ["error", messageOf(value)];
    if (Array.isArray(value)) return ["array", value.map((item: unknown) => pack(item, depth + 1))];
    if (isPlain(value))
      return [
        "object",
        keys(value).map((key) => [key, pack((value as Record<string, unknown>)[key], depth + 1)] as const),
      ];
    return ["value", value];
  };

  const unpack = (node: Node): unknown => {
    switch (node[0]) {
      case "value":
        return node[1];
      case "array":
        return node[1].map((item) => unpack(item));
      case "object": {
        const copy: Record<string, unknown> = {};
        for (const [key, item] of node[1])
          defineProperty(copy, key, { value: unpack(item), enumerable: true, configurable: true, writable: true });
        return copy;
      }
      case "function": {
        const id = node[1];
        return (...args: unknown[]) => call(id, args);
      }
      case "promise": {
        const id = node[1];
        return new Promise_((resolve, reject) => waiting.set(id, { resolve, reject }));
      }
      case "error":
        return new Error_(node[1]);
      default:
        return undefined;
    }
  };

  const call = (id: number, args: unknown[]): unknown => {
    fire(other, "call", { id, args: args.map((argument) => pack(argument)) });
    const answer = outcome;
    outcome = undefined;
    if (answer === undefined) throw new Error_("electron stand-in: the other world has gone");
    if (!answer.ok) throw new Error_(answer.message);
    return unpack(answer.node);
  };

  const deepFreeze = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value) || getPrototypeOf(value) === Object.prototype)
      for (const key of keys(value)) deepFreeze((value as Record<string, unknown>)[key]);
    return freeze(value);
  };

  on("call", ({ id, args }) => {
    let result: Outcome;
    try {
      result = { ok: true, node: pack(functions.get(id)?.(...args.map((argument) => unpack(argument)))) };
    } catch (error) {
      result = { ok: false, message: messageOf(error) };
    }
    try {
      fire(other, "return", result);
    } catch (error) {
      fire(other, "return", { ok: false, message: messageOf(error) });
    }
  });
  on("return", (detail) => {
    outcome = detail;
  });
  on("settle", (detail) => {
    const entry = waiting.get(detail.id);
    waiting.delete(detail.id);
    const value = unpack(detail.node);
    if (detail.ok) entry?.resolve(value);
    else entry?.reject(value);
  });
  if (side === "main")
    on("expose", ({ key, api }) => {
      const free = !(key in window);
      const message = "Cannot bind an API on top of an existing property on the window object";
      fire(other, "return", free ? { ok: true, node: ["value", undefined] } : { ok: false, message });
      if (free) defineProperty(window, key, { value: deepFreeze(unpack(api)), enumerable: true });
    });

  return {
    expose(key, api) {
      fire(other, "expose", { key, api: pack(api) });
      const answer = outcome;
      outcome = undefined;
      if (answer === undefined || answer.ok) return;
      throw new Error_(answer.message);
    },
  };
}

/**
 * `window.open` answers null when the window is denied, and the stand-in knows no other answer. The call itself still
 * goes to Chromium, which reports it to `setWindowOpenHandler`. Sent into the page as text.
 */
export function refuseWindowOpen(): void {
  const original = window.open.bind(window);
  window.open = function open(url?: string | URL, target?: string, features?: string): WindowProxy | null {
    const opened = original(url, target, features);
    return ["_self", "_top", "_parent"].includes(target ?? "") ? opened : null;
  };
}
