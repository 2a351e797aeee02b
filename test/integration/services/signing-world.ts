import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { documentId } from "../../../shared/ids.ts";
import type { TransactionId } from "../../../shared/ids.ts";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { success } from "../../../shared/result.ts";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import { parseCertificates } from "../../../electron/pki/certificate.ts";
import type { Certificate } from "../../../electron/pki/certificate.ts";
import type { SigningProvider } from "../../../electron/providers/provider.ts";
import { sha256 } from "../../../electron/pki/digest.ts";
import { requestTimestamp } from "../../../electron/pki/tsp-client.ts";
import { createItsmeProvider } from "../../../electron/providers/itsme/create-itsme-provider.ts";
import { itsmeHttpOptions } from "../../../electron/providers/itsme/itsme-profile.ts";
import type { ItsmeProfile } from "../../../electron/providers/itsme/itsme-profile.ts";
import { inspectDocument } from "../../../electron/services/documents/open-document.ts";
import type { Clock } from "../../../electron/services/ports.ts";
import type { FlowDesk } from "../../../electron/services/signing/flow-desk.ts";
import type { ItemProgress, RunEnd } from "../../../electron/services/signing/run-listener.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { SigningService } from "../../../electron/services/signing/signing-service.ts";
import { createSigningSteps } from "../../../electron/services/signing/signing-steps.ts";
import type { SigningSteps } from "../../../electron/services/signing/signing-steps.ts";
import type { Journal } from "../../../electron/storage/journal.ts";
import { openPictures } from "../../../electron/storage/picture-store.ts";
import { openReturnedFiles } from "../../../electron/storage/returned-files.ts";
import { openJournal } from "../../../electron/storage/open-journal.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";

const FONTS = join(import.meta.dirname, "../../../node_modules/@expo-google-fonts/noto-sans/400Regular");

/** The practice environment over a sandbox of the same process, without the pauses that people need. */
export function sandboxEnvironment(sandbox: Sandbox): SigningEnvironment {
  const profile: ItsmeProfile = {
    environment: "sandbox",
    baseUrl: new URL(sandbox.baseUrls.itsme).origin,
    ...sandbox.itsmeProfile,
    pageOrigins: [new URL(sandbox.baseUrls.pages).origin],
    extraCa: [sandbox.tlsCaPem],
  };
  const clientCertificate = { certificatePem: sandbox.clientCertificatePem, keyPem: sandbox.clientKeyPem };
  const http = createHttpClient(itsmeHttpOptions(profile, { clientCertificate }));
  const tsa = createHttpClient();
  const trustAnchors = parseCertificates(Buffer.from(sandbox.rootCertificatePem));
  return {
    profile: "sandbox",
    practice: true,
    provider: createItsmeProvider({ profile, http, settings: { firstPoll: 1, pollInterval: 5, longestPause: 20 } }),
    recipient: new URL(profile.baseUrl).host,
    label: "itsme",
    policies: [],
    defaultPolicy: null,
    commitmentTypes: [],
    trustAnchors,
    timestamp: async (value, signal) => {
      const url = sandbox.baseUrls.tsa;
      const imprint = sha256(value);
      const options = { url, imprint, digestAlgorithm: "SHA-256", anchors: trustAnchors, signal } as const;
      const answer = await requestTimestamp(tsa, options);
      return answer.ok ? success(answer.value.token) : answer;
    },
    extend: null,
  };
}

/** A practice environment over any provider: no timestamps, trust in one root. */
export const environmentOver = (provider: SigningProvider, root: Certificate): SigningEnvironment => ({
  profile: "sandbox",
  practice: true,
  provider,
  recipient: "provider.example",
  label: "IDnow",
  policies: [],
  defaultPolicy: null,
  commitmentTypes: [],
  trustAnchors: [root],
  timestamp: null,
  extend: null,
});

export const testClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => delay(Math.min(milliseconds, 20), undefined, { signal }).catch(() => undefined),
};

export interface World {
  readonly folder: string;
  readonly database: string;
  readonly originals: ReadonlyMap<string, Buffer>;
  /** Names in the folder but for the originals. */
  readonly made: () => Promise<readonly string[]>;
}

/** A folder for one case, with documents to sign, and a journal elsewhere. */
export async function makeWorld(names: readonly string[]): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-services-"));
  const data = await mkdtemp(join(tmpdir(), "sealdesk-journal-"));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
  });
  const originals = new Map<string, Buffer>();
  for (const name of names) {
    originals.set(name, Buffer.from(makePdf({ pages: 1 })));
    await writeFile(join(folder, name), originals.get(name) ?? "");
  }
  return {
    folder,
    database: join(data, "journal.db"),
    originals,
    made: async () =>
      (await readdir(folder)).filter((name) => !originals.has(name)).toSorted((a, b) => (a < b ? -1 : 1)),
  };
}

