import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openRevocations } from "../../../../sandbox/pki/revocations.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-revocations-"));
  await mkdir(join(folder, "pki"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("who is revoked from the start is good once somebody has said so, also after a restart", async () => {
  const first = await openRevocations(folder);
  await first.revokeAtFirst("0a", 5);
  expect(first.statusOf("0a")).toEqual({ kind: "revoked", at: 5 });
  expect(first.revoked()).toEqual([{ serialHex: "0a", at: 5 }]);
  await first.set("0a", { kind: "good" });
  const second = await openRevocations(folder);
  await second.revokeAtFirst("0a", 7);
  expect(second.statusOf("0a")).toEqual({ kind: "good" });
  expect(second.revoked()).toEqual([]);
});

test("a certificate stays revoked after a restart, since when it was first", async () => {
  await (await openRevocations(folder)).revokeAtFirst("0a", 5);
  const again = await openRevocations(folder);
  await again.revokeAtFirst("0a", 7);
  expect(again.statusOf("0a")).toEqual({ kind: "revoked", at: 5 });
});
