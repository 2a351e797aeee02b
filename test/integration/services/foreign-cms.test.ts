import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { FlowInput, FlowState, FlowStep, SigningProvider } from "../../../electron/providers/provider.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import type { SigningSteps } from "../../../electron/services/signing/signing-steps.ts";
import { JournalConflict } from "../../../electron/storage/journal-errors.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { issue, makePki } from "../../attacks/test-authority.ts";
import type { Identity, TestPki } from "../../attacks/test-authority.ts";
import { makeCms } from "../../attacks/test-cms.ts";
import type { CmsOptions } from "../../attacks/test-cms.ts";
import { environmentOver, makeWorld, openInstance, unchangedOriginals } from "./signing-world.ts";

let pki: TestPki;
let ada: Identity;
beforeAll(async () => {
  pki = await makePki();
  ada = await issue({ subject: "LOVELACE ADA", issuer: pki.root });
});

type Value = (digest: Uint8Array, index: number) => Uint8Array;
const cmsBy =
  (options: Partial<CmsOptions> = {}): Value =>
  (digest) =>
    makeCms(digest, { who: ada, ...options });

/** A provider that gets digests of documents and answers with a CMS for each. */
function provider(value: Value, asked: string[]): SigningProvider {
  const step = (state: FlowState, input: FlowInput): FlowStep => {
    if (input.kind === "document-digests") {
      asked.push(...input.digests.map(({ digest }) => digest));
      return {
        kind: "values",
        state: { step: "got" },
        cms: { signers: [{ givenName: "Ada", surname: "Lovelace" }] },
        values: input.digests.map(({ id, digest }, index) => ({
          id,
          value: Buffer.from(value(Buffer.from(digest, "hex"), index)).toString("base64"),
        })),
      };
    }
    return state.step === "got"
      ? { kind: "done", state }
      : { kind: "need-document-digests", state, documents: state["documents"] as string[], algorithm: "SHA-256" };
  };
  return {
    descriptor: {
      id: "idnow",
      takes: "hash",
      returns: "cms",
      certificateKnown: "after-signing",
      maximumDocuments: 10,
      digestAlgorithms: ["SHA-256"],
      languages: [],
    },
    check: () => null,
    begin: (order) => ({ step: "begin", documents: order.documents.map(({ id }) => id) }),
    advance: async (state, input) => step(state, input),
  };
}

const environmentOf = (own: SigningProvider): SigningEnvironment => environmentOver(own, pki.rootCertificate);

const REQUEST = { provider: "idnow", level: "B-B" } as const;

async function signWith(
  value: Value,
  names: readonly string[] = ["a.pdf"],
  wrap?: (steps: SigningSteps) => SigningSteps,
) {
  const world = await makeWorld(names);
  const asked: string[] = [];
  const environment = environmentOf(provider(value, asked));
  const instance = openInstance(world, environment, wrap === undefined ? {} : { wrapSteps: wrap });
  await instance.sign(REQUEST);
  instance.close();
  const told = names.map((_, index) => instance.progress.findLast(({ item }) => item === String(index + 1))?.told);
  expect(await unchangedOriginals(world)).toBe(true);
  return { world, told, asked, environment };
}

describe("a provider that answers a document's digest with a whole CMS", () => {
  test("its signature is delivered at B-B, by the person whom the CMS names", async () => {
    const { world, told } = await signWith(cmsBy());
    expect(told).toMatchObject([{ kind: "delivered", level: "B-B" }]);
    const report = await verifyFile(join(world.folder, "a-signed.pdf"), {
      trustAnchors: [pki.rootCertificate],
      revocation: "not-checked",
    });
    expect(report.verdict).toBe("TOTAL-PASSED");
    expect(report.signatures).toMatchObject([{ signer: "LOVELACE ADA", level: "B-B", intact: true }]);
  });

  test.for<readonly [string, Value]>([
    [
      "a CMS over another digest",
      (digest) =>
        makeCms(
          digest.map((byte) => byte ^ 1),
          { who: pki.person },
        ),
    ],
    ["something that is no CMS", () => Buffer.from("signature")],
    [
      "a raw value without a certificate",
      (digest) => ada.key.sign({ kind: "ecdsa", digest: "SHA-256", format: "der" }, digest),
    ],
    ["an empty answer", () => new Uint8Array()],
  ])("%s is not embedded", async ([, value]) => {
    const { world, told } = await signWith(value);
    expect(told).toMatchObject([{ kind: "failed", failure: { code: "provider.signature-invalid" } }]);
    expect(await world.made()).toEqual([]);
  });

  test("somebody else's signature is not embedded", async () => {
    const { told } = await signWith(cmsBy({ who: pki.other }));
    expect(told).toMatchObject([{ kind: "failed", failure: { code: "returned.other-signer" } }]);
  });

  test("one bad answer does not stop the other document", async () => {
    const good = cmsBy();
    const { world, told } = await signWith(
      (digest, index) => (index === 0 ? new Uint8Array() : good(digest, index)),
      ["a.pdf", "b.pdf"],
    );
    expect(told).toMatchObject([{ kind: "failed" }, { kind: "delivered" }]);
    expect(await world.made()).toEqual(["b-signed.pdf"]);
  });

  test("after a crash the approved signature is delivered without asking again, also when the staged file is gone", async () => {
    const { world, asked, environment } = await signWith(cmsBy(), ["a.pdf"], (steps) => ({
      ...steps,
      finish: async (item) => {
        await steps.discard(item);
        throw new JournalConflict("killed");
      },
    }));
    const second = openInstance(world, environment);
    await second.resume();
    second.close();
    expect(second.progress.at(-1)?.told).toMatchObject({ kind: "delivered", level: "B-B" });
    expect(asked).toHaveLength(1);
    expect((await readFile(join(world.folder, "a-signed.pdf"))).length).toBeGreaterThan(1000);
  });
});
