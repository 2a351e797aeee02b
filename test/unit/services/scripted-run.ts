import { DatabaseSync } from "node:sqlite";
import type { Failure } from "../../../shared/failure.ts";
import { sha256Hex, transactionId } from "../../../shared/ids.ts";
import type { Interaction } from "../../../shared/interaction.ts";
import { failed, success } from "../../../shared/result.ts";
import type { PreparedSignature } from "../../../electron/pades/prepared-signature.ts";
import type { FlowInput, FlowStep, SigningProvider, ProviderPage } from "../../../electron/providers/provider.ts";
import type { PageEvents } from "../../../electron/services/ports.ts";
import type { RunEnd } from "../../../electron/services/signing/run-listener.ts";
import type { SignatureScheme } from "../../../electron/pki/signature-scheme.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { SigningRun } from "../../../electron/services/signing/signing-run.ts";
import type { SigningSteps } from "../../../electron/services/signing/signing-steps.ts";
import { Journal } from "../../../electron/storage/journal.ts";
import type { ItemRecord, TransactionRecord } from "../../../electron/storage/journal-record.ts";

export const RUN = transactionId("7f2c1f9e-0000-4000-8000-000000000001");
const digest = sha256Hex("ab".repeat(32));
const NOW = Date.parse("2026-11-22T10:00:00Z");
const scheme: SignatureScheme = { kind: "rsa-pkcs1", digest: "SHA-256" };
export const toSign = { scheme, digest, message: "AA==" };

export const page: ProviderPage = {
  url: "https://provider.example/page",
  policy: { allowedOrigins: [], returnUrl: "https://x.example/", permissions: [], timeLimitMilliseconds: 1000 },
};
export const pageStep = (id = "page-1", at = NOW + 1000): FlowStep => ({
  kind: "wait",
  state: { step: "waiting" },
  at,
  interaction: { kind: "page", id, message: "itsme.identify", deadline: null, host: "provider.example", page },
});
export const waitStep = (id = "wait-1", at = NOW + 1000): FlowStep => ({
  kind: "wait",
  state: { step: "waiting" },
  at,
  interaction: { kind: "waiting", id, message: "itsme.sign", deadline: null, device: "phone" },
});
export const goOn: FlowStep = { kind: "continue", state: { step: "next" } };
export const needDigests = (...documents: readonly string[]): FlowStep => ({
  kind: "need-digests",
  state: { step: "need-digests" },
  documents,
  signer: { chain: ["AAAA"], schemes: [scheme], knownPerson: null },
});
export const values = (...ids: readonly string[]): FlowStep => ({
  kind: "values",
  state: { step: "delivered" },
  values: ids.map((id) => ({ id, value: "AAAA" })),
});
export const done: FlowStep = { kind: "done", state: { step: "ended" } };
export const refused: FlowStep = {
  kind: "failed",
  state: { step: "ended" },
  failure: { code: "itsme.rejected" },
};

type Script = readonly (FlowStep | ((input: FlowInput, signal: AbortSignal) => FlowStep | Promise<FlowStep>))[];

export interface ScriptedRun {
  readonly run: SigningRun;
  readonly journal: Journal;
  /** What the provider was given, in order. */
  readonly inputs: FlowInput[];
  readonly interactions: (Interaction | null)[];
  /** Last progress of each item, and all of them in order. */
  readonly progress: { readonly item: string; readonly kind: string; readonly failure?: Failure }[];
  readonly ends: RunEnd[];
  readonly pages: { readonly events: PageEvents; open: boolean; focused: number }[];
  readonly discarded: string[];
  readonly unexpected: unknown[];
  readonly sleeps: number[];
  readonly phases: () => readonly string[];
  readonly last: (item: string) => string | undefined;
}

export interface ScriptOptions {
  readonly documents?: number;
  readonly steps?: Partial<SigningSteps>;
  readonly record?: Partial<TransactionRecord>;
  readonly items?: Partial<ItemRecord>;
  readonly openPage?: () => void;
  readonly openLink?: (address: string) => Promise<boolean>;
  /** Called at each wait; without it the time of the next poll comes at once. */
  readonly onSleep?: (scripted: ScriptedRun, signal: AbortSignal) => Promise<void> | void;
  readonly listen?: (kind: string) => void;
}

