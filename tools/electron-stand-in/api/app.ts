import { EventEmitter } from "node:events";
import { guardInstances, guardObject } from "../not-implemented.ts";
import { cancellableEvent } from "../runtime/cancellable-event.ts";
import { launchState } from "../runtime/launch-state.ts";
import { openWindows } from "../runtime/open-windows.ts";
import { shutDown } from "../runtime/shut-down.ts";
import { appPath, setAppPath } from "./app-paths.ts";
import { applicationMenu } from "./menu-state.ts";
import { requestLock } from "./single-instance.ts";

/** Electron's `app`: the life of the program. `start.ts` makes it ready. */
class App extends EventEmitter {
  readonly isPackaged = false;
  readonly dock = undefined;
  readonly commandLine = guardObject("app.commandLine", {
    appendSwitch: (name: string, value = ""): void => void launchState.switches.set(name.replace(/^--/, ""), value),
    appendArgument: (argument: string): void => void launchState.switches.set(argument.replace(/^--/, ""), ""),
    hasSwitch: (name: string): boolean => launchState.switches.has(name),
    getSwitchValue: (name: string): string => launchState.switches.get(name) ?? "",
    removeSwitch: (name: string): void => void launchState.switches.delete(name),
  });
  /** Set when quitting has begun and no window has prevented it. */
  quitting = false;
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #name: string | undefined;
  #flushed: Promise<void> = Promise.resolve();
  #releaseLock: (() => void) | undefined;

  get name(): string {
    return this.#name ?? launchState.manifest.productName ?? launchState.manifest.name ?? "Electron";
  }
  set name(name: string) {
    this.#name = name;
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getVersion(): string {
    return launchState.manifest.version ?? "0.0.0";
  }
  getAppPath(): string {
    return launchState.root;
  }
  getPath(name: string): string {
    return appPath(name, this.name);
  }
  setPath(name: string, path: string): void {
    setAppPath(name, path);
  }
  setAppLogsPath(path?: string): void {
    if (path !== undefined) setAppPath("logs", path);
  }
  getLocale(): string {
    return launchState.switches.get("lang") || this.getSystemLocale();
  }
  getSystemLocale(): string {
    return new Intl.DateTimeFormat().resolvedOptions().locale;
  }
  getLocaleCountryCode(): string {
    return new Intl.Locale(this.getSystemLocale()).region ?? "";
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getSystemLocale()];
  }
  get applicationMenu(): unknown {
    return applicationMenu();
  }

  isReady(): boolean {
    return this.#isReady;
  }
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  /** Called by `start.ts`. Goes through `this.emit`, which Playwright's loader replaces to hold the event back. */
  becomeReady(): void {
    this.#isReady = true;
    this.emit("will-finish-launching");
    this.emit("ready", {}, {});
    this.#ready.resolve();
  }

  /** Every window here is sandboxed anyway (`webPreferences` that ask otherwise are refused). */
  enableSandbox(): void {
    if (this.#isReady) throw new Error("app.enableSandbox() can only be called before app is ready");
  }
  disableHardwareAcceleration(): void {
    if (this.#isReady) throw new Error("app.disableHardwareAcceleration() can only be called before app is ready");
    launchState.switches.set("disable-gpu", "");
  }
  /** Windows only in Electron; it does nothing elsewhere. */
  setAppUserModelId(_id: string): void {}
  /** macOS and Linux window managers decide about focus themselves. */
  focus(): void {}

  requestSingleInstanceLock(additionalData: unknown = {}): boolean {
    const self = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    const result = requestLock(this.getPath("userData"), self, (second) => {
      this.emit("second-instance", cancellableEvent({}), second.argv, second.workingDirectory, second.additionalData);
    });
    if (result.kind === "first") this.#releaseLock = result.release;
    else this.#flushed = result.told;
    return result.kind === "first";
  }
  hasSingleInstanceLock(): boolean {
    return this.#releaseLock !== undefined;
  }
  releaseSingleInstanceLock(): void {
    this.#releaseLock?.();
    this.#releaseLock = undefined;
  }

  quit(): void {
    if (this.quitting) return;
    const before = cancellableEvent({});
    this.emit("before-quit", before);
    if (before.defaultPrevented) return;
    this.quitting = true;
    const allClosed = [...openWindows].every((window) => window.tryClose());
    const willQuit = cancellableEvent({});
    if (allClosed) this.emit("will-quit", willQuit);
    if (!allClosed || willQuit.defaultPrevented) {
      this.quitting = false;
      return;
    }
    this.exit(0);
  }

  /** Ends at once, without asking the windows. */
  exit(exitCode = 0): void {
    this.quitting = true;
    void this.#end(exitCode);
  }

  async #end(exitCode: number): Promise<never> {
    await this.#flushed;
    this.emit("quit", cancellableEvent({}), exitCode);
    await shutDown();
    process.exit(exitCode);
  }
}

guardInstances("app", App);

export const app: App = new App();
