import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import type { HttpClient } from "../../../electron/net/http-client.ts";
import { createExtension } from "../../../electron/services/extending/create-extension.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { type Journal } from "../../../electron/storage/journal.ts";
import { JournalConflict } from "../../../electron/storage/journal-errors.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import { makeWorld, openInstance, sandboxEnvironment, unchangedOriginals } from "./signing-world.ts";

let folder: string;
let sandbox: Sandbox;
let http: HttpClient;
let environment: SigningEnvironment;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-long-term-"));
  sandbox = await startSandbox({ folder, autoApprove: true });
  http = createHttpClient();
  const practice = sandboxEnvironment(sandbox);
  const anchors = practice.trustAnchors;
  const timestampUrl = sandbox.baseUrls.tsa;
  const now = (): Date => new Date();
  const extend = createExtension({ transport: http, timestampUrl, anchors, timestampAnchors: anchors, now });
  environment = { ...practice, extend };
});
afterEach(() => sandbox.control.clearFaults());
afterAll(async () => {
  await http.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const reportOf = (path: string) => verifyFile(path, { trustAnchors: environment.trustAnchors });
/** The journal of a program that ends just before this is written: what follows never happens. */
const endingBefore = (method: "storeAssembled" | "storeDelivered") => (journal: Journal) =>
  new Proxy(journal, {
    get: (own, key) => {
      if (key === method) {
        return () => {
          throw new JournalConflict("killed");
        };
      }
      const value: unknown = Reflect.get(own, key);
      return typeof value === "function" ? value.bind(own) : value;
    },
  });

describe("signing to B-LTA", () => {
  test.each(["storeAssembled", "storeDelivered"] as const)(
    "that ends before %s is finished at the next start, once, with the same approval",
    async (method) => {
      const world = await makeWorld(["contract.pdf"]);
      const approvals = (): number => sandbox.control.itsme.sessions().filter(({ kind }) => kind === "signing").length;
      const before = approvals();
      const first = openInstance(world, environment, { wrapJournal: endingBefore(method) });
      await first.sign({ level: "B-LTA" }).catch((error: unknown) => {
        if (!(error instanceof JournalConflict)) {
          throw error;
        }
      });
      first.close();
      const second = openInstance(world, environment, { owner: 2 });
      await second.resume();
      second.close();
      expect(await world.made()).toEqual(["contract-signed.pdf"]);
      const report = await reportOf(join(world.folder, "contract-signed.pdf"));
      expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ level: "B-LTA" }, {}] });
      expect(report.signatures).toHaveLength(2);
      expect(approvals() - before).toBe(1);
      expect(await unchangedOriginals(world)).toBe(true);
    },
  );

  test("delivers what was reached, with a notice, when the archive timestamp cannot be had", async () => {
    const world = await makeWorld(["contract.pdf"]);
    const instance = openInstance(world, environment, {
      wrapSteps: (steps) => ({
        ...steps,
        finish: (item, level, onStep, signal) =>
          steps.finish(
            item,
            level,
            (step) => {
              onStep(step);
              // From here on the timestamp authority is away.
              if (step === "extending") {
                sandbox.control.addFault({ operation: "tsa", times: 10, status: 503 });
              }
            },
            signal,
          ),
      }),
    });
    await instance.sign({ level: "B-LTA" });
    instance.close();
    const delivered = instance.progress.find(({ told }) => told.kind === "delivered")?.told;
    expect(delivered).toMatchObject({
      kind: "delivered",
      level: "B-LT",
      notice: { code: "timestamp.unreachable" },
    });
    const report = await reportOf(join(world.folder, "contract-signed.pdf"));
    expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ level: "B-LT" }] });
  });
});
