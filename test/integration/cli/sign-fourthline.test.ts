import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, folderForTest, runCli, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

describe("sealdesk sign with Fourthline in practice mode", () => {
  let sandbox: SandboxChild;

  beforeAll(async () => {
    sandbox = await startSandboxChild();
    await sandbox.control({ do: "fourthline/settings", change: { verificationMilliseconds: null } });
  });
  afterAll(() => sandbox.stop());

  const fourthline = ["sign", "--json", "--provider", "fourthline", "--profile", "sandbox"];
  const sign = (cwd: string, ...args: readonly string[]): Promise<CliResult> =>
    runCli([...fourthline, ...args], { data: sandbox.data, cwd });
  const anna = ["--signer", "Anna Maria Sofia;de Vries;anna@example.com;+31 6 12345678"];
  const verdicts = async (cwd: string, ...files: readonly string[]) => {
    const result = await runCli(["verify", "--json", "--trust", sandbox.root, ...files], { data: sandbox.data, cwd });
    return result.lines();
  };

  test("signs two files in one signing, and says what the signer agrees to", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf", "annex.pdf"]);
    const result = await sign(folder, "--auto-approve", ...anna, "contract.pdf", "annex.pdf");
    expect(result.stderr).toContain("https://localhost:");
    expect(result.stderr).toContain("+31 *** 5678");
    expect(result.stderr).not.toContain("12345678");
    expect(result.lines()).toMatchObject([
      { file: "contract.pdf", output: join(folder, "contract-signed.pdf"), level: "B-T", error: null },
      { file: "annex.pdf", output: join(folder, "annex-signed.pdf"), level: "B-T", error: null },
    ]);
    expect(result.status).toBe(0);
    expect(await verdicts(folder, "contract-signed.pdf", "annex-signed.pdf")).toMatchObject([
      { verdict: "TOTAL-PASSED", signatures: [{ signer: "Anna Maria Sofia de Vries" }] },
      { verdict: "TOTAL-PASSED", signatures: [{ signer: "Anna Maria Sofia de Vries" }] },
    ]);
  });

  test("agrees to nothing for anybody without --accept-conditions", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    await sandbox.control({ do: "auto-approve", value: null });
    const result = await sign(folder, ...anna, "contract.pdf");
    expect(result.status).toBe(1);
    expect(result.lines().map(codeOf)).toEqual(["provider.cancelled"]);
    expect(result.stderr).toContain("--accept-conditions");
    const signatures = (await sandbox.control({ do: "fourthline/signatures" })) as { readonly status: string }[];
    expect(signatures.at(-1)?.status).toBe("user_consent_required");
  });

  test("does not wait for days: the next command fetches what has become binding meanwhile", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf", "later.pdf"]);
    const first = await sign(folder, "--auto-approve", "--pending", ...anna, "contract.pdf");
    expect(first.status).toBe(1);
    expect(first.lines().map(codeOf)).toEqual(["provider.not-binding-yet"]);
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining(["contract-signed.pdf"]));
    const still = await sign(folder, "--auto-approve", ...anna, "later.pdf");
    expect(still.stderr).toContain("not binding yet");
    expect(still.lines()).toMatchObject([{ file: "later.pdf", error: null }]);
    const signatures = async () =>
      (await sandbox.control({ do: "fourthline/signatures" })) as { readonly id: string; readonly status: string }[];
    const pending = (await signatures()).find(({ status }) => status === "pending_verification")?.id;
    await sandbox.control({ do: "fourthline/finish-verification", signature: pending, outcome: "match" });
    // Fourthline answers at once and works afterwards.
    const statusNow = async () => (await signatures()).find(({ id }) => id === pending)?.status;
    await expect.poll(statusNow, { timeout: 10_000 }).toBe("signed");
    await writePdfs(folder, ["last.pdf"]);
    // In practice mode an identification that takes its time is looked at every two seconds, not more often.
    await delay(2_100);
    const third = await sign(folder, "--auto-approve", ...anna, "last.pdf");
    expect(third.stderr).toContain("contract-signed.pdf");
    expect(await verdicts(folder, "contract-signed.pdf")).toMatchObject([
      {
        verdict: "TOTAL-PASSED",
        signatures: [{ signer: "Anna Maria de Vries" }, { signer: "Fourthline practice countersignature" }],
      },
    ]);
  });

  test("saves the contract with InfoCert beside the result, for its owner alone", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    await writeFile(join(folder, "InfoCert-contract.pdf"), "mine");
    const jose = ["--signer", "José María Gabriel;Müller-Núñez;jose@example.com;+31612345678"];
    const result = await sign(folder, "--auto-approve", ...jose, "--client", "practice-infocert", "contract.pdf");
    expect(result.lines()).toMatchObject([{ error: null }]);
    const saved = await stat(join(folder, "InfoCert-contract-2.pdf"));
    expect(saved.mode & 0o777).toBe(0o600);
  });

  test("needs the picture of the face where one is asked for, and sends the one that is named", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    const jpeg = "ffd8ffc0000b080001000101011100ffda0008010100003f0000ffd9";
    await writeFile(join(folder, "face.jpg"), Buffer.from(jpeg, "hex"));
    const daan = ["--signer", "Daan;Visser;daan@example.com;+31612345678", "--client", "practice-selfie"];
    const without = await sign(folder, "--auto-approve", ...daan, "contract.pdf");
    expect(without.status).toBe(1);
    expect(without.stderr).toContain("--selfie");
    const result = await sign(folder, "--auto-approve", ...daan, "--selfie", "face.jpg", "contract.pdf");
    expect(result.lines()).toMatchObject([{ error: null }]);
  });

  test.each([
    ["nobody who signs", []],
    ["two who sign", [...anna, ...anna]],
    ["what belongs to IDnow", [...anna, "--robot", "positive"]],
    ["a picture that is not there", [...anna, "--selfie", "nowhere.jpg"]],
    ["a reference that is none", [...anna, "--client", " "]],
  ])("refuses %s before anything is sent", async (_, args) => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    const result = await sign(folder, ...args, "contract.pdf");
    expect([result.status, result.stdout]).toEqual([2, ""]);
  });

  test.each(["--client", "--selfie"])("%s goes with Fourthline only", async (option) => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    const args = ["sign", "--provider", "itsme", "--profile", "sandbox", option, "x", "contract.pdf"];
    const result = await runCli(args, { data: sandbox.data, cwd: folder });
    expect(result.status).toBe(2);
    expect(result.stderr).toContain("--provider fourthline");
  });
});
