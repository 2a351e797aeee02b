import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const exec = promisify(execFile);

export interface MadeAuthority {
  readonly folder: string;
  readonly pem: string;
  /** `days` below zero: it ended before it began, and counts as expired. */
  readonly issue: (
    name: string,
    names: string,
    days?: number,
  ) => Promise<{ readonly certificatePem: string; readonly keyPem: string }>;
  readonly openssl: (...args: string[]) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** A certificate authority made by OpenSSL, for servers and clients that belong to nobody. */
export async function makeAuthority(): Promise<MadeAuthority> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-authority-"));
  const openssl = async (...args: string[]): Promise<void> => {
    await exec("openssl", args, { cwd: folder, timeout: 20_000 });
  };
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  await openssl(
    "req",
    "-x509",
    ...ec,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=Another authority",
    "-days",
    "9",
  );
  return {
    folder,
    pem: await readFile(join(folder, "ca.pem"), "utf8"),
    openssl,
    issue: async (name, names, days = 2) => {
      await writeFile(join(folder, "san.ext"), `subjectAltName=${names}\n`);
      await openssl("req", ...ec, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
      const sign = ["x509", "-req", "-in", `${name}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
      await openssl(...sign, "-out", `${name}.pem`, "-days", String(days), "-extfile", "san.ext");
      const [certificatePem, keyPem] = await Promise.all(
        [`${name}.pem`, `${name}.key`].map((file) => readFile(join(folder, file), "utf8")),
      );
      return { certificatePem: certificatePem ?? "", keyPem: keyPem ?? "" };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
