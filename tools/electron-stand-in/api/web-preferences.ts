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

/**
 * The names that Electron tells of a running page (`WebContentsPreferences::SaveLastPreferences`), with its defaults where
 * the app did not say.
 */
export function preferencesInForce(asked: WebPreferences): Readonly<Record<string, unknown>> {
  return {
    nodeIntegration: asked.nodeIntegration ?? false,
    nodeIntegrationInSubFrames: asked.nodeIntegrationInSubFrames ?? false,
    sandbox: asked.sandbox ?? true,
    contextIsolation: asked.contextIsolation ?? true,
    javascript: asked.javascript ?? true,
    webviewTag: asked.webviewTag ?? false,
    webSecurity: asked.webSecurity ?? true,
    allowRunningInsecureContent: asked.allowRunningInsecureContent ?? false,
    experimentalFeatures: asked.experimentalFeatures ?? false,
    enableBlinkFeatures: asked.enableBlinkFeatures ?? "",
  };
}
