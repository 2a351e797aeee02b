/**
 * Ways to start the program that take a protection away. `development`: what `npm start`, the debugger and the tests need,
 * and what is therefore only written down there.
 */
type Tolerance = "development" | "never";

/** Switches of Electron, Chromium, V8 and Node. What merely changes looks or speed is not here. */
export const WEAK_SWITCHES: ReadonlyMap<string, Tolerance> = new Map<string, Tolerance>([
  // Somebody else drives the program.
  ["remote-debugging-port", "development"],
  ["remote-debugging-pipe", "development"],
  ["remote-debugging-address", "development"],
  ["remote-allow-origins", "development"],
  ["inspect", "development"],
  ["inspect-brk", "development"],
  ["inspect-wait", "development"],
  ["inspect-brk-node", "development"],
  ["inspect-port", "development"],
  ["inspect-publish-uid", "development"],
  ["js-flags", "never"],
  ["load-extension", "never"],
  ["disable-extensions-except", "never"],
  // Pages out of their cage. As root, Chromium's sandbox cannot start: that is how tests run in containers.
  ["no-sandbox", "development"],
  ["disable-setuid-sandbox", "development"],
  ["disable-namespace-sandbox", "never"],
  ["disable-seccomp-filter-sandbox", "never"],
  ["disable-gpu-sandbox", "never"],
  ["allow-sandbox-debugging", "never"],
  ["single-process", "never"],
  ["renderer-cmd-prefix", "never"],
  ["utility-cmd-prefix", "never"],
  ["gpu-launcher", "never"],
  ["browser-subprocess-path", "never"],
  // Rules between pages.
  ["disable-web-security", "never"],
  ["disable-site-isolation-trials", "never"],
  ["disable-site-isolation-for-policy", "never"],
  ["allow-running-insecure-content", "never"],
  ["unsafely-treat-insecure-origin-as-secure", "never"],
  ["allow-file-access-from-files", "never"],
  ["allow-file-access", "never"],
  ["enable-blink-features", "never"],
  ["enable-experimental-web-platform-features", "never"],
  // Whom the program believes to speak to, and who may listen.
  ["ignore-certificate-errors", "never"],
  ["ignore-certificate-errors-spki-list", "never"],
  ["ignore-urlfetcher-cert-requests", "never"],
  ["allow-insecure-localhost", "never"],
  ["host-rules", "never"],
  ["host-resolver-rules", "never"],
  ["ssl-key-log-file", "never"],
  ["log-net-log", "never"],
  ["net-log-capture-mode", "never"],
  ["auth-server-allowlist", "never"],
  ["auth-server-whitelist", "never"],
  ["auth-negotiate-delegate-allowlist", "never"],
  // Camera and screen without a question.
  ["use-fake-ui-for-media-stream", "never"],
  ["auto-accept-camera-and-microphone-capture", "never"],
  ["auto-select-desktop-capture-source", "never"],
]);

/** Parts of `--disable-features` that the walls between sites are made of. */
export const WALLS: readonly string[] = ["IsolateOrigins", "site-per-process", "NetworkServiceSandbox"];

/** Variables of the environment, and the values at which they do harm. */
export const WEAK_VARIABLES: ReadonlyMap<string, { readonly tolerance: Tolerance; readonly isWeak: RegExp }> = new Map(
  Object.entries({
    // Node reads it in every TLS connection that does not say otherwise.
    NODE_TLS_REJECT_UNAUTHORIZED: { tolerance: "never", isWeak: /^0$/u },
    // Writes the keys of Chromium's TLS connections into a file.
    SSLKEYLOGFILE: { tolerance: "never", isWeak: /./su },
    // Writes requests with their headers to standard error.
    NODE_DEBUG: { tolerance: "development", isWeak: /./su },
    NODE_OPTIONS: { tolerance: "development", isWeak: /./su },
  } satisfies Readonly<Record<string, { readonly tolerance: Tolerance; readonly isWeak: RegExp }>>),
);

/** Names of the switches on a command line, without dashes and values. Electron takes one dash or two, and on Windows any case. */
export function switchNames(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return argv
    .slice(1, end < 0 ? undefined : end)
    .map((argument) => /^--?([^=]+)/u.exec(argument)?.[1]?.toLowerCase())
    .filter((name) => name !== undefined);
}
