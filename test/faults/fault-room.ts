import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectPractice } from "../../sandbox/connect-practice.ts";
import { announceSandbox } from "../../sandbox/running-sandbox.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import type { BuiltProgram } from "./build-program.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { beginFastTime, nowIn } from "./fast-clock.ts";
import type { FastTime } from "./fast-clock.ts";
import { healProviders } from "./plan-contradictions.ts";
import { ProfileData } from "./profile-data.ts";
import type { PracticeFacts } from "./fault.ts";

/** Polling and pauses as the product has them, in a tenth of the time. */
const FASTER = 10;

/** Where faults are tried, one after the other. */
export interface FaultRoom {
  readonly sandbox: Sandbox;
  readonly practice: PracticeFacts;
  readonly built: BuiltProgram;
  readonly time: FastTime;
  readonly profiles: ProfileData;
  /** Takes back what the practice providers do differently. */
  readonly healProviders: () => void;
}

export interface OpenedRoom extends FaultRoom {
  readonly close: () => Promise<void>;
}

/** A sandbox of its own, so that several faults can be tried at once. */
export async function openFaultRoom(built: BuiltProgram): Promise<OpenedRoom> {
  const time = beginFastTime(FASTER);
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-faults-"));
  const sandbox = await startSandbox({ folder, clock: () => nowIn(time) });
  await announceSandbox(sandbox, process.pid);
  const { close: _close, approveAll: _approveAll, ...practice } = await connectPractice(folder);
  return {
    sandbox,
    practice,
    built,
    time,
    profiles: new ProfileData(join(folder, "profiles")),
    healProviders: () => healProviders(sandbox.control),
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
