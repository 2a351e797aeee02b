import type { Failure, FailureCode } from "../../../shared/failure.ts";
import { APP_ORIGIN } from "../policy/app-scheme.ts";
import { CONTENT_SECURITY_POLICY } from "../policy/content-security-policy.ts";
import { FUSES } from "./fuse-wire.ts";
import type { Fuse, FuseState } from "./fuse-wire.ts";
import type { PageFacts, PreferencesInForce, StartFacts } from "./start-facts.ts";
import { WALLS, WEAK_SWITCHES, WEAK_VARIABLES } from "./weak-starts.ts";

export interface Finding {
  readonly failure: Failure;
  /** Only written down: development needs it, and nothing is installed. */
  readonly isTolerated: boolean;
}

/** What Electron has to say of every page. An option that is missing is one that nobody can vouch for. */
const PREFERENCES: readonly (readonly [string, unknown])[] = [
  ["sandbox", true],
  ["contextIsolation", true],
  ["nodeIntegration", false],
  ["nodeIntegrationInSubFrames", false],
  ["webSecurity", true],
  ["webviewTag", false],
  ["allowRunningInsecureContent", false],
  ["experimentalFeatures", false],
];

/**
 * How the fuses have to stand. Windows and macOS check the archive's digest; Electron has no such check for Linux, so the
 * fuse says nothing there.
 */
function expectedFuses(platform: NodeJS.Platform): readonly (readonly [Fuse, "on" | "off"])[] {
  return [
    ["RunAsNode", "off"],
    ["EnableCookieEncryption", "on"],
    ["EnableNodeOptionsEnvironmentVariable", "off"],
    ["EnableNodeCliInspectArguments", "off"],
    ...(platform === "linux" ? [] : [["EnableEmbeddedAsarIntegrityValidation", "on"] as const]),
    ["OnlyLoadAppFromAsar", "on"],
    ["LoadBrowserProcessSpecificV8Snapshot", "off"],
    ["GrantFileProtocolExtraPrivileges", "off"],
  ];
}

/**
 * Judges how the program was started and what its protections really are. Empty: all is as it should be.
 *
 * Tolerated in development, and only there: debuggers (remote debugging, inspector), no sandbox of Chromium (root in a
 * container), NODE_OPTIONS and NODE_DEBUG, code outside an archive, fuses that nobody set. Everything else counts there, too.
 */
export function judgeStart(facts: StartFacts): readonly Finding[] {
  const tolerated = (isDevelopment: boolean): boolean => isDevelopment && !facts.packaged;
  const found = (code: FailureCode, what: readonly string[], isDevelopment = false): readonly Finding[] =>
    what.length === 0
      ? []
      : [{ failure: { code, params: { what: [...new Set(what)].join(", ") } }, isTolerated: tolerated(isDevelopment) }];
  const { ownSession, pages } = facts;
  return [
    ...switchFindings(facts, found),
    ...variableFindings(facts, found),
    ...found("self-check.window", pages.flatMap(weakPage)),
    ...found("self-check.page", strangePages(pages)),
    ...found("self-check.content-policy", ownSession.policy === CONTENT_SECURITY_POLICY ? [] : ["start page"]),
    ...found("self-check.network", ownSession.network === "blocked" ? [] : ["network"]),
    ...found("self-check.files", ownSession.files === "refused" ? [] : ["file:"]),
    ...found("self-check.preload", [
      ...(ownSession.preloadScripts === 0 ? [] : ["own session"]),
      ...pages.flatMap(({ kind, preloadScripts }) => (preloadScripts === 0 ? [] : [`${kind} page`])),
    ]),
    ...found("self-check.archive", facts.packaged && !facts.inArchive ? ["program code"] : []),
    ...fuseFindings(facts, found),
  ];
}

type Found = (code: FailureCode, what: readonly string[], isDevelopment?: boolean) => readonly Finding[];

function switchFindings({ switches, disabledFeatures }: StartFacts, found: Found): readonly Finding[] {
  const named = (wanted: "development" | "never"): readonly string[] =>
    switches.filter((name) => WEAK_SWITCHES.get(name) === wanted).map((name) => `--${name}`);
  const walls = disabledFeatures
    .split(",")
    .map((feature) => feature.trim())
    .filter((feature) => WALLS.includes(feature));
  return [
    ...found("self-check.debugging", named("development"), true),
    ...found("self-check.switches", [...named("never"), ...walls.map((wall) => `--disable-features=${wall}`)]),
  ];
}

function variableFindings({ environment, fuses }: StartFacts, found: Found): readonly Finding[] {
  const weak = [...WEAK_VARIABLES].filter(([name, { isWeak }]) => isWeak.test(environment[name] ?? ""));
  // With the fuse off Electron does not read it at all, and developers have it in their profile.
  const isUnread = (name: string): boolean =>
    name === "NODE_OPTIONS" &&
    fuses !== undefined &&
    fuses !== null &&
    fuses.every((wire) => wire[FUSES.indexOf("EnableNodeOptionsEnvironmentVariable")] === "off");
  const named = (wanted: "development" | "never"): readonly string[] =>
    weak.filter(([name, { tolerance }]) => tolerance === wanted && !isUnread(name)).map(([name]) => name);
  return [
    ...found("self-check.environment-debugging", named("development"), true),
    ...found("self-check.environment", named("never")),
  ];
}

function weakPage({ kind, preferences, persistent }: PageFacts): readonly string[] {
  return [
    ...(preferences === null ? [`${kind} page: unknown`] : weakPreferences(preferences)),
    ...(kind === "foreign" && persistent ? ["foreign page: kept session"] : []),
  ];
}

/** Names of the options that are not as they have to be. */
export function weakPreferences(preferences: PreferencesInForce): readonly string[] {
  const blink = preferences["enableBlinkFeatures"] ?? "";
  return [
    ...PREFERENCES.filter(([name, wanted]) => preferences[name] !== wanted).map(([name]) => name),
    ...(blink === "" ? [] : ["enableBlinkFeatures"]),
  ];
}

/** The window shows our page and nothing else, and only our page is in it. */
function strangePages(pages: readonly PageFacts[]): readonly string[] {
  const own = pages.filter(({ kind }) => kind === "own");
  return [
    ...(own.length === 0 ? ["no window"] : []),
    ...own.filter(({ origin }) => origin !== APP_ORIGIN).map(({ origin }) => origin ?? "no address"),
    ...pages.filter(({ kind, origin }) => kind === "foreign" && origin === APP_ORIGIN).map(() => "second own page"),
  ];
}

function fuseFindings({ packaged, platform, fuses }: StartFacts, found: Found): readonly Finding[] {
  if (!packaged) {
    return [];
  }
  if (fuses === undefined || fuses === null || fuses.length === 0) {
    return found("self-check.fuses-unreadable", ["fuses"]);
  }
  const expected = expectedFuses(platform);
  return found(
    "self-check.fuses",
    fuses.flatMap((wire) =>
      expected.filter(([fuse, wanted]) => !stands(wire[FUSES.indexOf(fuse)], wanted)).map(([fuse]) => fuse),
    ),
  );
}

/** A fuse that this Electron no longer has protects as when it is off; one that it does not have yet cannot be vouched for. */
const stands = (state: FuseState | undefined, wanted: "on" | "off"): boolean =>
  state === wanted || (state === "removed" && wanted === "off");
