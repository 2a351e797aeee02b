import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { run } from "./child.mjs";
import { say } from "./say.mjs";

/**
 * @typedef {object} SystemPackage
 * @property {string} name Debian package
 * @property {readonly string[]} programs any one of these on the PATH means it is there
 * @property {string} [file] a file that shows it is there, for packages without a program
 */

/** @type {Readonly<Record<string, SystemPackage>>} */
export const systemPackages = {
  chromium: { name: "chromium", programs: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"] },
  fonts: { name: "fonts-dejavu-core", programs: [], file: "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf" },
  certutil: { name: "libnss3-tools", programs: ["certutil"] },
  virtualDisplay: { name: "xvfb", programs: ["Xvfb"] },
  messageBus: { name: "dbus", programs: ["dbus-run-session"] },
  busClient: { name: "dbus-bin", programs: ["dbus-send"] },
  keyring: { name: "gnome-keyring", programs: ["gnome-keyring-daemon"] },
  poppler: { name: "poppler-utils", programs: ["pdfsig"] },
  mupdf: { name: "mupdf-tools", programs: ["mutool"] },
  qpdf: { name: "qpdf", programs: ["qpdf"] },
  zbar: { name: "zbar-tools", programs: ["zbarimg"] },
  openssl: { name: "openssl", programs: ["openssl"] },
  xmlsec: { name: "xmlsec1", programs: ["xmlsec1"] },
  softwareToken: { name: "softhsm2", programs: ["softhsm2-util"] },
  tokenTools: { name: "opensc", programs: ["pkcs11-tool"] },
};

/** What each kind of work needs from the system, by the names of the table above. */
export const needs = {
  standInElectron: ["chromium", "fonts"],
  integration: ["messageBus", "busClient", "keyring", "openssl", "softwareToken", "tokenTools"],
  e2e: ["virtualDisplay", "messageBus", "busClient", "keyring", "zbar"],
  interop: ["poppler", "mupdf", "qpdf", "openssl", "zbar", "xmlsec"],
};

/**
 * @param {readonly string[]} wanted keys of systemPackages
 * @param {NodeJS.ProcessEnv} env
 * @param {(file: string) => boolean} [exists]
 * @returns {readonly SystemPackage[]}
 */
export function missingPackages(wanted, env, exists = existsSync) {
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return [...new Set(wanted)]
    .map((key) => systemPackages[key])
    .filter((entry) => entry !== undefined)
    .filter(({ programs, file }) => {
      if (file !== undefined && exists(file)) return false;
      return !programs.some((program) => folders.some((folder) => exists(path.join(folder, program))));
    });
}

/**
 * Installs what is missing where it may (Debian family, as root or with sudo that asks nothing); elsewhere says in one line
 * what to run. Whether the work can go on without is for the caller to judge.
 * @param {readonly string[]} wanted keys of systemPackages
 * @param {string} purpose completes "… is needed for"
 * @returns {Promise<readonly string[]>} the packages still missing, by Debian name
 */
export async function ensureSystemPackages(wanted, purpose) {
  if (process.platform !== "linux") return [];
  const missing = missingPackages(wanted, process.env);
  if (missing.length === 0) return [];

  const names = missing.map(({ name }) => (name === "chromium" && isUbuntu() ? "chromium-browser" : name));
  const byHand = `sudo apt-get install ${names.join(" ")}`;
  if (process.env["SEALDESK_NO_APT"] !== undefined || !existsSync("/usr/bin/apt-get")) {
    say(`needed for ${purpose} and not found: ${names.join(", ")}. On Debian or Ubuntu: ${byHand}`);
    return names;
  }
  const prefix = await rightToInstall();
  if (prefix === undefined) {
    say(`needed for ${purpose} and not found: ${names.join(", ")}. Please run: ${byHand}`);
    return names;
  }
  say(`needed for ${purpose} and not found, installing with apt: ${names.join(", ")}`);
  const reason = await install(prefix, names);
  if (reason !== undefined) say(`${reason}\napt could not install them (see above). To try by hand: ${byHand}`);
  return missingPackages(wanted, process.env).map(({ name }) => name);
}

/** @returns {Promise<readonly string[] | undefined>} what to put before apt-get; undefined when we may not */
async function rightToInstall() {
  if (process.getuid?.() === 0) return [];
  try {
    const { code } = await run("sudo", ["-n", "true"], { capture: true, timeoutMilliseconds: 10_000 });
    return code === 0 ? ["sudo", "-n"] : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly string[]} names
 * @returns {Promise<string | undefined>} why it failed
 */
async function install(prefix, names) {
  const quiet = ["-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"];
  let failure;
  if (hasPackageLists()) {
    failure = await apt(prefix, ["install", ...quiet, ...names]);
    if (failure === undefined) return undefined;
  }
  // No lists yet, or lists so old that the files they name are gone.
  const update = await apt(prefix, ["update", "-q", "-o", "DPkg::Lock::Timeout=120"]);
  if (update !== undefined) return failure ?? update;
  return apt(prefix, ["install", ...quiet, ...names]);
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 * @returns {Promise<string | undefined>} its last words when it failed
 */
async function apt(prefix, args) {
  // Through env(1): sudo drops the environment.
  const command = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
  const [program = "env", ...rest] = command;
  const { code, output } = await run(program, rest, { capture: true, timeoutMilliseconds: 15 * 60_000 });
  return code === 0 ? undefined : output.trim().split("\n").slice(-8).join("\n");
}

function hasPackageLists() {
  try {
    return readdirSync("/var/lib/apt/lists").some((name) => name.includes("_Packages"));
  } catch {
    return false;
  }
}

function isUbuntu() {
  try {
    return /^ID=ubuntu$/mu.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}
