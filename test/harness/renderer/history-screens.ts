import type { Page } from "@playwright/test";
import type { HistoryDocument, HistoryEvent, LeftOverFile, TrailCheck } from "../../../shared/history.ts";
import { sha256Hex, transactionId } from "../../../shared/ids.ts";
import { pagesShown } from "./panes.ts";
import { DIGEST, appState, documentView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

const RESULT = sha256Hex("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae");
const run = (number: number) => transactionId(`30000000-0000-4000-8000-${String(number).padStart(12, "0")}`);

function entry(number: number, change: Partial<HistoryDocument> = {}): HistoryDocument {
  return {
    run: run(number),
    item: "1",
    started: "2026-11-28T09:12:00.000Z",
    time: "2026-11-28T09:14:30.000Z",
    name: "Rental agreement Ghent.pdf",
    source: DIGEST,
    result: RESULT,
    provider: "itsme",
    profile: "Head office",
    environment: "production",
    wanted: "B-T",
    level: "B-T",
    outcome: "signed",
    state: "delivered",
    failure: null,
    isFailureWhole: false,
    verdict: "TOTAL-PASSED",
    late: false,
    canOpen: true,
    ...change,
  };
}

const notYet = { result: null, level: null, verdict: null, canOpen: false } as const;

/** Each way in which a document may stand there. */
export const ENTRIES: readonly HistoryDocument[] = [
  entry(1, { state: "running", outcome: "unfinished", ...notYet }),
  entry(2, {
    name: "Purchase order 2026-118.pdf",
    state: "waiting",
    outcome: "unfinished",
    ...notYet,
    failure: { code: "output.disk-full", params: { name: "Purchase order 2026-118.pdf" } },
    isFailureWhole: true,
  }),
  entry(3, {
    name: "Annex B.pdf",
    state: "interrupted",
    outcome: "unfinished",
    provider: "idnow",
    profile: "Main",
    environment: "test",
    ...notYet,
  }),
  entry(4),
  entry(5, {
    name: "Lease.pdf",
    wanted: "B-LTA",
    level: "B-T",
    provider: "fourthline",
    profile: "sandbox",
    environment: "sandbox",
  }),
  entry(6, {
    name: "Offer.pdf",
    state: "failed",
    outcome: "not-signed",
    ...notYet,
    failure: { code: "itsme.rejected", params: { name: "Offer.pdf" } },
    isFailureWhole: true,
  }),
  entry(7, {
    name: null,
    canOpen: false,
    provider: "bankid",
    level: null,
    profile: "Sweden",
    late: true,
    verdict: null,
  }),
  entry(8, { name: null, ...notYet, state: "failed", outcome: "not-signed", failure: { code: "provider.deadline" } }),
  entry(9, { name: null, ...notYet, state: "unknown", outcome: "unfinished", environment: null, provider: null }),
];

export const EVENTS: readonly HistoryEvent[] = [
  { seq: 40, time: "2026-11-28T08:00:00.000Z", kind: "settings.changed", facts: { settings: "level, timestampUrl" } },
  {
    seq: 31,
    time: "2026-11-27T16:00:00.000Z",
    kind: "profile.used",
    facts: { provider: "itsme", profile: "Head office" },
  },
  {
    seq: 30,
    time: "2026-11-27T15:58:00.000Z",
    kind: "profile.added",
    facts: { provider: "itsme", profile: "Head office" },
  },
  { seq: 22, time: "2026-11-26T11:00:00.000Z", kind: "vault.key-renewed", facts: { count: 3 } },
  { seq: 12, time: "2026-11-20T11:00:00.000Z", kind: "trail.broken", facts: { sealed: 57 } },
  { seq: 2, time: "2026-11-20T10:00:00.000Z", kind: "trail.key", facts: { key: "5f0c2a9be1d34c77" } },
];

export const WHOLE: TrailCheck = {
  entries: 412,
  problem: null,
  sealedTo: 412,
  seals: "checked",
  uncheckedSeals: 0,
  breaks: [],
};

const LEFT_OVER: readonly LeftOverFile[] = [
  {
    id: "a",
    name: ".sealdesk-1f0c2a9b-1.part",
    folder: "Contracts",
    size: 218_400,
    changed: "2026-11-24T09:00:00.000Z",
    maybeSigned: true,
  },
  {
    id: "b",
    name: ".sealdesk-77ab0c12-3.part.clean",
    folder: "Contracts",
    size: 1_804_000,
    changed: "2026-11-25T09:00:00.000Z",
    maybeSigned: false,
  },
];

const FACTS = { entries: 412, seals: 90, first: "2026-01-12T08:00:00.000Z", last: "2026-11-28T09:14:30.000Z" };

const answers = (change: Readonly<Record<string, unknown>> = {}) => ({
  "history.documents": { total: 1_204, rows: ENTRIES },
  "history.events": { total: EVENTS.length, rows: EVENTS },
  "history.check": WHOLE,
  "history.facts": FACTS,
  "history.leftOver": [],
  ...change,
});

/** What was signed here, and whether the record of it is whole. */
export function historyScreens(size: number): readonly Screen[] {
  const documents = [1, 2].map((number) => documentView(number, size));
  const base = appState({ documents });
  return [
    { name: "70-history", script: script(base, "sample", answers()), prepare: openHistory },
    {
      name: "70-history-end",
      script: script(base, "sample", answers()),
      prepare: async (page) => {
        await openHistory(page);
        await page.getByRole("listitem").last().scrollIntoViewIfNeeded();
        await page.getByText("Digests", { exact: true }).last().click();
        await page.getByRole("button", { name: "Oldest" }).scrollIntoViewIfNeeded();
      },
    },
    {
      name: "71-history-events",
      script: script(base, "sample", answers()),
      prepare: async (page) => {
        await openHistory(page);
        await page.getByRole("tab", { name: "Settings and keys" }).click();
        await page.getByText("Settings were changed").waitFor();
      },
    },
    {
      name: "72-history-broken",
      script: script(
        base,
        "sample",
        answers({
          "history.check": { ...WHOLE, entries: 57, problem: { code: "changed", seq: 58 }, sealedTo: 50, breaks: [12] },
          "history.leftOver": LEFT_OVER,
        }),
      ),
      prepare: openHistory,
    },
    {
      name: "73-history-empty",
      script: script(
        appState(),
        "sample",
        answers({
          "history.documents": { total: 0, rows: [] },
          "history.check": { ...WHOLE, entries: 0, sealedTo: 0, seals: "none" },
        }),
      ),
      prepare: async (page) => {
        await page.keyboard.press("Control+Shift+H");
        await page.getByText("Nothing was signed here yet").waitFor();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "74-history-locked",
      script: script(
        base,
        "sample",
        answers({ "history.check": { ...WHOLE, seals: "no-key", sealedTo: 0, uncheckedSeals: 90 } }),
      ),
      prepare: openHistory,
    },
    {
      name: "75-history-export",
      script: script(base, "sample", answers()),
      prepare: async (page) => {
        await openHistory(page);
        await page.getByRole("button", { name: "Export…" }).click();
        await page.getByText("412 entries").waitFor();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "76-signed-here",
      script: script(base, "sample", answers({ "history.ofDocument": { sha256: RESULT, rows: [entry(4), entry(5)] } })),
      prepare: async (page) => {
        await pagesShown(page);
        await page.getByText("This file was signed here on").first().waitFor();
      },
    },
  ];
}

async function openHistory(page: Page): Promise<void> {
  await pagesShown(page);
  await page.keyboard.press("Control+Shift+H");
  await page.getByRole("heading", { name: "History" }).waitFor();
  await page.getByText("Rental agreement Ghent.pdf").first().waitFor();
  await page.waitForTimeout(200);
}
