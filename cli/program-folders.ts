import { homedir } from "node:os";
import { join } from "node:path";

/** Where the program keeps its data for this person; the same folder as the desktop program's. */
export function dataFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const own = environment["SEALDESK_DATA"];
  if (own !== undefined && own !== "") {
    return own;
  }
  if (platform === "win32") {
    return join(environment["APPDATA"] ?? join(homedir(), "AppData", "Roaming"), "Sealdesk");
  }
  if (platform === "darwin") {
    return join(homedir(), "Library", "Application Support", "Sealdesk");
  }
  return join(environment["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"), "Sealdesk");
}
