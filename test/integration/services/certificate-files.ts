import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface CertificateFile {
  readonly path: string;
  /** PEM of the authority that issued it. */
  readonly authority: string;
}

/** A PKCS#12 file of this person under an authority of its own, made by openssl; valid for a year. */
export function makeCertificateFile(folder: string, person: string, password: string): CertificateFile {
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe", timeout: 30_000 });
  };
  writeFileSync(join(folder, "leaf.ext"), "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,nonRepudiation\n");
  writeFileSync(join(folder, "password"), password);
  const ca = ["-addext", "keyUsage=critical,keyCertSign,cRLSign", "-subj", "/CN=Office CA", "-days", "3650", "-nodes"];
  openssl("req", "-x509", "-newkey", "rsa:2048", "-keyout", "ca.key", "-out", "ca.pem", ...ca);
  openssl("req", "-newkey", "rsa:2048", "-subj", `/CN=${person}`, "-nodes", "-keyout", "me.key", "-out", "me.csr");
  const issue = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "leaf.ext", "-days", "365"];
  openssl("x509", "-req", "-in", "me.csr", ...issue, "-out", "me.pem");
  const parts = ["-inkey", "me.key", "-in", "me.pem", "-certfile", "ca.pem", "-out", "me.p12"];
  openssl("pkcs12", "-export", ...parts, "-passout", "file:password");
  return { path: join(folder, "me.p12"), authority: join(folder, "ca.pem") };
}
