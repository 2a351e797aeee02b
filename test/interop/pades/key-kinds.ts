import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** One kind of key with one way to sign, and who else can judge it. */
export interface KeyKind {
  readonly name: string;
  /** `openssl genpkey -algorithm …`. */
  readonly key: readonly string[];
  /** Options of `sealdesk sign`. */
  readonly options: readonly string[];
  /** As pdfsig prints the digest of the document. */
  readonly hash: "SHA-256" | "SHA-384" | "SHA-512";
  /**
   * Programs that do not know this kind. OpenSSL 3.0 has no EdDSA with signed attributes in CMS; poppler 22.12 with NSS
   * knows neither brainpool nor Ed25519.
   */
  readonly unknownTo: readonly ("openssl" | "pdfsig")[];
}

const rsa = (bits: number) => ["RSA", "-pkeyopt", `rsa_keygen_bits:${bits}`];
const ec = (curve: string) => ["EC", "-pkeyopt", `ec_paramgen_curve:${curve}`];
const kind = (
  name: string,
  key: readonly string[],
  hash: KeyKind["hash"],
  options: readonly string[] = [],
  unknownTo: KeyKind["unknownTo"] = [],
): KeyKind => ({ name, key, options, hash, unknownTo });

export const KEY_KINDS: readonly KeyKind[] = [
  kind("RSA 2048", rsa(2048), "SHA-256"),
  kind("RSA 3072 with SHA-384", rsa(3072), "SHA-384", ["--digest", "sha384"]),
  kind("RSA 4096 with SHA-512", rsa(4096), "SHA-512", ["--digest", "sha512"]),
  kind("RSA by PSS", rsa(2048), "SHA-256", ["--pss"]),
  kind("RSA by PSS with SHA-384", rsa(2048), "SHA-384", ["--pss", "--digest", "sha384"]),
  kind("RSA by PSS with SHA-512", rsa(2048), "SHA-512", ["--pss", "--digest", "sha512"]),
  // pdfsig 22.12 calls signatures of certificates with id-RSASSA-PSS invalid; OpenSSL accepts them.
  kind("RSA reserved for PSS", ["RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], "SHA-256", [], ["pdfsig"]),
  kind("P-256", ec("P-256"), "SHA-256"),
  kind("P-256 with SHA-512", ec("P-256"), "SHA-512", ["--digest", "sha512"]),
  kind("P-384", ec("P-384"), "SHA-384"),
  kind("P-521", ec("P-521"), "SHA-512"),
  kind("brainpoolP256r1", ec("brainpoolP256r1"), "SHA-256", [], ["pdfsig"]),
  kind("brainpoolP384r1", ec("brainpoolP384r1"), "SHA-384", [], ["pdfsig"]),
  kind("brainpoolP512r1", ec("brainpoolP512r1"), "SHA-512", [], ["pdfsig"]),
  kind("Ed25519", ["ED25519"], "SHA-512", [], ["openssl", "pdfsig"]),
];

/** A certificate file for each kind, by its name's place in the list; everything made by OpenSSL. */
export function makeKeyFiles(folder: string, password: string): void {
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe", timeout: 60_000 });
  };
  writeFileSync(join(folder, "leaf.ext"), "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,nonRepudiation\n");
  openssl("genpkey", "-algorithm", ...rsa(3072), "-out", "root.key");
  openssl(..."req -x509 -new -key root.key -subj /CN=Kinds-Root -days 30 -out root.pem".split(" "));
  KEY_KINDS.forEach(({ name, key }, index) => {
    const file = `kind-${index}`;
    openssl("genpkey", "-algorithm", ...key, "-out", `${file}.key`);
    openssl("req", "-new", "-key", `${file}.key`, "-subj", `/CN=${name}`, "-out", `${file}.csr`);
    const by = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "leaf.ext"];
    openssl("x509", "-req", "-in", `${file}.csr`, ...by, "-days", "30", "-out", `${file}.pem`);
    const parts = ["-inkey", `${file}.key`, "-in", `${file}.pem`, "-certfile", "root.pem", "-out", `${file}.p12`];
    openssl("pkcs12", "-export", ...parts, "-passout", `pass:${password}`);
  });
}
