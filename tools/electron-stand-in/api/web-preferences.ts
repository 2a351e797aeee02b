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

/** Refuses what would weaken a window; everything else is in force as Electron has it by default. */
export function checkPreferences(asked: WebPreferences): WebPreferences {
  for (const [name, value] of REFUSED)
    if (asked[name] === value) throw notImplemented(`webPreferences.${name}: ${String(value)}`);
  return asked;
}
