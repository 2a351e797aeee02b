// The program's own locks and provider windows, without the program around them: specs open any page with any policy.
import { app, BrowserWindow } from "electron";
import { lockDown } from "../../../../electron/windows/lock-down.ts";
import { prepareMainSession } from "../../../../electron/windows/main-window.ts";
import { providerPages } from "../../../../electron/windows/provider-window.ts";
import type { ProviderPage } from "../../../../electron/providers/provider.ts";
import type { PageHandle } from "../../../../electron/services/ports.ts";
import { practiceTrust } from "../../../../electron/windows/policy/practice-trust.ts";

declare global {
  // oxlint-disable-next-line no-var -- a global variable of the main process can only be declared so.
  var providerApp: {
    /** PEM of the authority that is accepted on this computer. */
    ca: string | null;
    readonly open: (page: ProviderPage) => PageHandle;
    /** What came of the pages: "returned URL", "closed", "new window URL". */
    readonly told: string[];
  };
}

app.enableSandbox();
lockDown(app);
const told: string[] = [];
const pages = providerPages({
  parent: () => null,
  trust: practiceTrust(() => globalThis.providerApp.ca),
  onNewWindow: (address) => void told.push(`new window ${address}`),
});
globalThis.providerApp = {
  ca: null,
  told,
  open: (page) =>
    pages.open(page, {
      onReturn: (url) => void told.push(`returned ${url}`),
      onClosed: () => void told.push("closed"),
    }),
};
// Not awaited: Electron becomes ready only after the main script has ended.
void app.whenReady().then(() => {
  prepareMainSession(import.meta.dirname);
  // One window stays, so that the program does not end with the last provider page. It is not let through to anything.
  return new BrowserWindow({ show: true, width: 300, height: 200 }).loadURL("app://bundle/none.html").catch(() => null);
});
