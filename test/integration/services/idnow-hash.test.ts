import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { IdnowProfileInput } from "../../../electron/providers/idnow/idnow-profile.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { IdnowFlaws } from "../../../sandbox/idnow/flaws.ts";
import type { PadesLevel } from "../../../shared/verification.ts";
import { hasTool, mustRun } from "../../interop/pades/run-tool.ts";
import { openIdnowWorld, orderDetails, willingPerson } from "./idnow-world.ts";
import type { IdnowWorld } from "./idnow-world.ts";
import { makeWorld, openInstance, unchangedOriginals } from "./signing-world.ts";

/** The whole way of a digest: review, order, CMS or value from the practice IDnow, our file. */
let idnow: IdnowWorld;
beforeAll(async () => {
  idnow = await openIdnowWorld();
});
beforeEach(() => {
  idnow.sandbox.control.reset();
  idnow.sandbox.control.setAutoApprove(true);
});
afterAll(() => idnow.close());

const SIGNER = "Zoë Müller-Straße";
const ZOE = { firstname: "Zoë", surname: "Müller-Straße", country: "DE" };
const CMS = { kind: "cms" } as const;
const SOMEBODY = { firstname: "Somebody", surname: "Else", country: "DE" };

async function sign(
  hashAnswer: IdnowProfileInput["hashAnswer"],
  names: readonly string[] = ["a.pdf"],
  level: PadesLevel = "B-B",
) {
  const world = await makeWorld(names);
  const environment = await idnow.environment({ sends: "hash", hashAnswer });
  const instance = openInstance(world, environment, { person: willingPerson });
  await instance.sign({ provider: "idnow", level, details: orderDetails });
  instance.close();
  const told = names.map((_, index) => instance.progress.findLast(({ item }) => item === String(index + 1))?.told);
  expect(await unchangedOriginals(world)).toBe(true);
  return { world, told, end: instance.ends.at(-1), environment };
}

/** What IDnow's people sign with, as an administrator would paste it into the profile. */
const rawAnswer = async (person = ZOE) => {
  idnow.sandbox.control.idnow.setAccount({ hashAnswer: "raw" });
  return { kind: "raw", certificateChain: await idnow.sandbox.control.idnow.certificateChain(person) } as const;
};

type Signed = Awaited<ReturnType<typeof sign>>;

async function expectGood({ world, environment }: Signed, name: string, level: PadesLevel): Promise<void> {
  const path = join(world.folder, name);
  const report = await verifyFile(path, { trustAnchors: environment.trustAnchors, revocation: "not-checked" });
  expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ signer: SIGNER, level, intact: true }] });
}

const canRead = hasTool("pdftotext");
const skipped = canRead ? "" : " (skipped: poppler-utils not installed)";
test.skipIf(!canRead).for(["cms", "raw"] as const)(
  `our own mark names the person of the order, in practice, where the answer is a %s${skipped}`,
  async (kind) => {
    const { world } = await sign(kind === "cms" ? CMS : await rawAnswer());
    const drawn = await mustRun("pdftotext", ["-layout", join(world.folder, "a-signed.pdf"), "-"]);
    expect(drawn).toContain(SIGNER);
    expect(drawn).toContain("PRACTICE");
    expect(drawn).toContain("IDnow");
  },
);

describe("a CMS for the digest of each document", () => {
  test.for(["B-B", "B-T", "B-LT"] as const)("is delivered at %s", async (level) => {
    const signed = await sign(CMS, ["a.pdf"], level);
    expect(signed.told).toMatchObject([{ kind: "delivered", level, notice: null }]);
    await expectGood(signed, "a-signed.pdf", level);
  });

  test("signs several documents in one order, each with its own", async () => {
    const signed = await sign(CMS, ["a.pdf", "b.pdf", "c.pdf"]);
    expect(signed.told.map((told) => told?.kind)).toEqual(["delivered", "delivered", "delivered"]);
    for (const name of ["a-signed.pdf", "b-signed.pdf", "c-signed.pdf"]) {
      await expectGood(signed, name, "B-B");
    }
    // The person let IDnow delete it; the answer to that is the run's last step.
    expect(idnow.sandbox.control.idnow.orders()).toEqual([]);
  });

  test.for<readonly [string, Partial<IdnowFlaws>, string]>([
    ["over another digest", { hash: "other-digest" }, "provider.signature-invalid"],
    ["with a wrong value", { hash: "wrong-value" }, "provider.signature-invalid"],
    ["that is cut off", { hash: "cut" }, "provider.signature-invalid"],
    ["by somebody else", { signer: "somebody-else" }, "returned.other-signer"],
  ])("%s is refused, and nothing is written", async ([, flaws, code]) => {
    idnow.sandbox.control.idnow.setFlaws(flaws);
    const { world, told } = await sign(CMS);
    expect(told).toMatchObject([{ kind: "failed", failure: { code } }]);
    expect(await world.made()).toEqual([]);
  });
});

describe("a bare value for each document, by a certificate that the profile names", () => {
  test.for(["B-B", "B-T", "B-LT"] as const)("is delivered at %s", async (level) => {
    const signed = await sign(await rawAnswer(), ["a.pdf", "b.pdf"], level);
    expect(signed.told).toMatchObject([
      { kind: "delivered", level, notice: null },
      { kind: "delivered", level, notice: null },
    ]);
    await expectGood(signed, "a-signed.pdf", level);
    await expectGood(signed, "b-signed.pdf", level);
  });

  test.for<readonly [string, Partial<IdnowFlaws>]>([
    ["over another digest", { hash: "other-digest" }],
    ["that is wrong", { hash: "wrong-value" }],
    ["that is cut off", { hash: "cut" }],
    ["by somebody else", { signer: "somebody-else" }],
  ])("%s is refused, and nothing is written", async ([, flaws]) => {
    idnow.sandbox.control.idnow.setFlaws(flaws);
    const { world, told, end } = await sign(await rawAnswer());
    expect(end).toMatchObject({ kind: "failed", failure: { code: "provider.signature-invalid" } });
    expect(told).toMatchObject([{ kind: "failed", failure: { code: "provider.signature-invalid" } }]);
    expect(await world.made()).toEqual([]);
  });

  test("is refused when the profile names another person's certificate", async () => {
    const { world, told } = await sign(await rawAnswer(SOMEBODY));
    expect(told).toMatchObject([{ kind: "failed", failure: { code: "provider.signature-invalid" } }]);
    expect(await world.made()).toEqual([]);
  });

  test("is refused where a whole CMS was agreed on, and the other way round", async () => {
    const raw = await rawAnswer();
    const bare = await sign(CMS);
    expect(bare.told).toMatchObject([{ kind: "failed", failure: { code: "provider.signature-invalid" } }]);
    idnow.sandbox.control.idnow.setAccount({ hashAnswer: "cms" });
    const whole = await sign(raw);
    expect(whole.told).toMatchObject([{ kind: "failed", failure: { code: "provider.signature-invalid" } }]);
    expect([...(await bare.world.made()), ...(await whole.world.made())]).toEqual([]);
  });
});
