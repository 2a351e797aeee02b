import { existsSync } from "node:fs";
import { posix } from "node:path";

/**
 * Where the software of cards and tokens puts its PKCS#11 modules: OpenSC, the makers of the identity cards and sticks
 * that are common in Europe, and at last p11-kit's proxy, which shows what others registered with the system.
 */
const UNIX_NAMES = [
  "opensc-pkcs11.so",
  "pkcs11/opensc-pkcs11.so",
  "libbeidpkcs11.so.0",
  "libeTPkcs11.so",
  "libeToken.so",
  "libIDPrimePKCS11.so",
  "libcryptoide_pkcs11.so",
  "libacos5pkcs11.so",
  "libykcs11.so.2",
  "libbit4xpki.so",
  "libpersonal.so",
  "onepin-opensc-pkcs11.so",
  "softhsm/libsofthsm2.so",
  "p11-kit-proxy.so",
];

const LINUX_FOLDERS = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/usr/lib64/pkcs11",
  "/usr/lib/pkcs11",
  "/usr/local/lib",
];

const MAC_PATHS = [
  "/Library/OpenSC/lib/opensc-pkcs11.so",
  "/Library/Belgium Identity Card/Pkcs11/libbeidpkcs11.dylib",
  "/usr/local/lib/libbeidpkcs11.dylib",
  "/usr/local/lib/libeTPkcs11.dylib",
  "/usr/local/lib/libykcs11.dylib",
  "/opt/homebrew/lib/libykcs11.dylib",
  "/opt/homebrew/lib/pkcs11/opensc-pkcs11.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/** Below the system's and the programs' folder. */
const WINDOWS_SYSTEM = ["beidpkcs11.dll", "eTPKCS11.dll", "eToken.dll", "bit4xpki.dll", "asepkcs.dll", "aetpkss1.dll"];
const WINDOWS_PROGRAMS = [
  ["OpenSC Project", "OpenSC", "pkcs11", "opensc-pkcs11.dll"],
  ["Yubico", "Yubico PIV Tool", "bin", "libykcs11.dll"],
  ["SafeNet", "Authentication", "SAC", "x64", "IDPrimePKCS1164.dll"],
  ["Personal", "bin64", "personal.dll"],
];

/** The modules that are installed here, the proxy last. Nothing is loaded. */
export function usualModules(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean = existsSync,
): readonly string[] {
  return [...new Set(candidates(platform, environment))].filter(exists);
}

function candidates(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (platform === "win32") {
    const system = environment["SystemRoot"] ?? "C:\\Windows";
    const programs = environment["ProgramFiles"] ?? "C:\\Program Files";
    return [
      ...WINDOWS_PROGRAMS.map((parts) => [programs, ...parts].join("\\")),
      ...WINDOWS_SYSTEM.map((name) => [system, "System32", name].join("\\")),
    ];
  }
  return platform === "darwin"
    ? MAC_PATHS
    : UNIX_NAMES.flatMap((name) => LINUX_FOLDERS.map((folder) => posix.join(folder, name)));
}
