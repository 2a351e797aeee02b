import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePdf } from "./pades/made-pdfs.ts";
import { askPdfsig, askQpdf } from "./pades/outside-judges.ts";
import { hasTool, runTool } from "./pades/run-tool.ts";
import { signAs } from "./pades/sign-as.ts";
import type { SignOptions } from "./pades/sign-as.ts";
import { makePeople } from "./pades/test-people.ts";
import type { TestPeople } from "./pades/test-people.ts";

/** A Python that has pyHanko: the one named by SEALDESK_PYTHON, or the system's. */
const python = process.env["SEALDESK_PYTHON"] ?? "python3";
const hasPyHanko = spawnSync(python, ["-c", "import pyhanko.sign.validation"], { timeout: 30_000 }).status === 0;
const hasTools = ["openssl", "qpdf", "pdfsig"].every((tool) => hasTool(tool));

const rectangle = { kind: "rectangle", page: 1, rectangle: { x: 20, y: 150, width: 120, height: 60 } } as const;

describe.skipIf(!hasTools)("certified documents (skipped without openssl, qpdf and pdfsig)", () => {
  let folder = "";
  let people: TestPeople;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-certify-"));
    people = await makePeople(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Signs once with these options and, where that is allowed, a second time without a mark. */
  async function signed(name: string, options: SignOptions, again: boolean): Promise<string> {
    const [source, once, twice] = ["0", "1", "2"].map((step) => join(folder, `${name}-${step}.pdf`));
    if (source === undefined || once === undefined || twice === undefined) {
      throw new Error("three names");
    }
    await writeFile(source, makePdf({ form: "direct" }));
    const first = await signAs(people.first, source, once, options);
    const second = again ? await signAs(people.second, once, twice, { placement: { kind: "invisible" } }) : first;
    expect([first.ok, second.ok]).toEqual([true, true]);
    return again ? twice : once;
  }

  const ask = async (path: string): Promise<readonly unknown[]> => {
    const { output } = await runTool(python, [join(import.meta.dirname, "pades/pyhanko_permissions.py"), path]);
    return output
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
  };

  const CASES = [
    ["no-changes", 1, false],
    ["forms", 2, true],
    ["annotations", 3, true],
  ] as const;

  test.each(CASES)("pdfsig and qpdf find no fault with one that allows %s", async (certification, level, again) => {
    const path = await signed(`plain-${level}`, { placement: rectangle, overrides: { certification } }, again);
    const verdicts = [...(await askPdfsig(path, folder)).values()];
    expect(verdicts.map(({ valid }) => valid)).toEqual(again ? [true, true] : [true]);
    expect(await askQpdf(path)).toEqual({ status: 0, warnings: 0 });
  });

  describe.skipIf(!hasPyHanko)("pyHanko (skipped where SEALDESK_PYTHON names no Python that has it)", () => {
    test.each(CASES)("reads one that allows %s as level %i, and finds it kept", async (certification, level, again) => {
      const path = await signed(`hanko-${level}`, { placement: rectangle, overrides: { certification } }, again);
      const changes = again ? "FORM_FILLING" : "NONE";
      const first = { intact: true, level, permitted: true, changes };
      const second = { intact: true, level: null, permitted: true, changes: "NONE" };
      expect(await ask(path)).toMatchObject(again ? [first, second] : [first]);
    });

    test("reads our lock of the form's fields, and finds it kept by a second signature", async () => {
      const path = await signed("lock", { placement: rectangle, overrides: { lockFields: true } }, true);
      expect(await ask(path)).toMatchObject([
        { intact: true, level: null, permitted: true, locked: ["Name"] },
        { intact: true, locked: null },
      ]);
    });

    test("finds a field's conditions kept that we found kept", async () => {
      const source = join(folder, "seed.pdf");
      const fieldEntries =
        "/SV << /Type /SV /Ff 8 /Reasons [(Approved) (Seen)] /MDP << /P 2 >> /Cert << /Type /SVCert /Ff 32 /KeyUsage [(X1)] >> >>";
      await writeFile(source, makePdf({ form: "with-signature-field", fieldEntries }));
      const staged = join(folder, "seed-signed.pdf");
      const outcome = await signAs(people.first, source, staged, {
        placement: { kind: "field", field: "Approval" },
        reason: "Seen",
        overrides: { certification: "forms", chain: people.first.chain },
      });
      expect(outcome).toMatchObject({ ok: true });
      expect(await ask(staged)).toMatchObject([{ intact: true, level: 2, seed: null }]);
    });
  });
});
