import { describe, expect, test } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../../../electron/windows/policy/content-security-policy.ts";
import { FUSES } from "../../../../electron/windows/self-check/fuse-wire.ts";
import type { Fuse, FuseState } from "../../../../electron/windows/self-check/fuse-wire.ts";
import { judgeStart } from "../../../../electron/windows/self-check/judge-start.ts";
import type { PageFacts, StartFacts } from "../../../../electron/windows/self-check/start-facts.ts";
import { switchNames } from "../../../../electron/windows/self-check/weak-starts.ts";

const PREFERENCES = {
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  sandbox: true,
  contextIsolation: true,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableBlinkFeatures: "",
};
const OWN: PageFacts = {
  kind: "own",
  origin: "app://bundle",
  preferences: PREFERENCES,
  persistent: true,
  preloadScripts: 0,
};
const FOREIGN: PageFacts = { ...OWN, kind: "foreign", origin: "https://provider.example", persistent: false };

/** The states that the design asks for, by the names of Electron's documentation. */
const SET: Readonly<Partial<Record<Fuse, FuseState>>> = {
  EnableCookieEncryption: "on",
  EnableEmbeddedAsarIntegrityValidation: "on",
  OnlyLoadAppFromAsar: "on",
  WasmTrapHandlers: "on",
};
const wire = (other: Partial<Record<Fuse, FuseState>> = {}): readonly FuseState[] =>
  FUSES.map((fuse) => other[fuse] ?? SET[fuse] ?? "off");

const INSTALLED: StartFacts = {
  packaged: true,
  platform: "win32",
  switches: [],
  disabledFeatures: "",
  environment: {},
  pages: [OWN],
  ownSession: { policy: CONTENT_SECURITY_POLICY, network: "blocked", files: "refused", preloadScripts: 0 },
  fuses: [wire()],
  inArchive: true,
};
const { fuses: _none, ...UNPACKED } = { ...INSTALLED, packaged: false, inArchive: false };

/** Codes with what they name; "(told)" for those that only a log hears of. */
const judged = (facts: StartFacts): readonly string[] =>
  judgeStart(facts).map(
    ({ failure, isTolerated }) =>
      `${failure.code.replace("self-check.", "")}: ${failure.params?.["what"]}${isTolerated ? " (told)" : ""}`,
  );
const installed = (part: Partial<StartFacts>): readonly string[] => judged({ ...INSTALLED, ...part });
const unpacked = (part: Partial<StartFacts>): readonly string[] => judged({ ...UNPACKED, ...part });

