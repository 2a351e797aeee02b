import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { FlowInput, FlowState, FlowStep, SigningProvider } from "../../../electron/providers/provider.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { JournalConflict } from "../../../electron/storage/journal-errors.ts";
import { baseDocument } from "../../attacks/base-documents.ts";
import { body, bytesOfText, revise, swap } from "../../attacks/raw-document.ts";
import type { RawDocument } from "../../attacks/raw-document.ts";
import { PART, signRaw } from "../../attacks/sign-raw.ts";
import { issue, makePki } from "../../attacks/test-authority.ts";
import type { Identity, TestPki } from "../../attacks/test-authority.ts";
import { environmentOver, makeWorld, openInstance, unchangedOriginals } from "./signing-world.ts";
import type { World } from "./signing-world.ts";

let pki: TestPki;
let ada: Identity;

beforeAll(async () => {
  pki = await makePki();
  ada = await issue({ subject: "ADA MARIA MÜLLER-LÜDENSCHEIDT", issuer: pki.root });
});

const ORIGINAL: RawDocument = baseDocument();
const SIGNER = { givenName: "Ada", surname: "Mueller-Lüdenscheidt" };

type Reply = (sent: Uint8Array) => Uint8Array;
const signed = (document: RawDocument, who: Identity = ada): Uint8Array => bytesOfText(signRaw(document, who).text);

/** A provider that takes whole documents, and gives back what the case says. */
function provider(reply: Reply, log: string[] = []): SigningProvider {
  const step = (state: FlowState, input: FlowInput): Promise<FlowStep> | FlowStep => {
    log.push(`${state.step} ${input.kind}`);
    if (input.kind === "cancel") {
      return { kind: "failed", state, failure: { code: "provider.cancelled" } };
    }
    if (state.step === "ordered" && input.kind === "documents") {
      return Promise.all(
        input.documents.map(async (document) => {
          const read = await document.read();
          return read.ok ? { id: document.id, bytes: reply(read.value) } : null;
        }),
      ).then((documents) => ({
        kind: "signed-documents",
        state: { step: "fetched" },
        documents: documents.filter((one) => one !== null),
        signers: [SIGNER],
      }));
    }
    return state.step === "fetched"
      ? { kind: "done", state }
      : { kind: "need-documents", state: { step: "ordered" }, documents: state["documents"] as string[] };
  };
  return {
    descriptor: {
      id: "idnow",
      takes: "document",
      returns: "signed-document",
      certificateKnown: "after-signing",
      drawsMark: true,
      maximumDocuments: 10,
      digestAlgorithms: ["SHA-256"],
      languages: [],
    },
    check: () => null,
    begin: (order) => ({ step: "begin", documents: order.documents.map(({ id }) => id) }),
    advance: async (state, input) => step(state.step === "ordered" ? { ...state, documents: ["1"] } : state, input),
  };
}

const environmentOf = (own: SigningProvider): SigningEnvironment => environmentOver(own, pki.rootCertificate);

async function worldWith(document: RawDocument): Promise<World> {
  const world = await makeWorld(["a.pdf"]);
  const bytes = Buffer.from(bytesOfText(document.text));
  await writeFile(join(world.folder, "a.pdf"), bytes);
  (world.originals as Map<string, Buffer>).set("a.pdf", bytes);
  return world;
}

const REQUEST = { provider: "idnow", level: "B-B", placement: { kind: "invisible" } } as const;
const kept = (world: World): Promise<readonly string[]> =>
  readdir(join(dirname(world.database), "returned")).catch(() => []);

async function signWith(reply: Reply, document = ORIGINAL) {
  const world = await worldWith(document);
  const instance = openInstance(world, environmentOf(provider(reply)));
  await instance.sign(REQUEST);
  const told = instance.progress.at(-1)?.told;
  instance.close();
  expect(await unchangedOriginals(world)).toBe(true);
  return { world, told };
}

