import { join } from "node:path";

/** Where to look, and how: given as parameters so that each system can be tested on any. */
export interface Surroundings {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const LINUX = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
];
const MACOS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const WINDOWS = ["Chromium/Application/chrome.exe", "Google/Chrome/Application/chrome.exe"];

function candidates({ platform, env }: Surroundings): readonly string[] {
  if (platform === "darwin") return MACOS;
  if (platform !== "win32") return LINUX;
  const roots = [env["LOCALAPPDATA"], env["ProgramFiles"], env["ProgramFiles(x86)"]];
  return roots.flatMap((root) => (root ? WINDOWS.map((path) => join(root, path)) : []));
}

/** Chromium's executable: `SEALDESK_CHROMIUM`, else the usual places; undefined when there is none. */
export function findChromium(surroundings: Surroundings): string | undefined {
  const chosen = surroundings.env["SEALDESK_CHROMIUM"];
  if (chosen) return surroundings.exists(chosen) ? chosen : undefined;
  return candidates(surroundings).find((path) => surroundings.exists(path));
}

/** Headless when asked for (`SEALDESK_HEADLESS=1`), and on Linux when there is no display. `SEALDESK_HEADLESS=0` forbids it. */
export function wantsHeadless({ platform, env }: Surroundings): boolean {
  if (env["SEALDESK_HEADLESS"] === "1") return true;
  if (env["SEALDESK_HEADLESS"] === "0" || platform !== "linux") return false;
  return !env["DISPLAY"] && !env["WAYLAND_DISPLAY"];
}