export async function unchangedOriginals(world: World): Promise<boolean> {
  const now = await Promise.all([...world.originals.keys()].map((name) => readFile(join(world.folder, name))));
  return [...world.originals.values()].every((bytes, index) => now[index]?.equals(bytes));
}

export interface Instance {
  readonly service: SigningService;
  readonly journal: Journal;
  readonly ends: RunEnd[];
  readonly progress: { readonly item: string; readonly told: ItemProgress }[];
  /** Reviews and starts; resolves when the run has ended, to whether it was started. */
  readonly sign: (request?: Partial<SignRequest>) => Promise<boolean>;
  readonly review: (request?: Partial<SignRequest>) => ReturnType<SigningService["review"]>;
  /** Goes on with everything that the journal has; resolves when all of it has ended. */
  readonly resume: () => Promise<number>;
  readonly close: () => void;
}

export interface InstanceOptions {
  readonly owner?: number;
  readonly wrapJournal?: (journal: Journal) => Journal;
  readonly wrapSteps?: (steps: SigningSteps) => SigningSteps;
  readonly outputFile?: string;
  readonly outputFolder?: string;
  /** Opens the encrypted documents. */
  readonly password?: string;
  /** What the person answers to what is shown; null: nothing. */
  readonly person?: (shown: Interaction) => InteractionAnswer | null;
  readonly desk?: FlowDesk;
}

/** One start of the program on a world. */
export function openInstance(world: World, environment: SigningEnvironment, options: InstanceOptions = {}): Instance {
  const opened = openJournal(world.database, Date.now, options.owner ?? 1);
  if (!opened.ok) {
    throw new Error(opened.failure.code);
  }
  const journal = options.wrapJournal?.(opened.value) ?? opened.value;
  const steps = createSigningSteps({
    environment,
    journal,
    clock: testClock,
    fonts: FONTS,
    pictures: openPictures(join(dirname(world.database), "pictures")),
    returned: openReturnedFiles(join(dirname(world.database), "returned")),
    documentPassword: () => options.password,
  });
  const service = new SigningService({
    environments: { get: async () => success(environment) },
    journal,
    stepsFor: () => options.wrapSteps?.(steps) ?? steps,
    pages: { open: () => ({ focus: () => undefined, close: () => undefined }) },
    clock: testClock,
    randomUuid: randomUUID,
    ...(options.desk === undefined ? {} : { desk: options.desk }),
  });
  const ends: RunEnd[] = [];
  const progress: Instance["progress"] = [];
  const listenerOf = (run: TransactionId) => ({
    onInteraction: (shown: Interaction | null) => {
      const answer = shown === null ? null : (options.person?.(shown) ?? null);
      if (shown !== null && answer !== null) {
        service.answer(run, shown.id, answer);
      }
    },
    onItem: (item: string, told: ItemProgress) => void progress.push({ item, told }),
    onEnd: (end: RunEnd) => void ends.push(end),
  });
  const review: Instance["review"] = async (request = {}) => {
    const documents = [];
    for (const name of world.originals.keys()) {
      const inspected = await inspectDocument(join(world.folder, name), options.password);
      if (!inspected.ok) {
        return inspected;
      }
      documents.push({ id: documentId(randomUUID()), source: inspected.value });
    }
    return service.review({
      request: {
        provider: "itsme",
        documents: documents.map(({ id }) => id),
        placement: { kind: "rectangle", page: 1, rectangle: { x: 72, y: 100, width: 200, height: 60 } },
        level: "B-T",
        language: "EN",
        ...request,
      },
      environment,
      documents,
      outputFolder: options.outputFolder ?? null,
      outputFile: options.outputFile ?? null,
      ...(options.password === undefined ? {} : { documentPassword: () => options.password }),
      knownPerson: null,
    });
  };
  return {
    service,
    journal: opened.value,
    ends,
    progress,
    review,
    sign: async (request) => {
      const reviewed = await review(request);
      if (!reviewed.ok) {
        throw new Error(reviewed.failure.code);
      }
      const started = service.start(reviewed.value, listenerOf);
      if (started.ok) {
        await service.ended(started.value);
      }
      return started.ok;
    },
    resume: async () => {
      const found = service.unfinished(() => false);
      for (const { record } of found) {
        await service.resume(record.id, () => listenerOf(record.id));
        await service.ended(record.id);
      }
      return found.length;
    },
    close: () => opened.value.close(),
  };
}
