import { randomUUID } from "node:crypto";
import { BrowserWindow, session } from "electron";
import { permitNavigation } from "./lock-down.ts";
import type { CertificateTrust } from "./policy/practice-trust.ts";
import { foreignWindowOptions } from "./policy/window-options.ts";
import { closeUnlessWalled } from "./self-check/close-unless-walled.ts";

/** The pretend phone of practice mode: one small window that shows the sandbox's phone page and nothing else. */
export class PhoneWindow {
  readonly #trust: CertificateTrust;
  #window: BrowserWindow | null = null;
  /** The phone itself, without an app's link. */
  #home = "";

  constructor(trust: CertificateTrust) {
    this.#trust = trust;
  }

  /** Shows the page, or brings it to the front; another address of the same phone (a link for one of its apps) is gone to. */
  async open(url: string): Promise<void> {
    if (this.#window !== null && !this.#window.isDestroyed()) {
      this.#window.focus();
      if (url !== this.#home) {
        await this.#window.loadURL(url).catch(() => undefined);
      }
      return;
    }
    this.#home = new URL("/phone", url).href;
    const { origin } = new URL(url);
    const partition = `practice-phone-${randomUUID()}`;
    const own = session.fromPartition(partition);
    own.setCertificateVerifyProc((request, callback) => callback(this.#trust(request.hostname, request.certificate)));
    const window = new BrowserWindow({
      ...foreignWindowOptions(partition, { width: 400, height: 760 }),
      title: "Practice phone",
    });
    this.#window = window;
    permitNavigation(window.webContents, (address) => URL.parse(address)?.origin === origin);
    closeUnlessWalled(window.webContents, () => window.destroy());
    window.on("page-title-updated", (event) => event.preventDefault());
    window.once("ready-to-show", () => window.show());
    window.on("closed", () => {
      this.#window = null;
      void own.clearData();
    });
    await window.loadURL(url).catch(() => undefined);
  }

  close(): void {
    this.#window?.destroy();
    this.#window = null;
  }
}
