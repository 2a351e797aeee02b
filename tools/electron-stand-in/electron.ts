import "./runtime/records.ts";
import { app } from "./api/app.ts";
import { BrowserWindow } from "./api/browser-window.ts";
import { clipboard } from "./api/clipboard.ts";
import { crashReporter } from "./api/crash-reporter.ts";
import { dialog } from "./api/dialog.ts";
import { ipcMain } from "./api/ipc-main.ts";
import { Menu, MenuItem } from "./api/menu.ts";
import { nativeTheme } from "./api/native-theme.ts";
import { net } from "./api/net.ts";
import { Notification } from "./api/notification.ts";
import { powerMonitor } from "./api/power-monitor.ts";
import { protocol as protocolMembers, session as sessionMembers } from "./api/session.ts";
import { shell } from "./api/shell.ts";
import { webContents as webContentsMembers } from "./api/web-contents.ts";
import { guardObject } from "./not-implemented.ts";

// The module that `import … from "electron"` finds in the main process.
const protocol = guardObject("protocol", protocolMembers);
const session = guardObject("session", sessionMembers);
const webContents = guardObject("webContents", webContentsMembers);

/** Modules that exist in Electron and not here. They can be imported; using them throws by name. */
const absent = (name: string): object => guardObject(name, {});
const absentClass = (name: string): object =>
  new Proxy(Object, {
    construct: () => {
      throw new Error(`electron stand-in: ${name} is not implemented`);
    },
  });

const autoUpdater = absent("autoUpdater");
const contentTracing = absent("contentTracing");
const desktopCapturer = absent("desktopCapturer");
const globalShortcut = absent("globalShortcut");
const inAppPurchase = absent("inAppPurchase");
const nativeImage = absent("nativeImage");
const netLog = absent("netLog");
const powerSaveBlocker = absent("powerSaveBlocker");
const pushNotifications = absent("pushNotifications");
const safeStorage = absent("safeStorage");
const screen = absent("screen");
const systemPreferences = absent("systemPreferences");
const utilityProcess = absent("utilityProcess");
const webFrameMain = absent("webFrameMain");
const BaseWindow = absentClass("BaseWindow");
const BrowserView = absentClass("BrowserView");
const MessageChannelMain = absentClass("MessageChannelMain");
const ShareMenu = absentClass("ShareMenu");
const TouchBar = absentClass("TouchBar");
const Tray = absentClass("Tray");
const View = absentClass("View");
const WebContentsView = absentClass("WebContentsView");

const electron: Readonly<Record<string, unknown>> = guardObject("electron", {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrameMain,
});

export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrameMain,
  // `require("electron")` gets the guarded object; see Node's documentation of `require(esm)`.
  electron as "module.exports",
};
// oxlint-disable-next-line import/no-default-export -- `import electron from "electron"` works in Electron too.
export default electron;
