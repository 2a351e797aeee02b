import { expect, test } from "vitest";
import { signingStates } from "../../../../renderer/state/signing-states.ts";
import type { DocumentState, TransactionView } from "../../../../shared/app-state.ts";
import { bankidCode } from "../../../harness/renderer/bankid-screens.ts";
import { appState, documentView, RUN, runView } from "../../../harness/renderer/scenarios.ts";

const states = (state: DocumentState, run: Partial<TransactionView> = {}): string =>
  signingStates(appState({ documents: [documentView(1, 10, { state })], transactions: [runView(1, run)] }));

const WAITING = { kind: "waiting-for-you", transaction: RUN } as const;

test("a code that is drawn anew changes nothing that the history tells", () => {
  const [one, other] = [17, 18].map((second) => states(WAITING, { interaction: bankidCode(second) }));
  expect(one).toBe(other);
});

test("what becomes of a signing or of one of its documents changes what the history tells", () => {
  const failure = { code: "output.disk-full" } as const;
  const all = [
    signingStates(appState()),
    states(WAITING),
    states({ kind: "needs-attention", transaction: RUN, failure }),
    states({ kind: "signed", outputName: "Contract 1-signed.pdf", level: "B-T" }),
    states(WAITING, { outcome: { kind: "done", signed: 0, failed: 1 } }),
    states(WAITING, { outcome: { kind: "failed", failure } }),
  ];
  expect(new Set(all).size).toBe(all.length);
});
