import { EventEmitter } from "node:events";
import type { CdpSession } from "../cdp/connection.ts";
import { guardInstances } from "../not-implemented.ts";
import { webContentsPages } from "../runtime/attached-pages.ts";

type ThemeSource = "system" | "light" | "dark";

/** Electron's `nativeTheme`: the app's choice, told to pages as `prefers-color-scheme`. The system counts as light. */
class NativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly shouldUseDarkColorsForSystemIntegratedUI = false;
  readonly prefersReducedTransparency = false;
  readonly inForcedColorsMode = false;
  #source: ThemeSource = "system";

  get themeSource(): ThemeSource {
    return this.#source;
  }
  set themeSource(source: ThemeSource) {
    if (!["system", "light", "dark"].includes(source)) throw new TypeError(`Invalid theme source: ${source}`);
    if (source === this.#source) return;
    this.#source = source;
    for (const cdp of webContentsPages()) this.applyTo(cdp).catch(() => {});
    this.emit("updated");
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === "dark";
  }

  /** Tells one page. An empty value lets Chromium follow the system. */
  async applyTo(cdp: CdpSession): Promise<void> {
    const value = this.#source === "system" ? "" : this.#source;
    await cdp.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  }
}
guardInstances("nativeTheme", NativeTheme);

export const nativeTheme: NativeTheme = new NativeTheme();
