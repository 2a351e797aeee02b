import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MODULES = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib64/pkcs11/libsofthsm2.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/** SoftHSM's module, or null where SoftHSM, OpenSC's pkcs11-tool or OpenSSL is not installed. */
export const softhsmModule: string | null = ["softhsm2-util", "pkcs11-tool", "openssl"].every(
  (tool) => spawnSync(tool, ["--version"]).error === undefined,
)
  ? (MODULES.find((path) => existsSync(path)) ?? null)
  : null;

export const softhsmSkipped = softhsmModule === null ? " (skipped: softhsm2 or opensc is not installed)" : "";

export const PIN = "4821";

/** Keys on the test token, by CKA_ID and label, as OpenSSL makes them. */
export const TOKEN_KEYS = {
  "01": { label: "rsa", key: ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"] },
  "02": { label: "p256", key: ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"] },
  "03": { label: "p384", key: ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"] },
  "04": { label: "p521", key: ["EC", "-pkeyopt", "ec_paramgen_curve:P-521"] },
  "05": { label: "ed25519", key: ["ED25519"] },
  "06": { label: "bp256", key: ["EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"] },
} as const;

export interface SoftHsm {
  readonly module: string;
  readonly folder: string;
  readonly rootPem: string;
  /** What a process needs in its environment to see the token. */
  readonly environment: { readonly SOFTHSM2_CONF: string };
  readonly certificatePem: (label: string) => string;
  /** The token's files disappear, as a card that is pulled out. */
  readonly remove: () => void;
  readonly close: () => void;
}

/** A software token with one key and certificate of each kind, and the issuing CA; all made by other programs. */
export function makeSoftHsm(module: string): SoftHsm {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-hsm-"));
  const environment = { SOFTHSM2_CONF: join(folder, "softhsm2.conf") };
  mkdirSync(join(folder, "tokens"));
  writeFileSync(
    environment.SOFTHSM2_CONF,
    `directories.tokendir = ${join(folder, "tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const run = (tool: string, ...args: readonly string[]): void => {
    execFileSync(tool, args, { cwd: folder, stdio: "pipe", timeout: 30_000, env: { ...process.env, ...environment } });
  };
  writeFileSync(join(folder, "ca.ext"), "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n");
  writeFileSync(
    join(folder, "leaf.ext"),
    "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n",
  );
  run("openssl", ..."genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out root.key".split(" "));
  run("openssl", ..."req -x509 -new -key root.key -subj /CN=Token-Root -days 30 -out root.pem".split(" "));
  run("openssl", ..."genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out issuing.key".split(" "));
  const issue = (name: string, issuer: string, extensions: string): void => {
    run("openssl", "req", "-new", "-key", `${name}.key`, "-subj", `/CN=Card ${name}`, "-out", `${name}.csr`);
    const by = ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`, "-CAcreateserial", "-extfile", extensions];
    run("openssl", "x509", "-req", "-in", `${name}.csr`, ...by, "-days", "30", "-out", `${name}.pem`);
    run("openssl", "x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`);
  };
  issue("issuing", "root", "ca.ext");
  run("softhsm2-util", "--init-token", "--free", "--label", "Karin", "--so-pin", "12345678", "--pin", PIN);
  const tool = ["--module", module, "--token-label", "Karin", "--login", "--pin", PIN];
  for (const [id, { label, key }] of Object.entries(TOKEN_KEYS)) {
    run("openssl", "genpkey", "-algorithm", ...key, "-out", `${label}.key`);
    issue(label, "issuing", "leaf.ext");
    run("softhsm2-util", "--import", `${label}.key`, "--token", "Karin", "--label", label, "--id", id, "--pin", PIN);
    run("pkcs11-tool", ...tool, "--write-object", `${label}.der`, "--type", "cert", "--id", id, "--label", label);
  }
  run("pkcs11-tool", ...tool, "--write-object", "issuing.der", "--type", "cert", "--id", "f0", "--label", "issuing");
  return {
    module,
    folder,
    rootPem: join(folder, "root.pem"),
    environment,
    certificatePem: (label) => readFileSync(join(folder, `${label}.pem`), "utf8"),
    remove: () => {
      rmSync(join(folder, "tokens"), { recursive: true });
      mkdirSync(join(folder, "tokens"));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
