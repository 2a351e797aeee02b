import { electronCallsInPlace } from "../../../build/lint/electron-calls.ts";
import { checkRule } from "./check-rule.ts";

checkRule(
  "electron-calls-in-place",
  electronCallsInPlace,
  [
    ["electron/windows/main-window.ts", 'await window.loadURL("app://bundle/index.html");'],
    ["electron/windows/open-external.ts", "await shell.openExternal(address);"],
    ["electron/main.ts", 'import type { BrowserWindow } from "electron";'],
    ["electron/main.ts", 'import { type BrowserWindow, app } from "electron";'],
    ["electron/windows/main-window.ts", 'import { BrowserWindow, session } from "electron";'],
    ["electron/windows/provider-window.ts", "own.setCertificateVerifyProc(check);"],
    ["electron/ipc/register.ts", 'import { ipcMain } from "electron";'],
    ["electron/main.ts", 'import type { ipcMain } from "electron";'],
    ["test/e2e/window.spec.ts", 'await window.loadURL("https://example.test/");'],
  ],
  [
    ["electron/main.ts", 'await window.loadURL("https://example.test/");'],
    ["electron/main.ts", 'await window["loadURL"]("https://example.test/");'],
    ["electron/windows/main-window.ts", 'await window.loadFile("index.html");'],
    ["electron/windows/main-window.ts", "await shell.openExternal(address);"],
    ["electron/ipc/handlers.ts", "const open = shell.openExternal;"],
    ["electron/main.ts", 'import { app, ipcMain } from "electron";'],
    ["electron/windows/main-window.ts", 'import { ipcMain as channel } from "electron";'],
    ["electron/main.ts", 'import { BrowserWindow } from "electron";'],
    ["electron/main.ts", 'import { app, session as sessions } from "electron";'],
    ["electron/main.ts", 'import { WebContentsView } from "electron";'],
    ["electron/main.ts", 'import { shell } from "electron";'],
    ["electron/main.ts", 'app.commandLine.appendSwitch("no-sandbox");'],
    ["electron/windows/main-window.ts", "own.setCertificateVerifyProc(() => 0);"],
    ["electron/windows/main-window.ts", 'await contents.executeJavaScript("1");'],
  ],
);
