import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateRsaKeyPair } from "../../../electron/pki/algorithms.ts";
import { encodePem } from "../../../electron/pki/pem.ts";
import * as ext from "../../../sandbox/pki/extensions.ts";
import { distinguishedName, issueCertificate } from "../../../sandbox/pki/issue-certificate.ts";
import { openPkiStore } from "../../../sandbox/pki/pki-store.ts";
import { issuedAddresses, practiceServices } from "../../../sandbox/pki/practice-pki.ts";
import { folderForTest, litter, runCli, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

const itsme = ["--provider", "itsme", "--profile", "sandbox", "--auto-approve"];

describe("long-term levels on the command line", () => {
  let sandbox: SandboxChild;

  beforeAll(async () => {
    sandbox = await startSandboxChild();
    await sandbox.control({ do: "auto-approve", value: true });
  });
  afterAll(() => sandbox.stop());

  const run = (cwd: string, ...args: readonly string[]): Promise<CliResult> =>
    runCli(args, { data: sandbox.data, cwd });
  const sign = (cwd: string, ...args: readonly string[]): Promise<CliResult> =>
    run(cwd, "sign", "--json", ...itsme, ...args);
  const levels = async (cwd: string, file: string): Promise<readonly unknown[]> => {
    const [report] = (await run(cwd, "verify", "--json", "--trust", sandbox.root, file)).lines();
    const signatures = report?.["signatures"] as readonly { readonly type: string; readonly level: string | null }[];
    return [report?.["verdict"], ...signatures.map(({ type, level }) => (type === "signature" ? level : type))];
  };

  test("sign --level lta with itsme delivers B-LTA for a whole batch, in one approval", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf", "b.pdf", "c.pdf"]);
    const result = await sign(folder, "--level", "lta", "a.pdf", "b.pdf", "c.pdf");
    expect(result.lines().map(({ level, error }) => [level, error])).toEqual(
      Array.from({ length: 3 }, () => ["B-LTA", null]),
    );
    expect(result.status).toBe(0);
    expect(await levels(folder, "a-signed.pdf")).toEqual(["TOTAL-PASSED", "B-LTA", "document-timestamp"]);
    expect(await litter(folder)).toEqual([]);
  });

  test("extend takes a signed document from b to t, lt, lta and renews it, and the inputs stay as they are", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    await sign(folder, "--level", "b", "contract.pdf");
    const before = await readFile(join(folder, "contract-signed.pdf"));
    const steps = [
      ["t", "B-T", "contract-signed-extended.pdf"],
      ["lt", "B-LT", "contract-signed-extended-2.pdf"],
      ["lta", "B-LTA", "contract-signed-extended-3.pdf"],
      ["lta", "B-LTA", "contract-signed-extended-4.pdf"],
    ] as const;
    let input = "contract-signed.pdf";
    for (const [level, reached, output] of steps) {
      const result = await run(folder, "extend", "--json", "--profile", "sandbox", "--level", level, input);
      expect(result.lines()).toEqual([{ file: input, output: join(folder, output), level: reached, error: null }]);
      expect(result.status).toBe(0);
      input = output;
    }
    expect(await levels(folder, input)).toEqual([
      "TOTAL-PASSED",
      "B-LTA",
      ...Array<string>(3).fill("document-timestamp"),
    ]);
    expect((await readFile(join(folder, "contract-signed.pdf"))).equals(before)).toBe(true);
    expect(await litter(folder)).toEqual([]);
  });

  test("sign delivers at the level it reached, and says what was missing, when responder and list are away", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    await sandbox.control({ do: "add-fault", fault: { operation: "crl", times: 5, status: 503 } });
    const result = await sign(folder, "--level", "lt", "contract.pdf");
    await sandbox.control({ do: "clear-faults" });
    const [line] = result.lines();
    expect(line).toMatchObject({ output: join(folder, "contract-signed.pdf"), level: "B-T" });
    expect(String(line?.["error"])).toMatch(/^level\.not-reached: .*CRL of "Sealdesk Practice Issuing CA"/u);
    expect(result.status).toBe(1);
    expect(await readdir(folder)).toContain("contract-signed.pdf");
  });

  test("extend goes on after a file that has no signature, and never writes over a file", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["plain.pdf", "contract.pdf"]);
    await sign(folder, "--level", "t", "contract.pdf");
    const result = await run(
      folder,
      "extend",
      "--json",
      "--profile",
      "sandbox",
      "--level",
      "lt",
      "plain.pdf",
      "missing.pdf",
      "contract-signed.pdf",
    );
    expect(result.lines().map(({ error, level }) => [String(error).split(":")[0], level])).toEqual([
      ["extension.no-signature", null],
      ["document.not-found", null],
      ["null", "B-LT"],
    ]);
    expect(result.status).toBe(1);
    const taken = await run(
      folder,
      "extend",
      "--json",
      "--profile",
      "sandbox",
      "--level",
      "lt",
      "--out",
      "plain.pdf",
      "contract-signed.pdf",
    );
    expect(String(taken.lines()[0]?.["error"])).toMatch(/^output\.name-taken/u);
  });

  test("extend without a timestamp service is a usage error", async () => {
    const folder = await folderForTest();
    expect((await run(folder, "extend", "--level", "lta", "a.pdf")).status).toBe(2);
    expect((await run(folder, "extend", "--level", "b", "--profile", "sandbox", "a.pdf")).status).toBe(2);
  });

  test("sign with a certificate file reaches B-LTA when its authority can be asked, and says what is missing when not", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["asked.pdf", "alone.pdf"]);
    const tsa = sandbox.description.baseUrls["tsa"] ?? "";
    await writeCertificateFiles(folder, join(sandbox.data, "practice"), tsa);
    const signWith = (p12: string, file: string): Promise<CliResult> =>
      runCli(
        `sign --json --provider certificate --p12 ${p12} --password-env P12 --level lta --tsa ${tsa} ${file}`.split(
          " ",
        ),
        { data: sandbox.data, cwd: folder, env: { P12: "secret" } },
      );
    const asked = await signWith("asked.p12", "asked.pdf");
    expect(asked.lines()).toMatchObject([{ level: "B-LTA", error: null }]);
    expect(await levels(folder, "asked-signed.pdf")).toEqual(["TOTAL-PASSED", "B-LTA", "document-timestamp"]);
    const alone = await signWith("alone.p12", "alone.pdf");
    expect(alone.lines()).toMatchObject([{ level: "B-T", output: join(folder, "alone-signed.pdf") }]);
    expect(String(alone.lines()[0]?.["error"])).toMatch(/^level\.not-reached: .*"Karin": no-address/u);
  });
});

