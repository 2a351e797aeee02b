import type { BrowserWindowConstructorOptions, WebPreferences } from "electron";

/** SECURITY: Electron checklist 2, 3, 4, 6. Asserted as data in a test; nothing in the program weakens it. */
const PAGE_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
  disableDialogs: true,
} as const satisfies WebPreferences;

export function mainWindowOptions(preload: string, packaged: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 860,
    minWidth: 760,
    minHeight: 520,
    show: false,
    title: "Sealdesk",
    backgroundColor: "#f6f7f9",
    webPreferences: { ...PAGE_PREFERENCES, preload, devTools: !packaged },
  };
}

/** Windows for other people's pages: their own memory-only session, no preload, no tools. */
export function foreignWindowOptions(
  partition: string,
  size: { readonly width: number; readonly height: number },
): BrowserWindowConstructorOptions {
  return {
    ...size,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { ...PAGE_PREFERENCES, partition, devTools: false },
  };
}
