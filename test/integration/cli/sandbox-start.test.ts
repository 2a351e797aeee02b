import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exitOf, runCli, startCli, told } from "./run-cli.ts";

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "sealdesk-cli-sandbox-"));
});
afterAll(() => rm(data, { recursive: true, force: true }));

async function tableFile(table: object): Promise<string> {
  const path = join(data, "table.json");
  await writeFile(path, JSON.stringify(table));
  return path;
}

test("sandbox start takes another table of Fourthline's paths and names, and prints what it took", async () => {
  const file = await tableFile({ endpoints: { token: { path: "/auth/token" } } });
  const child = startCli(["sandbox", "start", "--fourthline-table", file], { data });
  const ended = exitOf(child);
  const { baseUrls, fourthline } = JSON.parse(await told(child.stdout, /\n\}\n/u)) as {
    readonly baseUrls: Readonly<Record<string, string>>;
    readonly fourthline: { readonly table: { readonly endpoints: Readonly<Record<string, object>> } };
  };
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(baseUrls["fourthline"]).toMatch(/^https:\/\/localhost:\d+$/u);
  expect(fourthline.table.endpoints["token"]).toEqual({ method: "POST", path: "/auth/token" });
  expect(fourthline.table.endpoints["createWorkflow"]).toEqual({ method: "POST", path: "/v1/workflows" });
});

test("sandbox start says what is wrong with a table and does not start", async () => {
  const file = await tableFile({ endpoints: { status: { path: "/state" } } });
  const wrong = await runCli(["sandbox", "start", "--fourthline-table", file], { data });
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain("the path of status needs the placeholders");
  const none = await runCli(["sandbox", "start", "--fourthline-table", join(data, "no-such.json")], { data });
  expect([none.status, none.stderr.includes("it cannot be read")]).toEqual([2, true]);
});
