import { noFlaws as noBankIdFlaws } from "../../sandbox/bankid/flaws.ts";
import type { BankIdFlaws } from "../../sandbox/bankid/flaws.ts";
import type { SandboxControl } from "../../sandbox/control/sandbox-control.ts";
import { noFlaws as noFourthlineFlaws } from "../../sandbox/fourthline/settings.ts";
import type { FourthlineFlaws } from "../../sandbox/fourthline/settings.ts";
import { noFlaws as noIdnowFlaws } from "../../sandbox/idnow/flaws.ts";
import type { IdnowFlaws } from "../../sandbox/idnow/flaws.ts";
import type { FileVerdict } from "../../shared/verification.ts";
import type { FaultedProvider } from "./fault.ts";
import type { FaultTry, StartPlan } from "./fault-try.ts";

type Contradiction = readonly [string, StartPlan, FileVerdict?];

/** Takes back what a start changed, without forgetting what was ordered. */
export function healProviders(control: SandboxControl): void {
  control.setAutoApprove(true);
  control.idnow.setFlaws(noIdnowFlaws);
  control.bankid.setFlaws(noBankIdFlaws);
  control.fourthline.setFlaws(noFourthlineFlaws);
}

const person = (phone: string): StartPlan => ({ provider: (control) => control.setAutoApprove({ phone }) });
const idnow = (flaws: Partial<IdnowFlaws>): StartPlan => ({ provider: ({ idnow: own }) => own.setFlaws(flaws) });
const bankid = (flaws: Partial<BankIdFlaws>): StartPlan => ({ provider: ({ bankid: own }) => own.setFlaws(flaws) });
const fourthline = (flaws: Partial<FourthlineFlaws>): StartPlan => ({
  provider: ({ fourthline: own }) => own.setFlaws(flaws),
});

/** What a provider says against itself, or returns instead of what was ordered. */
const CONTRADICTIONS: Readonly<Record<FaultedProvider, readonly Contradiction[]>> = {
  certificate: [],
  itsme: [
    ["a signature value over another digest", person("+32470000011")],
    ["a certificate that has expired", person("+32470000020")],
    // Whom to trust is the person's to say: the result is handed out, and is said to be undecided.
    ["a certificate of an unknown authority", person("+32470000021"), "INDETERMINATE"],
    ["results without which document they are for", person("+32470000013")],
    [
      "a pending answer after the last one",
      { calls: [{ operation: "itsme/sign-status", after: 1, manner: "earlier" }] },
    ],
    ["every status an error", { calls: [{ operation: "itsme/sign-status", status: 500, times: 100_000 }] }],
    [
      "every status unknown (409)",
      { calls: [{ operation: "itsme/sign-status", status: 409, body: "", times: 100_000 }] },
    ],
  ],
  idnow: [
    ["signed: the document of another order", idnow({ pdf: "other-file" })],
    ["signed: the document with another digest", idnow({ pdf: "changed-byte" })],
    ["signed, then changed", idnow({ pdf: "broken-value" })],
    ["not signed at all", idnow({ pdf: "unsigned" })],
    ["signed by somebody else", idnow({ signer: "somebody-else" })],
    ["document cut in the middle", idnow({ base64: "truncated" })],
    ["history out of order", idnow({ history: "shuffled" })],
    ["done, no document once", { calls: [{ operation: "idnow/get-esign-pdf", status: 404, body: "" }] }],
    [
      "done, no document until the next start, and pending again",
      {
        calls: [
          { operation: "idnow/get-esign-pdf", status: 404, body: "", times: 100_000 },
          { operation: "idnow/get-status", after: 1, manner: "earlier", times: 100_000 },
        ],
      },
    ],
    [
      "order unknown at every status",
      { calls: [{ operation: "idnow/get-status", status: 404, body: "", times: 100_000 }] },
    ],
  ],
  bankid: [
    ["a signature over another text", bankid({ signature: "other-text" })],
    ["a signature over another digest", bankid({ signature: "other-hidden" })],
    ["a wrong signature value", bankid({ signature: "wrong-value" })],
    ["the status response of another signature", bankid({ response: "other-signature" })],
    ["signed by somebody of an unknown bank", bankid({ signer: "unknown-root" })],
    ["complete, and then pending", { calls: [{ operation: "bankid/phenixid-collect", after: 1, manner: "earlier" }] }],
    ["a status that does not exist", { calls: [{ operation: "bankid/phenixid-collect", body: { status: "NEW" } }] }],
  ],
  fourthline: [
    ["signed: the document of another order", fourthline({ pdf: "other-file" })],
    ["signed: the document with another digest", fourthline({ pdf: "changed-byte" })],
    ["signed, then changed", fourthline({ pdf: "broken-value" })],
    ["not signed at all", fourthline({ pdf: "unsigned" })],
    ["signed by somebody else", fourthline({ signer: "somebody-else" })],
    ["only a message in place of the document", fourthline({ answer: "message" })],
    ["document cut in the middle", fourthline({ answer: "truncated" })],
    ["done, no document once", { calls: [{ operation: "fourthline/signed-document", status: 404, body: "" }] }],
    [
      "done, no document until the next start, and pending again",
      {
        calls: [
          { operation: "fourthline/signed-document", status: 404, body: "", times: 100_000 },
          { operation: "fourthline/status", after: 4, manner: "earlier", times: 100_000 },
        ],
      },
    ],
  ],
};

/** The provider is right again at the next start. What it lost or spoilt may be over by then, if that was said. */
export const planContradictions = (provider: FaultedProvider): readonly FaultTry[] =>
  CONTRADICTIONS[provider].map(([fault, start, verdict]): FaultTry => ({
    kind: "contradictions",
    provider,
    fault,
    step: "whole run",
    starts: [{ ...start, closesAfter: 8_000 }],
    ends: ["ended", "waits"],
    ...(verdict === undefined ? {} : { verdict }),
  }));
