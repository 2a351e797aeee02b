import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { folderForTest, runCli, writePdfs } from "./run-cli.ts";

interface Line {
  readonly kind?: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test("what a command signed stands in the audit trail with digests and without names, and a change of it shows", async () => {
  const [data, work] = [await folderForTest(), await folderForTest()];
  await writePdfs(work, ["Contract with Anna.pdf"]);
  const sign = ["sign", "--provider", "itsme", "--profile", "sandbox", "--auto-approve", "--level", "b"];
  const signed = await runCli([...sign, join(work, "Contract with Anna.pdf")], { data });
  expect(signed).toMatchObject({ status: 0, stderr: expect.any(String) });

  const exported = await runCli(["audit", "export"], { data });
  expect(exported.status).toBe(0);
  expect(exported.stdout).not.toContain("Anna");
  expect(exported.stdout).not.toContain(work);
  const lines = exported.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(
    new Set(["signing.started", "document.delivered", "signing.ended"]),
  );
  const delivered = lines.find(({ kind }) => kind === "document.delivered")?.body;
  const before = await readFile(join(work, "Contract with Anna.pdf"));
  const after = await readFile(join(work, "Contract with Anna-signed.pdf"));
  expect(delivered).toMatchObject({
    source: sha256(before),
    result: sha256(after),
    level: "B-B",
    verdict: "TOTAL-PASSED",
  });

  const whole = await runCli(["audit", "verify"], { data });
  expect(whole.stdout).toContain("The trail is whole: 3 entries.");
  expect(whole.status).toBe(0);
  const copy = join(work, "trail.jsonl");
  await writeFile(copy, exported.stdout);
  expect((await runCli(["audit", "verify", copy], { data })).status).toBe(0);
  await writeFile(copy, exported.stdout.replace(sha256(after), sha256(before)));
  const changed = await runCli(["audit", "verify", copy], { data });
  expect(changed.stdout).toMatch(/Entry \d was changed\./u);
  expect(changed.status).toBe(1);

  const database = new DatabaseSync(join(data, "audit.db"));
  database.exec("DROP TRIGGER audit_stays; DELETE FROM audit WHERE seq = 1");
  database.close();
  const cut = await runCli(["audit", "verify"], { data });
  expect(cut.stdout).toContain("Entry 1 is missing or not in its place.");
  expect(cut.status).toBe(1);
});

test("a computer without an audit trail, and a file that is none, are said to be so", async () => {
  const data = await folderForTest();
  const none = await runCli(["audit", "verify"], { data });
  expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining("There is no audit trail here yet.") });
  await writeFile(join(data, "a.pdf"), "%PDF-1.7");
  const wrong = await runCli(["audit", "verify", join(data, "a.pdf")], { data });
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining("line 1 is no entry of an audit trail") });
});
