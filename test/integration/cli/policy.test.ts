import { chmod, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeOf, folderForTest, runCli, writePdfs } from "./run-cli.ts";

/** A policy file that only its owner can change. */
async function policyFile(content: string): Promise<string> {
  const file = join(await folderForTest(), "policy.json");
  await writeFile(file, content);
  await chmod(file, 0o644);
  return file;
}

test("policy check says in words what a good policy allows, and ends with 0", async () => {
  const policy = { version: 1, providers: ["certificate"], practice: false, levels: ["B-LT", "B-LTA"] };
  const file = await policyFile(JSON.stringify(policy));
  const checked = await runCli(["policy", "check", file], { data: await folderForTest() });
  expect(checked.stdout).toContain("Providers: only certificate.");
  expect(checked.stdout).toContain("Practice mode: forbidden.");
  expect(checked.stdout).toContain("Levels: only B-LT, B-LTA.");
  expect(checked.status).toBe(0);
});

test("policy check tells every error with its place, and ends with 1", async () => {
  const file = await policyFile('{\n "version": 1,\n "levles": ["B-LT"],\n "trustAnchors": ["company.pem"]\n}');
  const checked = await runCli(["policy", "check", file], { data: await folderForTest() });
  expect(checked.stdout).toContain("line 3, levles: there is no such rule");
  expect(checked.stdout).toContain("line 4, trustAnchors[0]: expected an absolute path");
  expect(checked.status).toBe(1);
});

test("policy check names an authority's file that holds no certificate", async () => {
  const anchor = join(await folderForTest(), "company.pem");
  await writeFile(anchor, "nothing");
  const file = await policyFile(JSON.stringify({ version: 1, trustAnchors: [anchor] }));
  const checked = await runCli(["policy", "check"], { data: await folderForTest(), env: { SEALDESK_POLICY: file } });
  expect(checked.stdout).toContain(`trustAnchors[0]: no certificates can be read from ${anchor}`);
  expect(checked.status).toBe(1);
});

const PRACTICE = ["sign", "--provider", "itsme", "--profile", "sandbox", "--auto-approve", "--json"];

test("sign refuses what the policy of the computer does not allow, and signs what it does", async () => {
  const data = await folderForTest();
  for (const [policy, code] of [
    ['{"version": 1, "providers": ["certificate"]}', "policy.provider"],
    ['{"version": 1, "practice": false}', "policy.practice"],
    ['{"version": 1, "levels": ["B-LTA"]}', "policy.level"],
    ['{"version": 1, "output": {"besideOriginal": false}}', "policy.output"],
    ['{"version": 1, "levles": ["B-LTA"]}', "policy.malformed"],
    ['{"version": 1, "levels": ["B-B"]}', null],
  ] as const) {
    const work = await folderForTest();
    await writePdfs(work, ["a.pdf"]);
    const env = { SEALDESK_POLICY: await policyFile(policy) };
    const signed = await runCli([...PRACTICE, "--level", "b", join(work, "a.pdf")], { data, env });
    expect([policy, ...signed.lines().map(codeOf)]).toEqual([policy, code]);
    expect(signed.status).toBe(code === null ? 0 : 1);
    expect(await readdir(work)).toEqual(code === null ? ["a-signed.pdf", "a.pdf"] : ["a.pdf"]);
  }
}, 120_000);

test("a policy that ordinary users can write to forbids signing", async () => {
  const work = await folderForTest();
  await writePdfs(work, ["a.pdf"]);
  const file = await policyFile('{"version": 1}');
  await chmod(file, 0o666);
  const env = { SEALDESK_POLICY: file };
  const signed = await runCli([...PRACTICE, join(work, "a.pdf")], { data: await folderForTest(), env });
  expect(signed.lines().map(codeOf)).toEqual(["policy.malformed"]);
  expect(signed.status).toBe(1);
});

test("another timestamp service than the administrator's is refused before a certificate is opened", async () => {
  const work = await folderForTest();
  await writePdfs(work, ["a.pdf"]);
  const env = { SEALDESK_POLICY: await policyFile('{"version": 1, "timestampUrl": "https://tsa.example/"}') };
  const own = ["--p12", join(work, "none.p12"), "--tsa", "https://other.example/"];
  const command = ["sign", "--provider", "certificate", ...own, join(work, "a.pdf")];
  const signed = await runCli(command, { data: await folderForTest(), env });
  expect(signed.stderr).toContain("--tsa: This setting cannot be changed. It is set by your administrator.");
  expect(signed.status).toBe(1);
});
