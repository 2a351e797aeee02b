import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { createApplication } from "../../../electron/services/application/application.ts";
import type { Application } from "../../../electron/services/application/application.ts";
import type { ApplicationPorts } from "../../../electron/services/ports.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import type { ConnectedPractice } from "../../../sandbox/connect-practice.ts";
import { barePorts } from "./bare-ports.ts";

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-application-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The practice providers for all tests of the block; `prepare` sees them before the first. */
export function practiceForTests(
  prepare: (practice: ConnectedPractice) => Promise<void> = async () => undefined,
): () => ConnectedPractice {
  let folder = "";
  let practice: ConnectedPractice | null = null;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-practice-"));
    practice = await connectPractice(folder, { announced: false });
    await prepare(practice);
  });
  afterAll(async () => {
    await practice?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (practice === null) throw new Error("the practice providers are there from the first test on");
    return practice;
  };
}

/** The program without its window, on this data folder. It is closed when the test is over. */
export function openApplication(
  data: string,
  practice: ConnectedPractice,
  ports: Partial<ApplicationPorts> = {},
): Application {
  const application = createApplication({ ...barePorts(data, practice), ...ports });
  onTestFinished(() => application.close());
  return application;
}

export async function startSigning(application: Application, request: Partial<SignRequest>): Promise<void> {
  const reviewed = await application.handlers["signing.review"]({
    request: {
      provider: "itsme",
      documents: [],
      placement: { kind: "invisible" },
      level: "B-T",
      language: "EN",
      ...request,
    },
  });
  if (!reviewed.ok) throw new Error(reviewed.failure.code);
  const started = await application.handlers["signing.start"]({ review: reviewed.value.review });
  if (!started.ok) throw new Error(started.failure.code);
}

export async function expectOutcome(application: Application, outcome: object): Promise<void> {
  await expect
    .poll(() => application.state.current.transactions.at(-1)?.outcome, { timeout: 40_000 })
    .toMatchObject(outcome);
}

/** Every byte that the program keeps in a folder, and what the window is told. */
export async function everythingKept(data: string, application: Application): Promise<string> {
  const names = await readdir(data, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.name.endsWith(".pdf"));
  const contents = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "latin1")));
  return [JSON.stringify(application.state.current), ...contents].join("\n");
}
