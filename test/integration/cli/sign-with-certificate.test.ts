import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BOX, onePage, TEXT } from "../../attacks/concealing-documents.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { codeOf, folderForTest, runCli, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

const PASSWORD = "correct horse – ü";

/** A CA and two persons' certificate files, made by openssl. */
function makeCertificateFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-p12-"));
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe", timeout: 30_000 });
  };
  const extensions = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n";
  writeFileSync(join(folder, "leaf.ext"), extensions);
  writeFileSync(join(folder, "password"), PASSWORD);
  const ca = ["-addext", "keyUsage=critical,keyCertSign,cRLSign", "-subj", "/CN=Office CA", "-days", "3650", "-nodes"];
  openssl("req", "-x509", "-newkey", "rsa:2048", "-keyout", "ca.key", "-out", "ca.pem", ...ca);
  const keys = { rsa: ["rsa:2048"], ec: ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"] } as const;
  for (const [name, kind] of Object.entries(keys)) {
    const request = [
      "-subj",
      `/CN=Karin ${name.toUpperCase()}`,
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
    ];
    openssl("req", "-newkey", ...kind, ...request);
    const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "leaf.ext", "-days", "365"];
    openssl("x509", "-req", "-in", `${name}.csr`, ...signed, "-out", `${name}.pem`);
    const parts = ["-inkey", `${name}.key`, "-in", `${name}.pem`, "-certfile", "ca.pem", "-out", `${name}.p12`];
    openssl("pkcs12", "-export", ...parts, "-passout", "file:password");
  }
  return folder;
}