/** A real journal and a real run; provider, steps, pages and clock follow the script. */
export function scriptedRun(script: Script, options: ScriptOptions = {}): ScriptedRun {
  const documents = Array.from({ length: options.documents ?? 1 }, (_, index) => String(index + 1));
  const journal = new Journal(new DatabaseSync(":memory:"), () => NOW, 41);
  const record = recordOf(documents, options.record ?? {});
  journal.begin(
    record,
    documents.map((item) => ({ ...itemOf(item), ...options.items })),
  );
  const rest = [...script];
  const scripted: Omit<ScriptedRun, "run" | "phases" | "last"> = {
    journal,
    inputs: [],
    interactions: [],
    progress: [],
    ends: [],
    pages: [],
    discarded: [],
    unexpected: [],
    sleeps: [],
  };
  const provider: SigningProvider = {
    descriptor: {
      id: "itsme",
      takes: "hash",
      returns: "raw-signature",
      certificateKnown: "before-hashing",
      maximumDocuments: 70,
      digestAlgorithms: ["SHA-256"],
      languages: ["EN"],
    },
    check: () => null,
    begin: (order) => ({ step: "begin", documents: order.documents.map(({ id }) => id) }),
    advance: async (_state, input, { signal }) => {
      scripted.inputs.push(input);
      const step = rest.shift();
      if (step === undefined) {
        throw new Error("the script has ended");
      }
      return typeof step === "function" ? step(input, signal) : step;
    },
  };
  const listen = (kind: string): void => options.listen?.(kind);
  const run = new SigningRun(
    {
      environment: environmentOf(provider),
      journal,
      steps: {
        ...goodSteps(journal),
        discard: async ({ item }) => void scripted.discarded.push(item),
        ...options.steps,
      },
      pages: {
        open: (_page, events) => {
          options.openPage?.();
          const entry = { events, open: true, focused: 0 };
          scripted.pages.push(entry);
          return { focus: () => (entry.focused += 1), close: () => (entry.open = false) };
        },
      },
      openLink: async (address) => (await options.openLink?.(address)) ?? true,
      clock: {
        now: () => NOW,
        sleep: async (milliseconds, signal) => {
          scripted.sleeps.push(milliseconds);
          await options.onSleep?.(whole, signal);
        },
      },
      desk: {},
      listener: {
        onInteraction: (interaction) => {
          scripted.interactions.push(interaction);
          listen("interaction");
        },
        onItem: (item, progress) => {
          scripted.progress.push({ item, ...progress });
          listen(progress.kind);
        },
        onEnd: (end) => scripted.ends.push(end),
      },
      unexpected: (error) => scripted.unexpected.push(error),
    },
    record,
  );
  const whole: ScriptedRun = {
    ...scripted,
    run,
    phases: () => journal.items(RUN).map(({ phase }) => phase),
    last: (item) => scripted.progress.findLast((told) => told.item === item)?.kind,
  };
  return whole;
}

export function until(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

export const preparedSignature: PreparedSignature = {
  version: 1,
  originalSize: 10,
  stagedSize: 100,
  byteRange: [0, 20, 60, 40],
  contents: { offset: 21, capacityBytes: 19 },
  documentDigest: digest,
  field: "Signature1",
  signedAttributes: "AA==",
  toBeSigned: digest,
  chain: ["AAAA"],
};

export const tooSmall = () => failed({ code: "output.placeholder-too-small" as const, params: { needed: 8192 } });

function goodSteps(journal: Journal): SigningSteps {
  return {
    prepare: async () => success({ prepared: preparedSignature, toSign }),
    finish: async (item) => {
      journal.storeAssembled(RUN, item.item);
      journal.storeDelivered(RUN, item.item, { level: "B-T", verdict: "TOTAL-PASSED" });
      const report = { file: "x.pdf", verdict: "TOTAL-PASSED", reasons: [], signatures: [] } as const;
      return success({ outputPath: item.outputPath, level: "B-T", report, notice: null });
    },
    prepareUnknown: async () => failed({ code: "app.internal" }),
    send: async () => failed({ code: "app.internal" }),
    keep: () => failed({ code: "app.internal" }),
    needsPassword: () => false,
    discard: async () => undefined,
  };
}

function environmentOf(provider: SigningProvider): SigningEnvironment {
  return {
    profile: "sandbox",
    practice: true,
    provider,
    recipient: "provider.example",
    label: "itsme",
    policies: [],
    defaultPolicy: null,
    commitmentTypes: [],
    trustAnchors: [],
    timestamp: null,
    extend: null,
  };
}

function recordOf(documents: readonly string[], change: Partial<TransactionRecord>): TransactionRecord {
  return {
    id: RUN,
    provider: "itsme",
    profile: "sandbox",
    phase: "running",
    order: {
      documents: documents.map((id) => ({ id, name: `${id}.pdf` })),
      language: "EN",
      description: null,
      policy: null,
      commitmentType: null,
      signerRole: null,
      knownPerson: null,
    },
    level: "B-T",
    state: { step: "start" },
    version: 1,
    failure: null,
    created: "2026-11-22T10:00:00.000Z",
    updated: "2026-11-22T10:00:00.000Z",
    ...change,
  };
}

function itemOf(item: string): ItemRecord {
  return {
    transaction: RUN,
    item,
    name: `${item}.pdf`,
    sourcePath: `/documents/${item}.pdf`,
    sourceSize: 10,
    sourceSha256: digest,
    stagedPath: `/documents/.${item}.part`,
    outputPath: `/documents/${item}-signed.pdf`,
    outputFixed: false,
    placement: { kind: "invisible" },
    fieldName: null,
    reason: null,
    rewrite: false,
    claimedTime: "2026-11-22T10:00:00.000Z",
    capacityBytes: null,
    phase: "pending",
    prepared: null,
    value: null,
    failure: null,
  };
}
