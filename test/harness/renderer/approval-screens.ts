import type { DocumentView, ReviewSheet, TransactionView } from "../../../shared/app-state.ts";
import type { Interaction } from "../../../shared/interaction.ts";
import { dialogShown } from "./panes.ts";
import { reviewAnswer, reviewSheet } from "./review-sheet.ts";
import { RUN, appState, documentView, idOf, runView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

const ITSME_POLICY = {
  reference: "1.3.6.1.4.1.49274.1.1.7.2.0",
  text: "itsme qualified signature policy",
  url: "https://www.itsme-id.com/policy.pdf",
};

/** Confirmation sheet, approval dialog and results. */
export function approvalScreens(size: number): readonly Screen[] {
  return [...reviewScreens(size), ...interactionScreens(size), ...resultScreens(size)];
}

const sheet = (count: number, change: Partial<ReviewSheet> = {}): ReviewSheet =>
  reviewSheet(count, { policy: ITSME_POLICY, ...change });

function reviewScreens(size: number): readonly Screen[] {
  const documents = Array.from({ length: 3 }, (_, index) => documentView(index + 1, size));
  const showing = (name: string, shown: ReviewSheet): Screen => ({
    name,
    script: script(appState({ documents }), "sample", { "signing.review": reviewAnswer(shown) }),
    prepare: async (page) => {
      await page.locator("[role=grid]").waitFor({ state: "attached" });
      await page.keyboard.press("Control+Enter");
      await dialogShown(page);
    },
  });
  return [
    showing("14-review", sheet(3)),
    showing("15-review-repaired", sheet(1, { rewritten: ["Contract 1.pdf"], approvals: 2, outputFolder: "Signed" })),
    showing(
      "26-review-warnings",
      sheet(3, {
        certification: "forms",
        locksFields: true,
        warnings: [
          { warning: { code: "covers-field", params: { field: "Amount" } }, documents: ["Contract 1.pdf"] },
          {
            warning: { code: "covered-content", params: { count: 3, pages: "2, 4–5" } },
            documents: ["Contract 1.pdf"],
          },
          {
            warning: { code: "hidden-layers", params: { layers: "“Annex”, “Plan B”" } },
            documents: ["Contract 1.pdf"],
          },
          { warning: { code: "field-shows-otherwise", params: { field: "Amount" } }, documents: ["Contract 3.pdf"] },
          { warning: { code: "usage-rights" }, documents: ["Contract 2.pdf", "Contract 3.pdf"] },
        ],
      }),
    ),
  ];
}

const run = (interaction: Interaction | null, change: Partial<TransactionView> = {}): TransactionView =>
  runView(3, { interaction, ...change });

function interactionScreens(size: number): readonly Screen[] {
  const deadline = new Date(Date.now() + 10 * 60_000).toISOString();
  const waiting = [1, 2, 3].map((number) =>
    documentView(number, size, { state: { kind: "waiting-for-you", transaction: RUN } }),
  );
  const working = [1, 2, 3].map((number) =>
    documentView(number, size, {
      state:
        number === 1
          ? { kind: "signed", outputName: "Contract 1-signed.pdf", level: "B-T" }
          : { kind: "working", transaction: RUN, step: "timestamping", progress: 0.5 },
    }),
  );
  const showing = (name: string, transaction: TransactionView, documents: readonly DocumentView[]): Screen => ({
    name,
    script: script(appState({ documents, transactions: [transaction] }), "sample"),
    prepare: dialogShown,
  });
  return [
    showing(
      "16-page",
      run({ kind: "page", id: "1", message: "itsme.identify", host: "127.0.0.1:40443", deadline }),
      waiting,
    ),
    showing(
      "17-waiting",
      run(
        { kind: "waiting", id: "1", message: "itsme.sign-waiting", device: "phone", deadline, canReopenPage: true },
        { resumed: true },
      ),
      waiting,
    ),
    showing(
      "18-confirm",
      run({
        kind: "confirm",
        id: "1",
        message: "itsme.next-approval",
        params: { done: 70, remaining: 1, next: 1 },
        deadline: null,
      }),
      waiting,
    ),
    showing("19-working", run(null), working),
  ];
}

function resultScreens(size: number): readonly Screen[] {
  const signed = (number: number): DocumentView =>
    documentView(number, size, {
      state: { kind: "signed", outputName: `Contract ${number}-signed.pdf`, level: "B-T" },
      result: idOf(number + 10),
    });
  const copies = [11, 12].map((number) =>
    documentView(number, size, { name: `Contract ${number - 10}-signed.pdf`, signedFrom: idOf(number - 10) }),
  );
  const failed = documentView(3, size, {
    state: { kind: "failed", failure: { code: "output.name-taken" }, retry: true },
  });
  const refused = [1, 2, 3].map((number) =>
    documentView(number, size, { state: { kind: "failed", failure: { code: "itsme.sign-rejected" }, retry: true } }),
  );
  const waiting = documentView(3, size, {
    state: { kind: "needs-attention", transaction: RUN, failure: { code: "output.disk-full" } },
  });
  const showing = (name: string, outcome: TransactionView["outcome"], documents: readonly DocumentView[]): Screen => ({
    name,
    script: script(appState({ documents, transactions: [run(null, { outcome })] }), "sample"),
    prepare: dialogShown,
  });
  return [
    showing("20-done", { kind: "done", signed: 2, failed: 0 }, [signed(1), signed(2), ...copies]),
    showing("21-partly", { kind: "done", signed: 2, failed: 1 }, [signed(1), signed(2), failed, ...copies]),
    showing("22-refused", { kind: "failed", failure: { code: "itsme.sign-rejected" } }, refused),
    showing("23-attention", { kind: "done", signed: 2, failed: 1 }, [signed(1), signed(2), waiting, ...copies]),
  ];
}
