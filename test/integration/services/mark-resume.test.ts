import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JournalConflict } from "../../../electron/storage/journal-errors.ts";
import { openPictures } from "../../../electron/storage/picture-store.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import { USUAL_INITIALS, USUAL_MARK } from "../../../shared/mark-design.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { PEN_STROKE } from "../../harness/renderer/mark-answers.ts";
import { hasTool, mustRun } from "../../interop/pades/run-tool.ts";
import { makeWorld, openInstance, sandboxEnvironment } from "./signing-world.ts";

const shown = hasTool("pdftotext") && hasTool("pdfimages");

describe.skipIf(!shown)(`a run with a mark${shown ? "" : " (skipped: poppler-utils not installed)"}`, () => {
  let folder: string;
  let sandbox: Sandbox;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-mark-resume-"));
    sandbox = await startSandbox({ folder, autoApprove: true });
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("that was approved and lost its staged file draws the same mark again, so that the approval fits", async () => {
    const world = await makeWorld(["a.pdf"]);
    const environment = sandboxEnvironment(sandbox);
    const picture = openPictures(join(dirname(world.database), "pictures")).put(PEN_STROKE);
    const request: Partial<SignRequest> = {
      location: "Gent",
      mark: {
        ...USUAL_MARK,
        lines: ["Seen by {name}", "{location}, {date} {time}"],
        picture,
        layout: "picture-left",
        qr: { kind: "digest" },
      },
      initials: { ...USUAL_INITIALS, picture },
    };
    const first = openInstance(world, environment, {
      wrapSteps: (steps) => ({
        ...steps,
        finish: async () => {
          throw new JournalConflict("killed");
        },
      }),
    });
    await first.sign(request).catch(() => undefined);
    first.close();
    const [staged] = (await readdir(world.folder)).filter((name) => name.endsWith(".part"));
    await rm(join(world.folder, staged!));

    const second = openInstance(world, environment, { owner: 2 });
    expect(await second.resume()).toBe(1);
    second.close();
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    const signed = join(world.folder, "a-signed.pdf");
    expect((await verifyFile(signed, { trustAnchors: environment.trustAnchors })).verdict).toBe("TOTAL-PASSED");
    const text = await mustRun("pdftotext", [signed, "-"]);
    expect(text).toContain("Seen by");
    expect(text).toContain("Gent,");
    expect(text).toContain("PRACTICE");
    expect((await mustRun("pdfimages", ["-list", signed])).match(/image\s+300\s+110/gu)).toHaveLength(2);
  });
});
