/** What decides Chromium's command line. */
export interface ChromiumOptions {
  readonly profile: string;
  readonly headless: boolean;
  readonly root: boolean;
  readonly appName: string;
  /** Switches of Electron's command line and of `app.commandLine`. */
  readonly switches: ReadonlyMap<string, string>;
}

/** No request of Chromium's own: no updates, hints, telemetry, spelling, prediction or preconnect. */
const QUIET = [
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-component-extensions-with-background-pages",
  "--disable-sync",
  "--disable-default-apps",
  "--disable-extensions",
  "--disable-search-engine-choice-screen",
  "--disable-client-side-phishing-detection",
  "--disable-domain-reliability",
  "--disable-breakpad",
  "--disable-field-trial-config",
  "--metrics-recording-only",
  "--no-pings",
  "--dns-prefetch-disable",
  "--password-store=basic",
  "--use-mock-keychain",
  // Fetch interception must see each load; a page out of the back-forward cache would make none.
  "--disable-back-forward-cache",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
  // Popups are denied by the app's handler, which has to hear of them first.
  "--disable-popup-blocking",
  "--disable-dev-shm-usage",
  "--test-type",
];

const DISABLED_FEATURES = [
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "Translate",
];

/** Electron's and ours; Chromium must not read them a second time. */
const OWN = new Set([
  "user-data-dir",
  "no-sandbox",
  "remote-debugging-port",
  "remote-debugging-pipe",
  "headless",
  "app",
]);

function features(ours: readonly string[], theirs: string | undefined): string {
  return [...new Set([...ours, ...(theirs ?? "").split(",").filter((name) => name !== "")])].join(",");
}

/** Chromium's whole command line, without the executable. */
export function chromiumArguments(options: ChromiumOptions): readonly string[] {
  const { switches } = options;
  const passed = [...switches]
    .filter(([name]) => !OWN.has(name) && !name.startsWith("inspect") && !name.endsWith("able-features"))
    .map(([name, value]) => (value === "" ? `--${name}` : `--${name}=${value}`));
  const port = switches.get("remote-debugging-port");
  const enabled = features([], switches.get("enable-features"));
  return [
    "--remote-debugging-pipe",
    ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
    `--user-data-dir=${options.profile}`,
    ...QUIET,
    `--disable-features=${features(DISABLED_FEATURES, switches.get("disable-features"))}`,
    ...(enabled === "" ? [] : [`--enable-features=${enabled}`]),
    // Chromium's sandbox refuses to run as root.
    ...(options.root ? ["--no-sandbox"] : []),
    ...(options.headless
      ? ["--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-startup-window"]
      : ["--app=data:text/html,", `--class=${options.appName}`]),
    ...passed,
  ];
}