describe("a provider that gives back whole documents", () => {
  test("what was sent plus one signature by the person ordered is delivered, and nothing else is left", async () => {
    const { world, told } = await signWith(() => signed(ORIGINAL));
    expect(told).toMatchObject({ kind: "delivered", level: "B-B", notice: null });
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    expect(await kept(world)).toEqual([]);
    const output = await readFile(join(world.folder, "a-signed.pdf"));
    expect(output.subarray(0, ORIGINAL.text.length).equals(Buffer.from(bytesOfText(ORIGINAL.text)))).toBe(true);
  });

  const changedPage = (): RawDocument =>
    revise(ORIGINAL, {
      [PART.page]: swap(body(ORIGINAL, PART.page), /\/MediaBox \[[^\]]*\]/u, "/MediaBox [0 0 300 300]"),
    });
  test.for<readonly [string, string, () => Uint8Array]>([
    ["another document", "returned.not-ours", () => signed(baseDocument({ 5: "<< /Title (Other) >>" }))],
    ["the document itself, unsigned", "returned.not-ours", () => bytesOfText(ORIGINAL.text)],
    ["half of the document", "returned.not-ours", () => bytesOfText(ORIGINAL.text).slice(0, 200)],
    ["nothing", "returned.not-ours", () => new Uint8Array()],
    ["a page error instead of a PDF file", "returned.not-ours", () => Buffer.from("<html>502</html>")],
    [
      "one byte of the original changed",
      "returned.not-ours",
      () => {
        const bytes = signed(ORIGINAL);
        bytes[120] = (bytes[120] ?? 0) ^ 1;
        return bytes;
      },
    ],
    ["an update without a signature", "returned.not-signed", () => bytesOfText(revise(ORIGINAL, {}).text)],
    ["somebody else's signature", "returned.other-signer", () => signed(ORIGINAL, pki.other)],
    [
      "a signature whose value is wrong",
      "output.verification",
      () => {
        const document = signRaw(ORIGINAL, ada, { value: () => new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x01]) });
        return bytesOfText(document.text);
      },
    ],
  ])("%s is refused (%s), and kept for a look", async ([, code, reply]) => {
    const { world, told } = await signWith(reply);
    expect(told).toMatchObject({ kind: "failed", failure: { code } });
    expect(await world.made()).toEqual([]);
    expect(await kept(world)).toHaveLength(1);
  });

  test("a page that was changed before it was signed is refused, though the signature over it is good", async () => {
    const { told } = await signWith(() => signed(changedPage()));
    expect(told).toMatchObject({ kind: "failed", failure: { code: "returned.changed" } });
  });

  test("an earlier signature in the document stays, and does not count as the person's", async () => {
    const earlier = signRaw(ORIGINAL, pki.other);
    const good = await signWith(() => bytesOfText(signRaw(earlier, ada, { field: "Second" }).text), earlier);
    expect(good.told).toMatchObject({ kind: "delivered" });
    const none = await signWith(() => bytesOfText(revise(earlier, {}).text), earlier);
    expect(none.told).toMatchObject({ kind: "failed", failure: { code: "returned.not-signed" } });
  });

  test("a document that changed on the disk after the yes is not sent", async () => {
    const world = await worldWith(ORIGINAL);
    const instance = openInstance(world, environmentOf(provider(() => signed(ORIGINAL))), {
      wrapSteps: (steps) => ({
        ...steps,
        send: async (item) => {
          await writeFile(item.sourcePath, `${ORIGINAL.text} `);
          return steps.send(item);
        },
      }),
    });
    await instance.sign(REQUEST);
    expect(instance.progress.at(-1)?.told).toMatchObject({ failure: { code: "document.changed-on-disk" } });
    instance.close();
  });

  test("a crash after the document came back delivers it at the next start without asking the provider again", async () => {
    const world = await worldWith(ORIGINAL);
    const log: string[] = [];
    const own = environmentOf(provider(() => signed(ORIGINAL), log));
    const first = openInstance(world, own, {
      wrapSteps: (steps) => ({
        ...steps,
        finish: () => {
          throw new JournalConflict("killed");
        },
      }),
    });
    await first.sign(REQUEST);
    first.close();
    expect(await world.made()).toEqual([]);
    await rm(join(world.folder, "a.pdf"));
    const second = openInstance(world, own);
    await second.resume();
    expect(second.progress.at(-1)?.told).toMatchObject({ kind: "delivered" });
    expect(await readFile(join(world.folder, "a-signed.pdf"))).toEqual(Buffer.from(signed(ORIGINAL)));
    expect(log.filter((line) => line.endsWith("documents"))).toHaveLength(1);
    second.close();
  });

  test("a certification of our own cannot be ordered from a provider that draws the signature itself", async () => {
    const world = await worldWith(ORIGINAL);
    const instance = openInstance(world, environmentOf(provider(() => signed(ORIGINAL))));
    const reviewed = await instance.review({ ...REQUEST, certification: "no-changes" });
    expect(reviewed).toMatchObject({ ok: false, failure: { code: "provider.own-mark" } });
    instance.close();
  });
});