describe("sealdesk sign with a certificate file", () => {
  let keys: string;
  let sandbox: SandboxChild;

  beforeAll(async () => {
    keys = makeCertificateFiles();
    sandbox = await startSandboxChild();
  });
  afterAll(async () => {
    rmSync(keys, { recursive: true, force: true });
    await sandbox.stop();
  });

  const p12 = (name: string): readonly string[] => ["--provider", "certificate", "--p12", join(keys, `${name}.p12`)];
  const sign = (cwd: string, env: Record<string, string>, ...args: readonly string[]): Promise<CliResult> =>
    runCli(["sign", "--json", ...args], { data: join(cwd, "data"), cwd, env });
  const codes = (result: CliResult) => result.lines().map(codeOf);

  test.each(["rsa", "ec"])("signs to B-B with a key of kind %s, and passes with its CA as trust", async (name) => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf", "b.pdf"]);
    const result = await sign(folder, { PW: PASSWORD }, ...p12(name), "--password-env", "PW", "a.pdf", "b.pdf");
    expect([result.status, codes(result), result.stderr.includes(PASSWORD)]).toEqual([0, [null, null], false]);
    const trust = ["--trust", join(keys, "ca.pem")];
    const judged = await runCli(["verify", "--json", ...trust, "a-signed.pdf", "b-signed.pdf"], {
      data: folder,
      cwd: folder,
    });
    expect(judged.lines()).toMatchObject(
      Array.from({ length: 2 }, () => ({
        verdict: "TOTAL-PASSED",
        signatures: [{ level: "B-B", signer: `Karin ${name.toUpperCase()}`, intact: true }],
      })),
    );
    expect(judged.status).toBe(0);
  });

  test("certifies, tells what the mark covers, and refuses what the certification forbids", async () => {
    const folder = await folderForTest();
    writeFileSync(join(folder, "form.pdf"), makePdf({ form: "with-signature-field" }));
    const pw = ["--password-env", "PW"];
    const place = ["--place", "1,210,50,100,40"];
    const certify = ["--certify", "forms", "--lock-fields"];
    const first = await sign(folder, { PW: PASSWORD }, ...p12("ec"), ...pw, ...certify, ...place, "form.pdf");
    expect([first.status, codes(first)]).toEqual([0, [null]]);
    expect(first.stderr).toContain("form.pdf: The mark covers the form field “Approval”.");
    const asked = async (...args: readonly string[]) =>
      codes(await sign(folder, { PW: PASSWORD }, ...p12("rsa"), ...pw, ...args, "form-signed.pdf"));
    expect(await asked("--place", "1,10,10,50,30")).toEqual(["document.certified-no-new-mark"]);
    // The field that was there lies over the certifying mark.
    expect(await asked("--field", "Approval")).toEqual(["document.covers-certified"]);
    expect(await asked()).toEqual([null]);
  });

  test("tells what the document hides before it is signed", async () => {
    const folder = await folderForTest();
    writeFileSync(join(folder, "a.pdf"), bytesOfText(onePage({ content: `${TEXT} 0 g ${BOX}` }).text));
    writeFileSync(join(folder, "b.pdf"), bytesOfText(onePage({ content: TEXT }).text));
    const pw = ["--password-env", "PW"];
    const result = await sign(folder, { PW: PASSWORD }, ...p12("ec"), ...pw, "a.pdf", "b.pdf");
    expect([result.status, codes(result)]).toEqual([0, [null, null]]);
    expect(result.stderr).toContain("a.pdf: On page 1, text or a comment lies under a picture or a filled shape,");
    expect(result.stderr).not.toContain("b.pdf: On page");
  });

  test("a document that cannot be signed as asked stops no other", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["plain.pdf"]);
    writeFileSync(join(folder, "form.pdf"), makePdf({ form: "with-signature-field" }));
    const pw = ["--password-env", "PW"];
    const files = ["plain.pdf", "form.pdf"];
    const result = await sign(folder, { PW: PASSWORD }, ...p12("ec"), ...pw, "--field", "Approval", ...files);
    expect([result.status, codes(result)]).toEqual([1, ["document.no-such-field", null]]);
  });

  test("signs to B-T with a timestamp service", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const tsa = ["--tsa", sandbox.description.baseUrls["tsa"] ?? "", "--trust", join(keys, "ca.pem")];
    const result = await sign(folder, { PW: PASSWORD }, ...p12("rsa"), "--password-env", "PW", ...tsa, "a.pdf");
    expect(result.lines()).toMatchObject([{ level: "B-T", error: null }]);
    const trust = ["--trust", join(keys, "ca.pem"), "--trust", sandbox.root];
    const judged = await runCli(["verify", "--json", ...trust, "a-signed.pdf"], { data: folder, cwd: folder });
    expect(judged.lines()).toMatchObject([{ verdict: "TOTAL-PASSED", signatures: [{ level: "B-T" }] }]);
  });

  test("keeps what was approved when the timestamp service is away, and finishes it with the next command", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf", "b.pdf"]);
    const tsa = ["--tsa", sandbox.description.baseUrls["tsa"] ?? ""];
    const away = ["--tsa", "http://127.0.0.1:9/tsa"];
    const first = await sign(folder, { PW: PASSWORD }, ...p12("rsa"), "--password-env", "PW", ...away, "a.pdf");
    expect([first.status, codes(first)]).toEqual([1, ["timestamp.unreachable"]]);
    const second = await sign(folder, { PW: PASSWORD }, ...p12("rsa"), "--password-env", "PW", ...tsa, "b.pdf");
    expect([second.status, codes(second)]).toEqual([0, [null]]);
    expect(second.stderr).toContain("a.pdf: a-signed.pdf (approved in the earlier run)");
    const names = readdirSync(folder).filter((name) => name !== "data");
    expect(names.toSorted()).toEqual(["a-signed.pdf", "a.pdf", "b-signed.pdf", "b.pdf"]);
  });

  test.each([
    ["a wrong password", { PW: "wrong" }, ["--password-env", "PW"], "certificate.wrong-password"],
    ["no password for an encrypted file", {}, [], "certificate.wrong-password"],
  ] as const)("says that it is %s", async (_what, env, args, code) => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const result = await sign(folder, env, ...p12("rsa"), ...args, "a.pdf");
    expect([result.status, codes(result)]).toEqual([1, [code]]);
    expect((await readdir(folder)).toSorted()).toEqual(["a.pdf", "data"]);
  });

  test("a missing environment variable is a usage error; a missing or broken file is told by its name only", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const unset = await sign(folder, {}, ...p12("rsa"), "--password-env", "NOT_SET_ANYWHERE", "a.pdf");
    expect([unset.status, unset.stdout]).toEqual([2, ""]);
    writeFileSync(join(folder, "broken.p12"), "not a certificate file");
    for (const file of ["missing.p12", "broken.p12"]) {
      const result = await sign(folder, {}, "--provider", "certificate", "--p12", join(folder, file), "a.pdf");
      expect([result.status, codes(result)]).toEqual([1, ["certificate.broken-file"]]);
      expect(result.stdout).not.toContain(folder);
    }
  });
});