describe("the check at start", () => {
  test("finds nothing in a program as it was made", () => {
    expect(judged(INSTALLED)).toEqual([]);
    expect(installed({ pages: [OWN, FOREIGN], platform: "darwin", fuses: [wire(), wire()] })).toEqual([]);
    expect(judged(UNPACKED)).toEqual([]);
  });

  test.each(["remote-debugging-port", "remote-debugging-pipe", "inspect", "inspect-brk", "no-sandbox"])(
    "--%s stops an installed program and is told in development",
    (name) => {
      expect(installed({ switches: [name] })).toEqual([`debugging: --${name}`]);
      expect(unpacked({ switches: [name] })).toEqual([`debugging: --${name} (told)`]);
    },
  );

  test.each([
    "js-flags",
    "disable-web-security",
    "ignore-certificate-errors",
    "ignore-certificate-errors-spki-list",
    "host-rules",
    "host-resolver-rules",
    "load-extension",
    "single-process",
    "ssl-key-log-file",
    "log-net-log",
    "allow-running-insecure-content",
    "use-fake-ui-for-media-stream",
  ])("--%s stops every program", (name) => {
    expect(installed({ switches: [name] })).toEqual([`switches: --${name}`]);
    expect(unpacked({ switches: [name] })).toEqual([`switches: --${name}`]);
  });

  test("switches about looks and proxies are nobody's concern", () => {
    expect(installed({ switches: ["proxy-server", "force-device-scale-factor", "lang", "disable-gpu"] })).toEqual([]);
  });

  test("features that separate sites must stay on", () => {
    expect(installed({ disabledFeatures: "Translate,IsolateOrigins,site-per-process" })).toEqual([
      "switches: --disable-features=IsolateOrigins, --disable-features=site-per-process",
    ]);
    expect(installed({ disabledFeatures: "Translate" })).toEqual([]);
  });

  test("variables that weaken TLS stop every program, those that developers have only an installed one", () => {
    expect(unpacked({ environment: { NODE_TLS_REJECT_UNAUTHORIZED: "0", SSLKEYLOGFILE: "/tmp/keys" } })).toEqual([
      "environment: NODE_TLS_REJECT_UNAUTHORIZED, SSLKEYLOGFILE",
    ]);
    expect(installed({ environment: { NODE_TLS_REJECT_UNAUTHORIZED: "1", SSLKEYLOGFILE: "" } })).toEqual([]);
    expect(installed({ environment: { NODE_DEBUG: "http" } })).toEqual(["environment-debugging: NODE_DEBUG"]);
    expect(unpacked({ environment: { NODE_DEBUG: "http", NODE_OPTIONS: "--inspect" } })).toEqual([
      "environment-debugging: NODE_DEBUG, NODE_OPTIONS (told)",
    ]);
  });

  test("NODE_OPTIONS does no harm where a fuse keeps Electron from reading it", () => {
    const environment = { NODE_OPTIONS: "--max-old-space-size=8192" };
    expect(installed({ environment })).toEqual([]);
    expect(installed({ environment, fuses: null })).toEqual([
      "environment-debugging: NODE_OPTIONS",
      "fuses-unreadable: fuses",
    ]);
    expect(installed({ environment, fuses: [wire(), wire({ EnableNodeOptionsEnvironmentVariable: "on" })] })).toEqual([
      "environment-debugging: NODE_OPTIONS",
      "fuses: EnableNodeOptionsEnvironmentVariable",
    ]);
  });

  test.each([
    ["sandbox", false],
    ["contextIsolation", false],
    ["nodeIntegration", true],
    ["nodeIntegrationInSubFrames", true],
    ["webSecurity", false],
    ["webviewTag", true],
    ["allowRunningInsecureContent", true],
    ["experimentalFeatures", true],
    ["enableBlinkFeatures", "SharedArrayBuffer"],
    ["sandbox", undefined],
    ["contextIsolation", 1],
  ])("a page whose %s is %s stops every program", (name, value) => {
    const weak = { ...OWN, preferences: { ...PREFERENCES, [name]: value } };
    expect(installed({ pages: [weak] })).toEqual([`window: ${name}`]);
    expect(
      unpacked({ pages: [OWN, { ...weak, kind: "foreign", origin: "https://a.example", persistent: false }] }),
    ).toEqual([`window: ${name}`]);
  });

  test("a page of which Electron says nothing is not believed", () => {
    expect(installed({ pages: [{ ...OWN, preferences: null }] })).toEqual(["window: own page: unknown"]);
    expect(installed({ pages: [{ ...OWN, preferences: {} }] })[0]).toContain("sandbox, contextIsolation");
  });

  test("the window shows our own page, and no other page is ours", () => {
    expect(unpacked({ pages: [] })).toEqual(["page: no window"]);
    for (const origin of ["file://", "https://bundle", "app://other", null]) {
      expect(unpacked({ pages: [{ ...OWN, origin }] })).toEqual([`page: ${origin ?? "no address"}`]);
    }
    expect(unpacked({ pages: [OWN, { ...FOREIGN, origin: "app://bundle" }] })).toEqual(["page: second own page"]);
  });

  test("a stranger's session that is kept, or any script put before a page, is found", () => {
    expect(unpacked({ pages: [OWN, { ...FOREIGN, persistent: true }] })).toEqual([
      "window: foreign page: kept session",
    ]);
    expect(unpacked({ pages: [OWN, { ...FOREIGN, preloadScripts: 1 }] })).toEqual(["preload: foreign page"]);
    const ownSession = { ...INSTALLED.ownSession, preloadScripts: 2 };
    expect(unpacked({ ownSession })).toEqual(["preload: own session"]);
  });

  test("the own session has its policy, and reaches neither network nor files", () => {
    const session = (part: Partial<StartFacts["ownSession"]>) => ({ ownSession: { ...INSTALLED.ownSession, ...part } });
    expect(unpacked(session({ policy: null }))).toEqual(["content-policy: start page"]);
    expect(unpacked(session({ policy: "default-src *" }))).toEqual(["content-policy: start page"]);
    expect(unpacked(session({ network: "let through" }))).toEqual(["network: network"]);
    expect(unpacked(session({ files: "let through" }))).toEqual(["files: file:"]);
  });

  test.each([
    ["RunAsNode", "on"],
    ["EnableCookieEncryption", "off"],
    ["EnableNodeOptionsEnvironmentVariable", "on"],
    ["EnableNodeCliInspectArguments", "on"],
    ["EnableEmbeddedAsarIntegrityValidation", "off"],
    ["OnlyLoadAppFromAsar", "off"],
    ["OnlyLoadAppFromAsar", "removed"],
    ["LoadBrowserProcessSpecificV8Snapshot", "on"],
    ["GrantFileProtocolExtraPrivileges", "on"],
    ["RunAsNode", "unknown"],
  ] as const)("the fuse %s that is %s stops an installed program", (fuse, state) => {
    expect(installed({ fuses: [wire({ [fuse]: state })] })).toEqual([`fuses: ${fuse}`]);
    // One architecture of two is enough.
    expect(installed({ fuses: [wire(), wire({ [fuse]: state })] })).toEqual([`fuses: ${fuse}`]);
  });

  test("a fuse that Electron no longer has is as good as off; a wire that is too short vouches for nothing", () => {
    expect(installed({ fuses: [wire({ RunAsNode: "removed" })] })).toEqual([]);
    expect(installed({ fuses: [wire().slice(0, 5)] })).toEqual([
      "fuses: OnlyLoadAppFromAsar, LoadBrowserProcessSpecificV8Snapshot, GrantFileProtocolExtraPrivileges",
    ]);
    expect(installed({ fuses: [[...wire(), "on"]] })).toEqual([]);
  });

  test("Linux has no digest of the archive to check, and is not asked for one", () => {
    expect(installed({ platform: "linux", fuses: [wire({ EnableEmbeddedAsarIntegrityValidation: "off" })] })).toEqual(
      [],
    );
  });

  test("an installed program runs from its archive, and its fuses can be read", () => {
    expect(installed({ inArchive: false })).toEqual(["archive: program code"]);
    expect(installed({ fuses: null })).toEqual(["fuses-unreadable: fuses"]);
    const { fuses: _unasked, ...unasked } = INSTALLED;
    expect(judged(unasked)).toEqual(["fuses-unreadable: fuses"]);
  });

  test("everything that is wrong is found, not only the first", () => {
    const findings = installed({ switches: ["inspect", "host-rules"], inArchive: false, pages: [] });
    expect(findings).toHaveLength(4);
  });
});

describe("the switches of a command line", () => {
  test("are named without dashes and values, with one dash or two", () => {
    expect(switchNames(["/opt/sealdesk", "--inspect=0", "-remote-debugging-port=1", "--JS-Flags", "file.pdf"])).toEqual(
      ["inspect", "remote-debugging-port", "js-flags"],
    );
  });

  test("end at a bare --, and no file is taken for one", () => {
    expect(switchNames(["/opt/sealdesk", "inspect.pdf", "--", "--inspect"])).toEqual([]);
    expect(switchNames(["/opt/sealdesk", "-inspect.pdf"])).toEqual(["inspect.pdf"]);
    expect(switchNames([])).toEqual([]);
  });
});
