import { pathToFileURL } from "node:url";
import { app, session, webContents } from "electron";
import type { Session, WebContents } from "electron";
import { APP_START_PAGE } from "../policy/app-scheme.ts";
import { originOf } from "../policy/own-origin.ts";
import { fuseFile, readFuseWires } from "./fuse-wire.ts";
import type { OwnSessionFacts, PageFacts, PreferencesInForce, StartFacts } from "./start-facts.ts";
import { switchNames, WEAK_SWITCHES, WEAK_VARIABLES } from "./weak-starts.ts";

/** Nobody listens there, and nothing of it leaves the computer, should it ever get past us. */
const PROBE = "http://127.0.0.1:65535/self-check";

export interface FactsParts {
  readonly own: WebContents;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A file of ours that is surely there. */
  readonly someFile: string;
}

/** Looks at the running program. The window has loaded its page; until then Electron does not know its preferences. */
export async function gatherFacts({ own, argv, environment, someFile }: FactsParts): Promise<StartFacts> {
  const named = new Set(switchNames(argv));
  const { defaultSession } = session;
  return {
    packaged: app.isPackaged,
    platform: process.platform,
    switches: [...WEAK_SWITCHES.keys()].filter((name) => named.has(name) || app.commandLine.hasSwitch(name)),
    disabledFeatures: app.commandLine.getSwitchValue("disable-features"),
    environment: Object.fromEntries([...WEAK_VARIABLES.keys()].map((name) => [name, environment[name] ?? ""])),
    pages: webContents
      .getAllWebContents()
      .filter((contents) => contents.getType() === "window")
      .map((contents) => pageFacts(contents, contents === own ? "own" : "foreign")),
    ownSession: await ownSessionFacts(defaultSession, someFile),
    ...(app.isPackaged ? { fuses: await readFuseWires(fuseFile(process.execPath, process.platform)) } : {}),
    inArchive: app.getAppPath().endsWith(".asar"),
  };
}

function pageFacts(contents: WebContents, kind: PageFacts["kind"]): PageFacts {
  return {
    kind,
    origin: originOf(contents.getURL()),
    preferences: preferencesInForce(contents),
    persistent: contents.session.isPersistent(),
    preloadScripts: contents.session.getPreloadScripts().length,
  };
}

/** Electron has the function in every version, and not in its typings. */
export function preferencesInForce(contents: WebContents): PreferencesInForce | null {
  const told = contents as unknown as { readonly getLastWebPreferences?: () => PreferencesInForce | null };
  return told.getLastWebPreferences?.() ?? null;
}

/** Tried, not read: Electron does not say which handlers are installed. */
async function ownSessionFacts(own: Session, someFile: string): Promise<OwnSessionFacts> {
  return {
    policy: await own.fetch(APP_START_PAGE).then(
      (page) => page.headers.get("content-security-policy"),
      () => null,
    ),
    network: await own.fetch(PROBE).then(
      () => "let through",
      (error: unknown) => (String(error).includes("ERR_BLOCKED_BY_CLIENT") ? "blocked" : "let through"),
    ),
    files: await own.fetch(pathToFileURL(someFile).href).then(
      (file) => (file.ok ? "let through" : "refused"),
      () => "refused",
    ),
    preloadScripts: own.getPreloadScripts().length,
  };
}