/** asked.p12: a certificate of the practice authority with all addresses; alone.p12: one of OpenSSL's without any. */
async function writeCertificateFiles(folder: string, practice: string, tsa: string): Promise<void> {
  const base = new URL(tsa).origin;
  const store = await openPkiStore(practice, (length) => crypto.getRandomValues(new Uint8Array(length)));
  const { issuing } = await practiceServices(store, base, Date.now());
  const key = await generateRsaKeyPair(2048);
  const certificate = issueCertificate({
    subject: distinguishedName([["commonName", "Ada Practice"]]),
    spki: key.spki,
    issuer: issuing,
    serial: store.newSerial("issuing"),
    notBefore: new Date(Date.now() - 3600_000),
    notAfter: new Date(Date.now() + 30 * 24 * 3600_000),
    extensions: [ext.keyUsage("nonRepudiation"), ...issuedAddresses(base)],
  });
  await writeFile(join(folder, "asked.key"), encodePem("PRIVATE KEY", key.exportPkcs8()), { mode: 0o600 });
  await writeFile(join(folder, "asked.pem"), encodePem("CERTIFICATE", certificate));
  const openssl = (line: string): void => {
    execFileSync("openssl", line.split(" "), { cwd: folder, stdio: "pipe", timeout: 30_000 });
  };
  openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=Office-CA -days 30");
  openssl("req -newkey rsa:2048 -nodes -keyout alone.key -out alone.csr -subj /CN=Karin");
  openssl("x509 -req -in alone.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out alone.pem");
  openssl("pkcs12 -export -inkey asked.key -in asked.pem -passout pass:secret -out asked.p12");
  openssl("pkcs12 -export -inkey alone.key -in alone.pem -certfile ca.pem -passout pass:secret -out alone.p12");
}
