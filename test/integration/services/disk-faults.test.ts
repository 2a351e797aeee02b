import { spawnSync } from "node:child_process";
import {
  appendFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  statfs,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import type { SigningSteps } from "../../../electron/services/signing/signing-steps.ts";
import type { ItemRecord } from "../../../electron/storage/journal-record.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import { makeWorld, openInstance, sandboxEnvironment } from "./signing-world.ts";
import type { Instance } from "./signing-world.ts";

/** Something happens on the disk just before the step. */
const before =
  (step: "prepare" | "finish", mischief: (item: ItemRecord) => Promise<unknown>) =>
  (steps: SigningSteps): SigningSteps => ({
    ...steps,
    ...(step === "prepare"
      ? {
          prepare: async (item, ...rest) => {
            await mischief(item);
            return steps.prepare(item, ...rest);
          },
        }
      : {
          finish: async (item, ...rest) => {
            await mischief(item);
            return steps.finish(item, ...rest);
          },
        }),
  });

const patient = { timeout: 30_000, interval: 10 };

async function flipByte(path: string, offset: number): Promise<void> {
  const handle = await open(path, "r+");
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, offset);
  byte.writeUInt8(byte.readUInt8(0) ^ 1, 0);
  await handle.write(byte, 0, 1, offset);
  await handle.close();
}

const failures = (instance: Instance): readonly (string | undefined)[] =>
  instance.progress.flatMap(({ told }) =>
    told.kind === "failed" || told.kind === "needs-attention" ? [`${told.kind} ${told.failure.code}`] : [],
  );

