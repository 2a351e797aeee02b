import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { allAttacks } from "../../attacks/all-attacks.ts";
import { judgeAttack } from "../../attacks/judge-attack.ts";
import { makeVictims } from "../../attacks/victims.ts";

const victims = await makeVictims();
const attacks = allAttacks(victims);
const folder = mkdtempSync(join(tmpdir(), "sealdesk-attacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([...new Set(attacks.map(({ family }) => family))])("%s", (family) => {
  test.each(attacks.filter((attack) => attack.family === family))("is refused: $name", async (attack) => {
    const { complaints } = await judgeAttack(attack, folder, victims.pki);
    expect(complaints).toEqual([]);
  });
});

test("no two attacks have the same name, so that each file can be told apart", () => {
  const names = attacks.map(({ family, name }) => `${family}: ${name}`);
  expect(new Set(names).size).toBe(names.length);
});
