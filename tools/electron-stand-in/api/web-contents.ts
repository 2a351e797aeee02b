import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { PrintToPDFOptions, WebPreferences } from "electron";
import type { CdpSession } from "../cdp/connection.ts";
import type { Evaluated } from "../cdp/protocol.ts";
import { loadError, netErrorCode } from "../network/net-errors.ts";
import { guardInstances } from "../not-implemented.ts";
import { cancellableEvent } from "../runtime/cancellable-event.ts";
import { removeFramesOf } from "../runtime/frame-owners.ts";
import { schemeMap } from "../wire/scheme-map.ts";
import { IpcMain } from "./ipc-main.ts";
import type { IpcTransport } from "./ipc-transport.ts";
import { captureImage, printPdf } from "./page-output.ts";
import { session } from "./session.ts";
import type { Session } from "./session.ts";
import { makeMainFrame } from "./web-frame-main.ts";
import type { WebFrameMain } from "./web-frame-main.ts";
import { checkPreferences, preferencesInForce } from "./web-preferences.ts";

/** What a web contents needs of the window around it. */
export interface HostWindow {
  focus(): void;
  tryClose(): boolean;
  destroy(): void;
  /** The page's target has gone, by our wish or the user's. */
  onGone(): void;
}

/** The page behind a web contents, once Chromium has made it. */
export interface AttachedPage {
  readonly cdp: CdpSession;
  readonly targetId: string;
  readonly transport: IpcTransport;
}

type WindowOpenHandler = (details: object) => { readonly action: "allow" | "deny" };

let lastId = 0;
const all = new Map<number, WebContents>();

/** Electron's `webContents`: one page. `page-wiring.ts` feeds it with what Chromium reports. */
export class WebContents extends EventEmitter {
  readonly id: number = ++lastId;
  readonly ipc: IpcMain = new IpcMain();
  readonly session: Session;
  readonly mainFrame: WebFrameMain;
  readonly preferences: WebPreferences;
  readonly host: HostWindow;
  /** Marks this page's bridge and file placeholders. SECURITY: never shown to page scripts. */
  readonly secret: string = randomUUID();
  /** Resolves when the page is there and its scripts are in place. */
  readonly attached: PromiseWithResolvers<AttachedPage> = Promise.withResolvers<AttachedPage>();
  /** The wire address that `loadURL` has asked for and that has not been requested yet. */
  expectedLoad: string | undefined;
  /** Whether `loadURL` waits for Chromium's answer; it then reports a failure itself. */
  loadPending = false;
  /** Why the last certificate was refused: Chromium would only say that the load was aborted. */
  refusedCertificate: string | undefined;
  windowOpenHandler: WindowOpenHandler | undefined;
  loading = false;
  url = "";
  title = "";
  #page: AttachedPage | undefined;
  #destroyed = false;

