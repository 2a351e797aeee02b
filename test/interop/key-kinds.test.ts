import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkConformance } from "../../electron/pades/conformance.ts";
import { verifyFile } from "../../electron/verify/verify-file.ts";
import { parseCertificates } from "../../electron/pki/certificate.ts";
import { parseSignedData } from "../../electron/pki/cms-signed-data.ts";
import { runCli } from "../integration/cli/run-cli.ts";
import { KEY_KINDS, makeKeyFiles } from "./pades/key-kinds.ts";
import type { KeyKind } from "./pades/key-kinds.ts";
import { makePdf } from "./pades/made-pdfs.ts";
import { askOpenssl } from "./pades/outside-judges.ts";
import { hasTool, runTool } from "./pades/run-tool.ts";

const missing = (["openssl", "pdfsig"] as const).filter((tool) => !hasTool(tool));
const skipped = missing.length === 0 ? "" : ` (skipped: ${missing.join(", ")} not installed)`;
const PASSWORD = "correct horse";
const NOT_ASKED = "not asked: does not know this kind";

/** pdfsig's words on the only signature of a file. */
async function askPdfsigAll(path: string, home: string) {
  const { output } = await runTool("pdfsig", ["-nocert", path], { env: { HOME: home } });
  const field = (key: string): string => new RegExp(`- ${key}: (.*)`, "u").exec(output)?.[1]?.trim() ?? "";
  return { hash: field("Signing Hash Algorithm"), verdict: field("Signature Validation") };
}

function byteRangeOf(bytes: Buffer): readonly [number, number, number, number] {
  const numbers = /\/ByteRange ?\[ ?(\d+) +(\d+) +(\d+) +(\d+)/u
    .exec(bytes.toString("latin1"))!
    .slice(1, 5)
    .map(Number);
  return [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!];
}

describe.skipIf(missing.length > 0)(`each kind of key signs so that others agree${skipped}`, () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-kinds-"));
    makeKeyFiles(folder, PASSWORD);
    writeFileSync(join(folder, "document.pdf"), makePdf({}));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Signs through the real command line, as a person would. */
  async function sign({ options }: KeyKind, index: number): Promise<string> {
    const output = join(folder, `signed-${index}.pdf`);
    const key = ["--p12", join(folder, `kind-${index}.p12`), "--password-env", "KIND_PASSWORD"];
    const judged = ["--trust", join(folder, "root.pem"), "--out", output, join(folder, "document.pdf")];
    const result = await runCli(["sign", "--provider", "certificate", ...key, ...options, ...judged], {
      data: join(folder, `data-${index}`),
      env: { KIND_PASSWORD: PASSWORD },
    });
    expect(result.stdout).toContain("signed, B-B");
    expect(result.status).toBe(0);
    return output;
  }

  test.each(KEY_KINDS.map((kind, index) => ({ kind, index, name: kind.name })))("$name", async ({ kind, index }) => {
    const path = await sign(kind, index);
    const rootPem = join(folder, "root.pem");

    const report = await verifyFile(path, { trustAnchors: parseCertificates(readFileSync(rootPem)), at: new Date() });
    expect(report.verdict).toBe("TOTAL-PASSED");
    const gate = await checkConformance(path, { expectedLevel: "B-B", originalPath: join(folder, "document.pdf") });
    expect(gate.violations).toEqual([]);

    const bytes = readFileSync(path);
    const byteRange = byteRangeOf(bytes);
    const pdfsig = await askPdfsigAll(path, folder);
    const asked = {
      hash: pdfsig.hash,
      pdfsig: kind.unknownTo.includes("pdfsig") ? NOT_ASKED : pdfsig.verdict,
      openssl: kind.unknownTo.includes("openssl")
        ? opensslOnAttributes(bytes, byteRange, index)
        : await askOpenssl(path, { byteRange }, rootPem),
    };
    expect(asked).toEqual({
      hash: kind.hash,
      pdfsig: kind.unknownTo.includes("pdfsig") ? NOT_ASKED : "Signature is Valid.",
      openssl: kind.unknownTo.includes("openssl") ? "Signature Verified Successfully" : "CMS Verification successful",
    });
  });

  /** Where OpenSSL cannot read the CMS, it still judges the value over the signed attributes (RFC 8419 3.1). */
  function opensslOnAttributes(bytes: Buffer, [, first, second]: ReturnType<typeof byteRangeOf>, index: number) {
    const cms = parseSignedData(new Uint8Array(Buffer.from(bytes.toString("latin1", first + 1, second - 1), "hex")));
    const [signer] = cms.signerInfos;
    writeFileSync(join(folder, "attributes"), signer!.signedAttributesDer!);
    writeFileSync(join(folder, "value"), signer!.signature);
    const files = ["-certin", "-inkey", `kind-${index}.pem`, "-rawin", "-in", "attributes", "-sigfile", "value"];
    return execFileSync("openssl", ["pkeyutl", "-verify", ...files], { cwd: folder })
      .toString()
      .trim();
  }

  test("one changed byte is seen under each of them", async () => {
    for (const [index, kind] of KEY_KINDS.entries()) {
      const path = join(folder, `signed-${index}.pdf`);
      const bytes = readFileSync(path);
      bytes[bytes.indexOf("obj") + 10]! ^= 1;
      writeFileSync(path, bytes);
      const report = await verifyFile(path, { trustAnchors: [] });
      expect([kind.name, report.signatures[0]?.intact ?? false]).toEqual([kind.name, false]);
    }
  });
});
