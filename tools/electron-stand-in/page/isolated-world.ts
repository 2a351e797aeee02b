/// <reference lib="dom" />
import type { Codec, makeCodec as MakeCodec } from "../wire/codec.ts";
import type { Bridge } from "./bridge.ts";

/** What the isolated world is told at its start. */
export interface IsolatedConfig {
  /** Marks the placeholders of `webUtils.getPathForFile`, so that no page text can be taken for one. */
  readonly secret: string;
  readonly platform: string;
  readonly arch: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Globals of the isolated world that main calls, or that Chromium's binding puts there. */
export interface IsolatedGlobals {
  /** Chromium's binding: takes a message to main. */
  standInSend: (this: void, message: string) => void;
  /** Called by main: the answer to call `id`, or a message (`id` 0). Large buffers wait under `references`. */
  standInReceive(id: number, ok: boolean, text: string, references: readonly string[]): void;
  /** The files whose path was asked for, in order. Main reads them by index. */
  standInFiles: File[];
}

type Listener = (event: object, ...args: unknown[]) => void;
type PreloadScript = (
  require: (name: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
) => void;

/**
 * Runs a preload script as Electron's sandboxed preload: `require` knows electron and two Node modules, and nothing of
 * it is visible to the page. Sent into the page as text, so it must not use anything outside itself.
 */
export function isolatedWorld(
  config: IsolatedConfig,
  makeCodec: typeof MakeCodec,
  bridge: Bridge,
  preload: PreloadScript,
): void {
  const world = globalThis as unknown as IsolatedGlobals;
  const send = world.standInSend;
  const calls = new Map<
    number,
    { channel: string; resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  const listeners = new Map<string, { listener: Listener; original: Listener }[]>();
  let lastCall = 0;
  /** Messages are delivered in the order in which main sent them, also when one has to fetch its buffers first. */
  let delivery: Promise<void> = Promise.resolve();
  world.standInFiles = [];

  // Chromium 140 and later convert by themselves, which is ten times faster than by characters.
  const native = Uint8Array as unknown as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  const codec: Codec = makeCodec({
    encode: (bytes) => {
      const own = bytes as Uint8Array & { toBase64?: () => string };
      if (own.toBase64) return own.toBase64();
      let binary = "";
      for (let start = 0; start < bytes.length; start += 32_768)
        binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
      return btoa(binary);
    },
    decode: (text) => native.fromBase64?.(text) ?? Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
  });

  const emit = (channel: string, args: readonly unknown[]): void => {
    for (const { listener } of listeners.get(channel) ?? []) {
      try {
        listener({ sender: ipcRenderer, senderId: 0, ports: [] }, ...args);
      } catch (error) {
        reportError(error);
      }
    }
  };
  const settle = (id: number, ok: boolean, value: unknown): void => {
    const call = calls.get(id);
    calls.delete(id);
    if (ok) call?.resolve(value);
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${String(value)}`));
  };
  const receive = async (id: number, ok: boolean, text: string, references: readonly string[]): Promise<void> => {
    const buffers = await Promise.all(
      references.map(async (reference) =>
        (await fetch(`${location.origin}/__stand_in_blob__/${reference}`)).arrayBuffer(),
      ),
    );
    const value = codec.decode(text, buffers);
    if (id > 0) return settle(id, ok, value);
    const [channel, args] = value as [string, unknown[]];
    emit(channel, args);
  };
  world.standInReceive = (id, ok, text, references) => {
    delivery = delivery.then(() => receive(id, ok, text, references)).catch((error: unknown) => reportError(error));
  };

  const add = (channel: string, listener: Listener, original: Listener): void => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, original }]);
  };
  const remove = (channel: string, original: Listener): void => {
    const left = (listeners.get(channel) ?? []).filter((entry) => entry.original !== original);
    listeners.set(channel, left);
  };
  const guard = <T extends object>(owner: string, members: T): T =>
    new Proxy(members, {
      get(target, key, receiver): unknown {
        if (key in target || typeof key === "symbol" || key === "then") return Reflect.get(target, key, receiver);
        throw new Error(`electron stand-in: ${owner}.${key} is not implemented`);
      },
    });

  const ipcRenderer = guard("ipcRenderer", {
    invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
      const id = ++lastCall;
      const message = `${id} ${codec.encode([channel, args])}`;
      return new Promise((resolve, reject) => {
        calls.set(id, { channel, resolve, reject });
        send(message);
      });
    },
    send: (channel: string, ...args: unknown[]): void => send(`0 ${codec.encode([channel, args])}`),
    on(channel: string, listener: Listener): object {
      add(channel, listener, listener);
      return ipcRenderer;
    },
    addListener: (channel: string, listener: Listener): object => ipcRenderer.on(channel, listener),
    once(channel: string, listener: Listener): object {
      const once: Listener = (event, ...args) => {
        remove(channel, listener);
        listener(event, ...args);
      };
      add(channel, once, listener);
      return ipcRenderer;
    },
    off(channel: string, listener: Listener): object {
      remove(channel, listener);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: Listener): object => ipcRenderer.off(channel, listener),
    removeAllListeners(channel?: string): object {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string): number => listeners.get(channel)?.length ?? 0,
  });

  const electron = guard("renderer", {
    ipcRenderer,
    contextBridge: guard("contextBridge", {
      exposeInMainWorld: (key: string, api: unknown): void => bridge.expose(key, api),
    }),
    webUtils: guard("webUtils", {
      /** Chromium tells a file's path to main only, so main puts it in when this text passes through IPC. */
      getPathForFile(file: File): string {
        if (!(file instanceof File))
          throw new TypeError("getPathForFile expected to receive a File object but one was not provided");
        const known = world.standInFiles.indexOf(file);
        const index = known === -1 ? world.standInFiles.push(file) - 1 : known;
        return `\u0000file-${config.secret}-${index}\u0000`;
      },
    }),
  });

  const modules: Record<string, unknown> = {
    electron,
    "electron/renderer": electron,
    "electron/common": electron,
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    url: { URL, URLSearchParams },
  };
  const require = (name: string): unknown => {
    const found = modules[name.replace(/^node:/, "")];
    if (found === undefined) throw new Error(`module not found: ${name}`);
    return found;
  };
  const process = guard("preload process", {
    type: "renderer",
    sandboxed: true,
    contextIsolated: true,
    platform: config.platform,
    arch: config.arch,
    versions: config.versions,
    env: {},
    argv: [],
  });
  const module = { exports: {} };
  preload.call(module.exports, require, module, module.exports, process);
}
