import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Application } from "../../../electron/services/application/application.ts";
import type { ApplicationPorts } from "../../../electron/services/ports.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import type { ConnectedPractice } from "../../../sandbox/connect-practice.ts";
import { announceSandbox } from "../../../sandbox/running-sandbox.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import type { BankIdDetails } from "../../../shared/order-details.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { newFolder, openApplication } from "./open-application.ts";

let folder: string;
let sandbox: Sandbox;
let practice: ConnectedPractice;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-bankid-"));
  sandbox = await startSandbox({ folder });
  await announceSandbox(sandbox, process.pid);
  practice = await connectPractice(folder);
}, 60_000);
beforeEach(() => sandbox.control.reset());
afterAll(async () => {
  await practice.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const DETAILS: BankIdDetails = {
  provider: "bankid",
  personalNumber: null,
  language: "sv",
  format: "plain",
  start: "qr",
};

async function opened(files: Readonly<Record<string, Uint8Array>>, ports: Partial<ApplicationPorts> = {}) {
  const data = await newFolder();
  const documents = await newFolder();
  const paths = await Promise.all(
    Object.entries(files).map(async ([name, bytes]) => {
      const path = join(documents, name);
      await writeFile(path, bytes);
      return path;
    }),
  );
  const application = openApplication(data, practice, ports);
  const { opened: ids, refused } = await application.openFiles(paths);
  expect(refused).toEqual([]);
  return { application, documents, ids, paths };
}

async function reviewed(
  application: Application,
  documents: SignRequest["documents"],
  details: Partial<BankIdDetails> = {},
) {
  const answer = await application.handlers["signing.review"]({
    request: {
      provider: "bankid",
      documents: [...documents],
      placement: { kind: "invisible" },
      level: "B-T",
      language: "EN",
      details: { ...DETAILS, ...details },
    },
  });
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

const start = async (application: Application, review: Awaited<ReturnType<typeof reviewed>>["review"]) => {
  const started = await application.handlers["signing.start"]({ review });
  if (!started.ok) throw new Error(started.failure.code);
  return started.value.transaction;
};

const orders = () => sandbox.control.bankid.orders();
const run = (application: Application) => application.state.current.transactions.at(-1)!;

/** Its cross-reference table is somewhere else than the file says. */
function damaged(): Uint8Array {
  const text = Buffer.from(makePdf({ pages: 2 })).toString("latin1");
  return Buffer.from(text.replace(/startxref\s+\d+/u, "startxref\n7"), "latin1");
}

test("the app shows exactly the text of the sheet, which names pages; hidden data differ by number and time alone", async () => {
  const files = { "Köpekontrakt.pdf": makePdf({ pages: 3 }), "damaged.pdf": damaged() };
  const { application, documents, ids } = await opened(files);
  for (const format of ["plain", "simpleMarkdownV1"] as const) {
    for (const language of ["sv", "en"] as const) {
      const { review, sheet } = await reviewed(application, [...ids], { language, format });
      expect(sheet).toMatchObject({
        sends: "text",
        rewritten: [],
        evidence: { sealedBy: expect.any(String) as string },
      });
      const text = sheet.text!;
      expect(text.visible).toContain(language === "sv" ? "3 sidor" : "3 pages");
      expect(text.visible).toContain(language === "sv" ? "2 sidor" : "2 pages");
      const before = orders().length;
      const transaction = await start(application, review);
      await expect.poll(() => orders().length, { timeout: 10_000 }).toBe(before + 1);
      const order = orders().at(-1)!;
      expect(order.visibleText).toBe(text.visible);
      expect(order.format).toBe(format === "plain" ? null : format);
      const sent = JSON.parse(order.hiddenData) as Record<string, unknown>;
      expect({ ...sent, order: "…", time: "…" }).toEqual(JSON.parse(text.hidden));
      await application.handlers["signing.cancel"]({ transaction });
      await expect.poll(() => run(application).outcome).not.toBeNull();
      // What was refused can be signed again at once, and leaves nothing behind.
      await application.handlers["signing.dismiss"]({ transaction });
      expect((await readdir(documents)).toSorted()).toEqual(Object.keys(files).toSorted());
    }
  }
});

test("a document that changes after the sheet is never named in an order", async () => {
  const { application, ids, paths } = await opened({ "a.pdf": makePdf(), "b.pdf": makePdf() });
  const { review } = await reviewed(application, [...ids]);
  await writeFile(paths[0]!, makePdf({ pages: 4 }));
  const started = await application.handlers["signing.start"]({ review });
  expect(started).toMatchObject({ ok: false, failure: { code: "document.changed-on-disk" } });
  expect(orders()).toEqual([]);
});

test("in practice the link opens the page that plays the app, once, and no program of the real world", async () => {
  const phone: string[] = [];
  const programs: string[] = [];
  const desktop = {
    openFile: async () => true,
    showInFolder: () => undefined,
    notify: () => undefined,
    openPracticePhone: async (url: string) => void phone.push(url),
    openWebPage: async () => true,
    openProgram: async (address: string) => {
      programs.push(address);
      return true;
    },
  };
  const { application, ids } = await opened({ "a.pdf": makePdf() }, { desktop });
  const { review } = await reviewed(application, [...ids]);
  const transaction = await start(application, review);
  await expect.poll(() => run(application).interaction?.kind, { timeout: 10_000 }).toBe("qr");
  const interaction = run(application).interaction!;
  await application.handlers["signing.answer"]({
    transaction,
    interaction: interaction.id,
    answer: { kind: "open-app" },
  });
  await expect.poll(() => phone.length).toBe(1);
  expect(phone[0]).toMatch(/\/phone\?autostarttoken=[0-9a-f-]{36}&redirect=null$/u);
  // The link stays in main.
  expect(JSON.stringify(application.state.current)).not.toContain("autostarttoken");
  expect(JSON.stringify(application.state.current)).not.toContain("openLink");
  // The flow shows the same question again at each poll.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect([phone.length, programs.length]).toEqual([1, 0]);
  await application.handlers["signing.cancel"]({ transaction });
  await expect.poll(() => run(application).outcome).toMatchObject({ kind: "failed" });
});

test("a number with a mistake is refused by main, whatever the window thinks", async () => {
  const { application, ids } = await opened({ "a.pdf": makePdf() });
  const { contract } = await import("../../../shared/ipc.ts");
  const request = {
    provider: "bankid",
    documents: [...ids],
    placement: { kind: "invisible" },
    level: "B-T",
    language: "EN",
    details: { ...DETAILS, personalNumber: "198112189875" },
  };
  expect(contract.signing.review.input.safeParse({ request }).success).toBe(false);
  const right = { ...request, details: { ...DETAILS, personalNumber: "198112189876" } };
  expect(contract.signing.review.input.safeParse({ request: right }).success).toBe(true);
  expect(application.state.current.transactions).toEqual([]);
});
