import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchState } from "../runtime/launch-state.ts";
import { notImplemented } from "../not-implemented.ts";

const chosen = new Map<string, string>();

/** The folder of settings: where each system keeps those of its programs. */
function settingsFolder(): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  if (process.platform === "win32") return process.env["APPDATA"] ?? join(homedir(), "AppData", "Roaming");
  return process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config");
}

/** `app.getPath`: one of Electron's named places. */
export function appPath(name: string, appName: string): string {
  const set = chosen.get(name);
  if (set !== undefined) return set;
  switch (name) {
    case "home":
      return homedir();
    case "appData":
      return settingsFolder();
    case "userData":
      return launchState.switches.get("user-data-dir") || join(appPath("appData", appName), appName);
    case "sessionData":
      return appPath("userData", appName);
    case "logs":
      return join(appPath("userData", appName), "logs");
    case "crashDumps":
      return join(appPath("userData", appName), "Crashpad");
    case "temp":
      return tmpdir();
    case "exe":
      return fileURLToPath(new URL("../dist/electron", import.meta.url));
    case "desktop":
    case "documents":
    case "downloads":
    case "music":
    case "pictures":
    case "videos":
      return join(homedir(), `${name[0]?.toUpperCase()}${name.slice(1)}`);
    default:
      throw notImplemented(`app.getPath("${name}")`);
  }
}

/** `app.setPath`. */
export function setAppPath(name: string, path: string): void {
  chosen.set(name, path);
}