  constructor(host: HostWindow, asked: WebPreferences) {
    super();
    this.setMaxListeners(0);
    this.host = host;
    this.preferences = checkPreferences(asked);
    this.session = (asked.session as Session | undefined) ?? session.fromPartition(asked.partition ?? "");
    this.mainFrame = makeMainFrame(this);
    this.attached.promise.then(
      (page) => (this.#page = page),
      () => {},
    );
    all.set(this.id, this);
  }

  get targetId(): string | undefined {
    return this.#page?.targetId;
  }
  /** The origin of the page as Chromium knows it. */
  get wireOrigin(): string {
    return URL.parse(schemeMap.toWire(this.url))?.origin ?? "null";
  }

  async loadURL(url: string): Promise<void> {
    const { cdp } = await this.attached.promise;
    const wire = schemeMap.toWire(url);
    this.expectedLoad = wire;
    this.loadPending = true;
    this.refusedCertificate = undefined;
    const loaded = Promise.withResolvers<void>();
    const finish = (): void => loaded.resolve();
    this.once("did-finish-load", finish).once("destroyed", finish);
    try {
      const answer = await cdp.send<{ errorText?: string }>("Page.navigate", { url: wire });
      this.loadPending = false;
      const failure = answer.errorText === undefined ? undefined : (this.refusedCertificate ?? answer.errorText);
      if (failure !== undefined) {
        this.reportFailedLoad(failure, url);
        throw loadError(failure, url);
      }
      // The empty page loads before anybody can listen, so its end is not reported but known.
      if (url === "about:blank") this.emit("did-finish-load", cancellableEvent({}));
      await loaded.promise;
    } finally {
      this.loadPending = false;
      this.off("did-finish-load", finish).off("destroyed", finish);
    }
  }
  /** Emits `did-fail-provisional-load` and, unless the load was only aborted, `did-fail-load`: as Electron does. */
  reportFailedLoad(errorText: string, url: string): void {
    const name = errorText.replace("net::", "");
    const failure = [cancellableEvent({}), netErrorCode(name), name, url, true, 1, 1] as const;
    this.emit("did-fail-provisional-load", ...failure);
    if (name !== "ERR_ABORTED") this.emit("did-fail-load", ...failure);
  }

  /** What is in force. Electron knows it once the page's process has started, and says null before. */
  getLastWebPreferences(): Readonly<Record<string, unknown>> | null {
    return this.url === "" ? null : preferencesInForce(this.preferences);
  }

  getURL(): string {
    return this.url;
  }
  getTitle(): string {
    return this.title;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isCrashed(): boolean {
    return false;
  }
  isLoading(): boolean {
    return this.loading;
  }
  isLoadingMainFrame(): boolean {
    return this.loading;
  }
  getType(): string {
    return "window";
  }
  reload(): void {
    this.#command("Page.reload");
  }
  reloadIgnoringCache(): void {
    this.#command("Page.reload", { ignoreCache: true });
  }
  stop(): void {
    this.#command("Page.stopLoading");
  }
  forcefullyCrashRenderer(): void {
    this.#command("Page.crash");
  }
  focus(): void {
    this.host.focus();
  }
  close(options?: { readonly waitForBeforeUnload?: boolean }): void {
    if (options?.waitForBeforeUnload) this.host.tryClose();
    else this.host.destroy();
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#page?.transport.send(channel, args);
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const { cdp } = await this.attached.promise;
    const answer = await cdp.send<Evaluated>("Runtime.evaluate", {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    const thrown = answer.exceptionDetails;
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
    return answer.result.value;
  }

  async printToPDF(options: PrintToPDFOptions = {}): Promise<Buffer> {
    return printPdf((await this.attached.promise).cdp, options);
  }
  async capturePage(): Promise<object> {
    return captureImage((await this.attached.promise).cdp);
  }

  /** Never throttled here, so that tests of hidden windows run at full speed. */
  setBackgroundThrottling(_allowed: boolean): void {}
  /** DevTools of a stand-in window are reached with `--remote-debugging-port`. */
  isDevToolsOpened(): boolean {
    return false;
  }
  closeDevTools(): void {}

  #command(method: string, params: object = {}): void {
    this.attached.promise.then(({ cdp }) => cdp.send(method, params)).catch(() => {});
  }

  /** The page has gone. Called once by the wiring or the window. */
  destroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    removeFramesOf(this);
    this.attached.promise.catch(() => {});
    this.attached.reject(new Error("Object has been destroyed"));
    this.emit("destroyed");
    this.host.onGone();
  }
}

guardInstances("webContents", WebContents);

/** Electron's module `webContents`. */
export const webContents = {
  getAllWebContents: (): WebContents[] => [...all.values()],
  getFocusedWebContents: (): WebContents | null => [...all.values()].at(-1) ?? null,
  fromId: (id: number): WebContents | undefined => all.get(id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    [...all.values()].find((contents) => contents.targetId === targetId),
};
