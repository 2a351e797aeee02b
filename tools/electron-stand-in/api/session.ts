import { EventEmitter } from "node:events";
import { interceptResponses } from "../network/interception.ts";
import { resolveProxy } from "../network/resolve-proxy.ts";
import { WebRequest } from "../network/web-request.ts";
import { guardInstances, notImplemented } from "../not-implemented.ts";
import { browser } from "../runtime/browser.ts";
import { openContentsOf } from "../runtime/frame-owners.ts";
import { launchState } from "../runtime/launch-state.ts";
import { schemeMap } from "../wire/scheme-map.ts";
import { app } from "./app.ts";
import { Cookies } from "./cookies.ts";
import type { CertificateVerifyProc } from "../network/certificate-check.ts";
import type { PermissionCheck, PermissionRequest } from "../network/permissions.ts";

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/** `session.protocol`: the app's own schemes, one handler each. */
class Protocol {
  readonly #handlers = new Map<string, ProtocolHandler>();

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    schemeMap.add(scheme);
    this.#handlers.set(scheme, handler);
  }
  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }
  handlerOf(scheme: string): ProtocolHandler | undefined {
    return this.#handlers.get(scheme);
  }
}
guardInstances("protocol", Protocol);

/** Electron's `Session`: the default one is Chromium's own profile, every other an in-memory browser context. */
export class Session extends EventEmitter {
  readonly partition: string;
  readonly protocol: Protocol = new Protocol();
  readonly webRequest: WebRequest = new WebRequest(interceptResponses);
  readonly cookies: Cookies;
  readonly storagePath = null;
  permissionRequest: PermissionRequest | undefined;
  permissionCheck: PermissionCheck | undefined;
  certificateVerifyProc: CertificateVerifyProc | undefined;
  #context: Promise<string | undefined> | undefined;

  constructor(partition: string) {
    super();
    this.partition = partition;
    this.cookies = new Cookies(() => this.contextId());
  }

  /** Chromium's id of the browser context; undefined for the default one. */
  contextId(): Promise<string | undefined> {
    this.#context ??= this.#prepareContext();
    return this.#context;
  }
  async #prepareContext(): Promise<string | undefined> {
    const { root } = browser().connection;
    const browserContextId =
      this.partition === ""
        ? undefined
        : (await root.send<{ browserContextId: string }>("Target.createBrowserContext")).browserContextId;
    // Downloads are announced, and end unless the app takes care of them (see downloads.ts).
    await root.send("Browser.setDownloadBehavior", { behavior: "deny", eventsEnabled: true, browserContextId });
    return browserContextId;
  }

  /** From main, through this session's listener and handlers. What they let pass goes out by Node, without the session's cookies. */
  async fetch(input: string, init: RequestInit = {}): Promise<Response> {
    const handler = this.protocol.handlerOf(new URL(input).protocol.slice(0, -1));
    // As in Electron, a handler for one of the web's own schemes comes before the listener.
    if (handler !== undefined) return handler(new Request(input, init));
    const details = { url: input, method: init.method ?? "GET", resourceType: "other", timestamp: Date.now() };
    const before = await this.webRequest.beforeRequest.ask(details);
    if (before?.cancel) throw new Error("net::ERR_BLOCKED_BY_CLIENT");
    return fetch(input, init);
  }

  async resolveProxy(url: string): Promise<string> {
    const resolved = resolveProxy(url, launchState.switches, process.env);
    if (resolved === undefined) throw notImplemented("session.resolveProxy with a proxy auto-configuration");
    return resolved;
  }
  isPersistent(): boolean {
    return this.partition === "";
  }
  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this.permissionRequest = handler ?? undefined;
  }
  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.permissionCheck = handler ?? undefined;
  }
  /** No device is ever offered to a page here, so there is nothing to ask the handler about. */
  setDevicePermissionHandler(_handler: unknown): void {}
  setBluetoothPairingHandler(_handler: unknown): void {}
  setUSBProtectedClassesHandler(_handler: unknown): void {}
  /** The permission `display-capture` is denied in Chromium before a handler could be asked. */
  setDisplayMediaRequestHandler(_handler: unknown): void {}
  setCertificateVerifyProc(proc: CertificateVerifyProc | null): void {
    this.certificateVerifyProc = proc ?? undefined;
  }
  /** The spelling service is off in every profile. */
  setSpellCheckerEnabled(enabled: boolean): void {
    if (enabled) throw notImplemented("session.setSpellCheckerEnabled(true)");
  }
  isSpellCheckerEnabled(): boolean {
    return false;
  }
  getPreloadScripts(): readonly object[] {
    return [];
  }

  /**
   * Forgets everything. A partition without windows gives up its whole browser context; otherwise cookies go, and what
   * the origins of the open pages have stored.
   */
  async clearStorageData(): Promise<void> {
    const { root } = browser().connection;
    const browserContextId = await this.contextId();
    const open = openContentsOf(this);
    if (browserContextId !== undefined && open.length === 0) {
      this.#context = undefined;
      await root.send("Target.disposeBrowserContext", { browserContextId });
      return;
    }
    await root.send("Storage.clearCookies", { browserContextId });
    await Promise.all(
      open.map(async (contents) => {
        const { cdp } = await contents.attached.promise;
        await cdp.send("Storage.clearDataForOrigin", { origin: contents.wireOrigin, storageTypes: "all" });
      }),
    );
  }
  async clearData(): Promise<void> {
    await this.clearStorageData();
  }
}
guardInstances("session", Session);

const sessions = new Map<string, Session>();

/** Electron's module `session`. */
export const session = {
  get defaultSession(): Session {
    return session.fromPartition("");
  },
  fromPartition(partition: string): Session {
    const known = sessions.get(partition);
    if (known) return known;
    if (partition.startsWith("persist:")) throw notImplemented(`session.fromPartition("${partition}")`);
    const created = new Session(partition);
    sessions.set(partition, created);
    app.emit("session-created", created);
    return created;
  },
  /** All sessions made so far; used by the network layer. */
  all: (): readonly Session[] => [...sessions.values()],
};

/** Electron's module `protocol`: the default session's, and the registration of schemes. */
export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    if (app.isReady()) throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
    for (const { scheme } of schemes) schemeMap.add(scheme);
  },
  handle: (scheme: string, handler: ProtocolHandler): void => session.defaultSession.protocol.handle(scheme, handler),
  unhandle: (scheme: string): void => session.defaultSession.protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string): boolean => session.defaultSession.protocol.isProtocolHandled(scheme),
};
