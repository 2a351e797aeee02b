import { importedName, memberName, ruleFor } from "./rule.ts";
import type { Rule } from "./rule.ts";

interface Restriction {
  readonly allowed: (file: string) => boolean;
  readonly message: string;
}

const restrictedMembers: ReadonlyMap<string, Restriction> = new Map<string, Restriction>([
  [
    "loadURL",
    {
      allowed: (file) => file.startsWith("electron/windows/"),
      message: "pages are loaded only in electron/windows, where the navigation policy is",
    },
  ],
  [
    "loadFile",
    { allowed: () => false, message: "file:// pages have no content security policy: use the app:// scheme" },
  ],
  [
    "openExternal",
    {
      allowed: (file) => file === "electron/windows/open-external.ts",
      message:
        "shell.openExternal starts other programs: use electron/windows/open-external.ts, which checks the address",
    },
  ],
  [
    "appendSwitch",
    { allowed: () => false, message: "switches weaken Chromium more often than not: the self-check looks for them" },
  ],
  [
    "setCertificateVerifyProc",
    {
      allowed: (file) => /^electron\/windows\/(provider|phone)-window\.ts$/u.test(file),
      message: "certificates are the system's to judge; only practice pages have an authority of their own",
    },
  ],
  ["executeJavaScript", { allowed: () => false, message: "main never injects code into a page: send an event" }],
]);

/** What makes windows, views and sessions, or changes them (one room does). */
const windowMakers: ReadonlySet<string> = new Set([
  "BaseWindow",
  "BrowserView",
  "BrowserWindow",
  "WebContentsView",
  "dialog",
  "protocol",
  "session",
  "shell",
  "webContents",
  "webFrameMain",
]);

/** SECURITY: each of Electron's dangerous calls has one place, where its checks are. */
export const electronCallsInPlace: Rule = ruleFor(
  (file) => file.startsWith("electron/"),
  (report, file) => ({
    MemberExpression(node) {
      const restriction = restrictedMembers.get(memberName(node) ?? "");
      if (restriction !== undefined && !restriction.allowed(file)) report(node, restriction.message);
    },
    ImportDeclaration(node) {
      if (node.importKind === "type" || file.startsWith("electron/ipc/")) return;
      for (const specifier of node.specifiers) {
        if (specifier.type !== "ImportSpecifier" || specifier.importKind === "type") continue;
        const name = importedName(specifier);
        if (name === "ipcMain") {
          report(specifier, "ipcMain belongs to electron/ipc, where senders and inputs are checked");
        }
        if (name !== undefined && windowMakers.has(name) && !file.startsWith("electron/windows/")) {
          report(specifier, `${name} belongs to electron/windows, where windows and sessions are locked down`);
        }
      }
    },
  }),
);