describe("what can happen to the disk while a document is signed", () => {
  let folder: string;
  let sandbox: Sandbox;
  let environment: SigningEnvironment;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-faults-"));
    sandbox = await startSandbox({ folder, autoApprove: true });
    environment = sandboxEnvironment(sandbox);
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  const approvals = (): number => sandbox.control.itsme.sessions().filter(({ kind }) => kind === "signing").length;
  const passes = async (path: string): Promise<boolean> =>
    (await verifyFile(path, { trustAnchors: environment.trustAnchors })).verdict === "TOTAL-PASSED";

  test.each([
    ["deleted", (item: ItemRecord) => rm(item.stagedPath)],
    ["cut short", (item: ItemRecord) => truncate(item.stagedPath, 700)],
    ["grown", (item: ItemRecord) => appendFile(item.stagedPath, "\n% somebody else's")],
    ["changed at its start", (item: ItemRecord) => flipByte(item.stagedPath, 40)],
    ["changed in what is new", (item: ItemRecord) => flipByte(item.stagedPath, (item.prepared?.stagedSize ?? 0) - 60)],
    ["replaced", (item: ItemRecord) => writeFile(item.stagedPath, "%PDF-1.7 something else")],
  ])("a staged file that was %s is made again from the original, byte for byte", async (_what, mischief) => {
    const world = await makeWorld(["a.pdf"]);
    const count = approvals();
    const instance = openInstance(world, environment, { wrapSteps: before("finish", mischief) });
    await instance.sign();
    instance.close();
    expect([instance.ends, failures(instance)]).toEqual([[{ kind: "done", signed: 1, failed: 0 }], []]);
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    expect(await passes(join(world.folder, "a-signed.pdf"))).toBe(true);
    expect(approvals() - count).toBe(1);
  });

  test("a staged file that was changed is never delivered when the original changed too", async () => {
    const world = await makeWorld(["a.pdf"]);
    const instance = openInstance(world, environment, {
      wrapSteps: before("finish", async (item) => {
        await flipByte(item.stagedPath, 40);
        await flipByte(item.sourcePath, 41);
      }),
    });
    await instance.sign();
    expect(failures(instance)).toEqual([expect.stringMatching(/^failed (document\.changed-on-disk|output\.)/u)]);
    expect(await world.made()).toEqual([]);
    expect(instance.journal.unfinished()).toEqual([]);
    instance.close();
  });

  test.each([
    ["deleted", (item: ItemRecord) => rm(item.sourcePath)],
    ["changed", (item: ItemRecord) => flipByte(item.sourcePath, 40)],
  ])("an original that was %s after the approval does not cost the person the signature", async (_what, mischief) => {
    const world = await makeWorld(["a.pdf"]);
    const instance = openInstance(world, environment, { wrapSteps: before("finish", mischief) });
    await instance.sign();
    instance.close();
    expect(instance.ends).toEqual([{ kind: "done", signed: 1, failed: 0 }]);
    const signed = await readFile(join(world.folder, "a-signed.pdf"));
    const original = world.originals.get("a.pdf") ?? Buffer.alloc(0);
    expect(signed.subarray(0, original.length)).toEqual(original);
    expect(await passes(join(world.folder, "a-signed.pdf"))).toBe(true);
  });

  test.each([
    ["changed", "document.changed-on-disk", (item: ItemRecord) => flipByte(item.sourcePath, 40)],
    ["grown", "document.changed-on-disk", (item: ItemRecord) => appendFile(item.sourcePath, "\n% more")],
    ["deleted", "document.not-found", (item: ItemRecord) => rm(item.sourcePath)],
  ])("an original that was %s since the review is not signed, and nobody is asked", async (_what, code, mischief) => {
    const world = await makeWorld(["a.pdf"]);
    const count = approvals();
    const instance = openInstance(world, environment, { wrapSteps: before("prepare", mischief) });
    await instance.sign();
    instance.close();
    expect(failures(instance)).toEqual([`failed ${code}`]);
    expect(instance.ends).toMatchObject([{ kind: "failed", failure: { code } }]);
    expect(approvals()).toBe(count);
    expect(await world.made()).toEqual([]);
  });

  test("a name that somebody took meanwhile is left alone; the result gets the next free one", async () => {
    const world = await makeWorld(["a.pdf"]);
    const instance = openInstance(world, environment, {
      wrapSteps: before("finish", (item) => writeFile(item.outputPath, "somebody else's")),
    });
    await instance.sign();
    instance.close();
    expect(await world.made()).toEqual(["a-signed-2.pdf", "a-signed.pdf"]);
    expect(await readFile(join(world.folder, "a-signed.pdf"), "utf8")).toBe("somebody else's");
    expect(await passes(join(world.folder, "a-signed-2.pdf"))).toBe(true);
  });

  test("a folder that is gone after the approval keeps the approval until it is back", async () => {
    const world = await makeWorld(["a.pdf"]);
    const outputFolder = await mkdtemp(join(tmpdir(), "sealdesk-out-"));
    onTestFinished(() => rm(outputFolder, { recursive: true, force: true }));
    const count = approvals();
    const first = openInstance(world, environment, {
      outputFolder,
      wrapSteps: before("finish", () => rm(outputFolder, { recursive: true })),
    });
    await first.sign();
    expect(failures(first)).toEqual(["needs-attention output.folder-missing"]);
    first.close();
    await mkdir(outputFolder);
    const second = openInstance(world, environment, { owner: 2 });
    expect(await second.resume()).toBe(1);
    second.close();
    expect(await readdir(outputFolder)).toEqual(["a-signed.pdf"]);
    expect(await passes(join(outputFolder, "a-signed.pdf"))).toBe(true);
    expect(approvals() - count).toBe(1);
  });

  test("a folder that is gone before the approval is told before anybody is asked", async () => {
    const world = await makeWorld(["a.pdf"]);
    const outputFolder = await mkdtemp(join(tmpdir(), "sealdesk-out-"));
    const count = approvals();
    const instance = openInstance(world, environment, {
      outputFolder,
      wrapSteps: before("prepare", () => rm(outputFolder, { recursive: true })),
    });
    await instance.sign();
    instance.close();
    expect([failures(instance), approvals()]).toEqual([["failed output.folder-missing"], count]);
  });

  const tiny = join(tmpdir(), `sealdesk-tiny-${process.pid}`);
  const canMount = process.platform === "linux" && process.getuid?.() === 0 && mountTiny(tiny);
  afterAll(() => {
    if (canMount) {
      spawnSync("umount", [tiny], { timeout: 10_000 });
    }
    return rm(tiny, { recursive: true, force: true });
  });

  test.skipIf(!canMount)(
    "a disk that is full is told at the review, or before anybody is asked (needs mount)",
    async () => {
      const world = await makeWorld(["a.pdf"]);
      const options = { outputFolder: tiny };
      const roomy = openInstance(world, environment, {
        ...options,
        wrapSteps: before("prepare", async () => {
          const { bavail, bsize } = await statfs(tiny);
          await writeFile(join(tiny, "filler"), Buffer.alloc(bavail * bsize));
        }),
      });
      const count = approvals();
      await roomy.sign();
      roomy.close();
      expect([failures(roomy), approvals()]).toEqual([["failed output.disk-full"], count]);
      expect(await readdir(tiny)).toEqual(["filler"]);
      const full = openInstance(world, environment, options);
      expect(await full.review()).toMatchObject({ ok: false, failure: { code: "output.disk-full" } });
      full.close();
      await rm(join(tiny, "filler"));
    },
  );

  test.skipIf(!canMount)("a disk that becomes read-only keeps the approval (needs mount)", async () => {
    const world = await makeWorld(["a.pdf"]);
    const first = openInstance(world, environment, {
      outputFolder: tiny,
      wrapSteps: before("finish", async () => spawnSync("mount", ["-o", "remount,ro", tiny], { timeout: 10_000 })),
    });
    await first.sign();
    first.close();
    expect(failures(first)).toEqual(["needs-attention output.folder-read-only"]);
    spawnSync("mount", ["-o", "remount,rw", tiny], { timeout: 10_000 });
    const second = openInstance(world, environment, { owner: 2 });
    await second.resume();
    second.close();
    expect(await readdir(tiny)).toEqual(["a-signed.pdf"]);
    await rm(join(tiny, "a-signed.pdf"));
  });

  test("an earlier signature stays intact, also when the original is gone by then", async () => {
    const world = await makeWorld(["a.pdf"]);
    const first = openInstance(world, environment);
    await first.sign();
    first.close();
    const signed = await makeWorld([]);
    await writeFile(join(signed.folder, "a.pdf"), await readFile(join(world.folder, "a-signed.pdf")));
    const again = openInstance({ ...signed, originals: new Map([["a.pdf", Buffer.alloc(0)]]) }, environment, {
      wrapSteps: before("finish", (item) => rm(item.sourcePath)),
    });
    await again.sign();
    again.close();
    const result = join(signed.folder, "a-signed.pdf");
    const report = await verifyFile(result, { trustAnchors: environment.trustAnchors });
    expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ intact: true }, { intact: true }] });
    expect((await readdir(signed.folder)).map((path) => basename(path))).toEqual(["a-signed.pdf"]);
  });

  test("two instances on one journal: while the first lives, the second leaves its run alone", async () => {
    const world = await makeWorld(["a.pdf"]);
    sandbox.control.setAutoApprove(false);
    const first = openInstance(world, environment, { owner: 41 });
    const running = first.sign();
    await expect.poll(() => first.journal.unfinished().length, patient).toBe(1);
    const second = openInstance(world, environment, { owner: 42 });
    expect(second.service.unfinished((owner) => owner === 41)).toEqual([]);
    sandbox.control.setAutoApprove(true);
    await running;
    expect(await second.resume()).toBe(0);
    first.close();
    second.close();
    expect(await world.made()).toEqual(["a-signed.pdf"]);
  });

  test("closing the program in the middle and starting it again goes on where it was", async () => {
    const world = await makeWorld(["a.pdf"]);
    sandbox.control.setAutoApprove(false);
    const first = openInstance(world, environment);
    const running = first.sign();
    await expect.poll(() => first.journal.unfinished()[0]?.state.step, patient).toBe("identify-poll");
    await first.service.detach();
    await running;
    first.close();
    sandbox.control.setAutoApprove(true);
    const second = openInstance(world, environment, { owner: 2 });
    expect(await second.resume()).toBe(1);
    second.close();
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    expect((await stat(join(world.folder, "a-signed.pdf"))).size).toBeGreaterThan(1000);
  });
});

/** One megabyte of disk. */
function mountTiny(path: string): boolean {
  spawnSync("mkdir", ["-p", path], { timeout: 10_000 });
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path], { timeout: 10_000 }).status === 0;
}
