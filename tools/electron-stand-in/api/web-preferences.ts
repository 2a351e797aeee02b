import type { WebPreferences } from "electron";
import { notImplemented } from "../not-implemented.ts";

/** Preferences that would weaken a window. The stand-in has only strong windows, so asking for these is refused. */
const REFUSED: readonly (readonly [keyof WebPreferences, unknown])[] = [
  ["sandbox", false],
  ["contextIsolation", false],
  ["nodeIntegration", true],
  ["nodeIntegrationInWorker", true],
  ["nodeIntegrationInSubFrames", true],
  ["webSecurity", false],
  ["allowRunningInsecureContent", true],
  ["webviewTag", true],
  ["experimentalFeatures", true],
  ["offscreen", true],
];

/** Checks what the app asks for and answers what is in force, as `getLastWebPreferences` tells it. */
export function effectivePreferences(asked: WebPreferences): WebPreferences {
  for (const [name, value] of REFUSED)
    if (asked[name] === value) throw notImplemented(`webPreferences.${name}: ${String(value)}`);
  return {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    ...asked,
  };
}
