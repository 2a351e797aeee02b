import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, Rectangle } from "electron";
import { guardInstances } from "../not-implemented.ts";
import { wirePage } from "../page/page-wiring.ts";
import { browser } from "../runtime/browser.ts";
import { cancellableEvent } from "../runtime/cancellable-event.ts";
import { openWindows } from "../runtime/open-windows.ts";
import { openPage, setBounds } from "../runtime/targets.ts";
import { app } from "./app.ts";
import { WebContents } from "./web-contents.ts";

let lastId = 0;

/** Electron's `BrowserWindow`: a window with one page. */
export class BrowserWindow extends EventEmitter {
  readonly id: number = ++lastId;
  readonly webContents: WebContents;
  readonly #options: BrowserWindowConstructorOptions;
  readonly #parent: BrowserWindow | undefined;
  #bounds: Rectangle;
  #visible: boolean;
  #title: string;
  #closed = false;
  #minimized = false;
  #menuBarVisible = true;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
    this.#options = options;
    this.#parent = options.parent as unknown as BrowserWindow | undefined;
    this.#bounds = {
      x: options.x ?? 40,
      y: options.y ?? 40,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.#visible = options.show !== false;
    this.#title = options.title ?? app.name;
    this.webContents = new WebContents(
      {
        focus: () => this.focus(),
        tryClose: () => this.tryClose(),
        destroy: () => this.destroy(),
        onGone: () => this.#gone(),
      },
      options.webPreferences ?? {},
    );
    openWindows.add(this);
    this.#parent?.once("closed", () => this.destroy());
    this.webContents.once("-first-load", () => this.emit("ready-to-show"));
    app.emit("web-contents-created", cancellableEvent({}), this.webContents);
    app.emit("browser-window-created", cancellableEvent({}), this);
    this.#open().catch((error: unknown) => {
      if (!this.#closed && !browser().connection.closed) console.error("electron stand-in: a window failed:", error);
      this.webContents.destroyed();
    });
  }

  async #open(): Promise<void> {
    const browserContextId = await this.webContents.session.contextId();
    const { x, y } = this.#options;
    const { cdp, targetId } = await openPage({ ...this.#bounds, x, y, browserContextId });
    if (this.#closed) {
      await browser().connection.root.send("Target.closeTarget", { targetId });
      return;
    }
    if (browser().headless) await setBounds(targetId, this.#bounds);
    await wirePage(this.webContents, cdp, targetId);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...openWindows] as BrowserWindow[];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().findLast((window) => window.isVisible()) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  close(): void {
    this.tryClose();
  }
  /** Emits `close`; a listener may prevent it. */
  tryClose(): boolean {
    if (this.#closed) return true;
    const event = cancellableEvent({});
    this.emit("close", event);
    if (event.defaultPrevented) return false;
    this.destroy();
    return true;
  }
  destroy(): void {
    if (this.#closed) return;
    const { targetId } = this.webContents;
    if (targetId !== undefined)
      browser()
        .connection.root.send("Target.closeTarget", { targetId })
        .catch(() => {});
    this.#finish();
  }
  isDestroyed(): boolean {
    return this.#closed;
  }
  /** The person closed the window: Chromium does not ask us, so `close` comes too late to be prevented. */
  #gone(): void {
    if (this.#closed) return;
    this.emit("close", cancellableEvent({}));
    this.#finish();
  }
  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    openWindows.delete(this);
    this.webContents.destroyed();
    this.emit("closed");
    if (openWindows.size > 0 || app.quitting) return;
    if (app.listenerCount("window-all-closed") > 0) app.emit("window-all-closed");
    else app.quit();
  }

  show(): void {
    this.#visible = true;
    this.#bringToFront();
    this.emit("show");
  }
  showInactive(): void {
    this.#visible = true;
    this.emit("show");
  }
  hide(): void {
    this.#visible = false;
    this.emit("hide");
  }
  isVisible(): boolean {
    return this.#visible && !this.#closed;
  }
  focus(): void {
    this.#bringToFront();
    this.emit("focus");
    app.emit("browser-window-focus", cancellableEvent({}), this);
  }
  blur(): void {
    this.emit("blur");
  }
  isFocused(): boolean {
    return BrowserWindow.getFocusedWindow() === this;
  }
  minimize(): void {
    this.#minimized = true;
    this.emit("minimize");
  }
  restore(): void {
    this.#minimized = false;
    this.#bringToFront();
    this.emit("restore");
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  isMaximized(): boolean {
    return false;
  }
  isFullScreen(): boolean {
    return false;
  }
  #bringToFront(): void {
    this.webContents.attached.promise.then(({ cdp }) => cdp.send("Page.bringToFront")).catch(() => {});
  }

  getTitle(): string {
    return this.#title;
  }
  /** Chromium shows the page's own title; this one is only remembered. */
  setTitle(title: string): void {
    this.#title = title;
  }
  getParentWindow(): BrowserWindow | null {
    return this.#parent ?? null;
  }
  getChildWindows(): BrowserWindow[] {
    return BrowserWindow.getAllWindows().filter((window) => window.getParentWindow() === this);
  }
  isModal(): boolean {
    return this.#options.modal ?? false;
  }
  /** The size that the app asked for: Chromium does not report what the person does with the window. */
  getBounds(): Rectangle {
    return { ...this.#bounds };
  }
  getNormalBounds(): Rectangle {
    return this.getBounds();
  }
  getContentBounds(): Rectangle {
    return this.getBounds();
  }
  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }
  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    const { x: left, y: top, width, height } = this.#bounds;
    this.webContents.attached.promise
      .then(({ targetId }) => setBounds(targetId, { left, top, width, height }))
      .catch(() => {});
    this.emit("resize");
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  /** There is no menu bar in a Chromium window. */
  setMenu(_menu: unknown): void {}
  removeMenu(): void {}
  setMenuBarVisibility(visible: boolean): void {
    this.#menuBarVisible = visible;
  }
  isMenuBarVisible(): boolean {
    return this.#menuBarVisible;
  }
  setBackgroundColor(_color: string): void {}
  /** Decoration of the task bar and of window frames, which the stand-in leaves to the window manager. */
  setProgressBar(_progress: number): void {}
  flashFrame(_on: boolean): void {}
  setRepresentedFilename(_file: string): void {}
  setDocumentEdited(_edited: boolean): void {}
  capturePage(): Promise<object> {
    return this.webContents.capturePage();
  }

  /** Chromium reports a new title of the page. */
  pageTitleUpdated(title: string): void {
    const event = cancellableEvent({});
    this.webContents.title = title;
    this.webContents.emit("page-title-updated", event, title, true);
    this.emit("page-title-updated", event, title, true);
    if (!event.defaultPrevented) this.#title = title;
  }
}

guardInstances("BrowserWindow", BrowserWindow);
