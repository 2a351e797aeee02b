import type { Page } from "@playwright/test";
import type { EvidenceReport, TimelineEntry } from "../../../shared/verification.ts";
import {
  NOTHING_SPECIAL,
  appState,
  documentView,
  evidenceReport,
  fileReport,
  script,
  signatureDetails,
  signatureReport,
} from "./scenarios.ts";
import { pagesShown, showPane } from "./panes.ts";
import type { Screen } from "./screens.ts";

async function signaturesTab(page: Page): Promise<void> {
  await pagesShown(page);
  await showPane(page, "Sign and check");
  await page.getByRole("tab", { name: "Signatures" }).click();
  await page.waitForTimeout(200);
}

async function everythingOpen(page: Page): Promise<void> {
  await signaturesTab(page);
  for (const summary of await page.getByRole("tabpanel").locator("summary").all()) await summary.click();
}

async function signedVersion(page: Page): Promise<void> {
  await signaturesTab(page);
  await page.getByRole("button", { name: "Show the signed version" }).click();
  await pagesShown(page);
}

const TIMELINE: readonly TimelineEntry[] = [
  {
    revision: 1,
    begin: 0,
    end: 40_980,
    events: [{ kind: "created", verdict: "allowed", code: "timeline.created", message: "The document was created." }],
  },
  {
    revision: 2,
    begin: 40_980,
    end: 61_400,
    events: [
      {
        kind: "signature",
        verdict: "allowed",
        code: "timeline.signed",
        message: "Anna Peeters signed.",
        object: 27,
        offset: 41_022,
      },
    ],
  },
  {
    revision: 3,
    begin: 61_400,
    end: 63_010,
    events: [
      {
        kind: "annotation",
        verdict: "forbidden",
        code: "changes.annotation",
        message: "A comment was added to page 2.",
        page: 2,
        object: 31,
        offset: 61_455,
      },
    ],
  },
];

/** What the verifier tells when it is asked for everything, of a document that went on after its first signature. */
export function detailedReport(signedEnd: number): ReturnType<typeof fileReport> {
  return fileReport({
    timeline: TIMELINE,
    signatures: [
      signatureReport({
        coverage: "entire-revision",
        changesAfter: "allowed",
        details: signatureDetails({ signedEnd }),
      }),
      signatureReport({
        field: "Signature2",
        signer: "Bert Maes",
        level: null,
        provenTime: null,
        reasons: [
          {
            code: "level.not-baseline",
            message: "Not a PAdES baseline signature: the signed attribute signing-time must not be there.",
          },
          { code: "revocation.not-checked", message: "Whether the certificate was revoked has not been checked." },
        ],
        details: signatureDetails({
          permits: { certification: 2, locks: [{ action: "Include", fields: ["Salary", "Name"] }] },
        }),
      }),
    ],
  });
}

const FILE_VERDICTS = { passed: "TOTAL-PASSED", undecided: "INDETERMINATE", failed: "TOTAL-FAILED" } as const;

/** A file with evidence about a person under an organisation's seal. */
export function sealedReport(change: Partial<EvidenceReport> = {}): ReturnType<typeof fileReport> {
  const evidence = evidenceReport(change);
  return fileReport({
    verdict: FILE_VERDICTS[evidence.verdict],
    reasons:
      evidence.verdict === "passed"
        ? []
        : [
            {
              code: `evidence.${evidence.verdict}`,
              message: `The evidence in "bankid-evidence.json" does not prove that a person signed this document. The seal over it proves nothing about a person.`,
            },
          ],
    signatures: [signatureReport({ field: "Seal", signer: "Provbolaget AB", level: "B-T" })],
    evidence: [evidence],
  });
}

/** The Signatures tab with each kind of verdict. */
export function signatureScreens(size: number): readonly Screen[] {
  const signed = {
    ...NOTHING_SPECIAL,
    signatures: [
      { field: "Signature1", signer: "Anna Peeters" },
      { field: "Signature2", signer: "Bert Maes" },
    ],
  };
  const showing = (name: string, report: ReturnType<typeof fileReport>): Screen => ({
    name,
    script: script(appState({ documents: [documentView(1, size, { inspection: signed, report })] }), "sample"),
    prepare: signaturesTab,
  });
  return [
    showing(
      "10-valid",
      fileReport({
        signatures: [
          signatureReport({ coverage: "entire-revision", changesAfter: "allowed" }),
          signatureReport({ field: "Signature2", signer: "Bert Maes", level: "B-B", provenTime: null }),
        ],
      }),
    ),
    showing(
      "11-uncertain",
      fileReport({
        verdict: "INDETERMINATE",
        signatures: [
          signatureReport({
            indication: "INDETERMINATE",
            subIndication: "NO_CERTIFICATE_CHAIN_FOUND",
            reasons: [
              {
                code: "chain.no-anchor",
                message: "The certificate of “Anna Peeters” was issued by “Practice CA”, which is not trusted here.",
              },
            ],
          }),
        ],
      }),
    ),
    showing(
      "12-changed",
      fileReport({
        verdict: "TOTAL-FAILED",
        reasons: [{ code: "changes.forbidden", message: "Page 2 was replaced after the signature.", offset: 48213 }],
        signatures: [
          signatureReport({
            intact: false,
            indication: "TOTAL-FAILED",
            subIndication: "FORMAT_FAILURE",
            changesAfter: "forbidden",
            coverage: "entire-revision",
            reasons: [
              { code: "changes.forbidden", message: "Page 2 was replaced after the signature.", offset: 48213 },
            ],
          }),
        ],
      }),
    ),
    { ...showing("13-details", detailedReport(size)), prepare: everythingOpen },
    showing("14-evidence", sealedReport()),
    { ...showing("14-evidence-details", sealedReport()), prepare: everythingOpen },
    showing(
      "14-evidence-failed",
      sealedReport({
        verdict: "failed",
        changesAfter: "forbidden",
        reasons: [
          {
            code: "changes.object",
            message: "A part of the signed document was replaced after the signature (object 4).",
          },
        ],
      }),
    ),
    showing(
      "14-evidence-open",
      sealedReport({
        verdict: "undecided",
        sealedBy: null,
        reasons: [
          { code: "bankid.root", message: "No BankID root is trusted here, so nobody vouches for the person." },
        ],
      }),
    ),
    {
      name: "13-signed-version",
      // One byte more than what was signed.
      script: script(
        appState({ documents: [documentView(1, size + 1, { inspection: signed, report: detailedReport(size) })] }),
        "sample",
      ),
      prepare: signedVersion,
    },
    {
      name: "13-checking",
      script: script(
        appState({ documents: [documentView(1, size, { inspection: signed, checking: { progress: 0.42 } })] }),
        "sample",
      ),
      prepare: signaturesTab,
    },
    {
      name: "13-unsigned",
      script: script(appState({ documents: [documentView(1, size)] }), "sample", {
        "documents.verify": fileReport({ verdict: "NO-SIGNATURE", signatures: [] }),
      }),
      prepare: signaturesTab,
    },
  ];
}
