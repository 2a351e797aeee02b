import type { Page } from "@playwright/test";
import { NOTHING_SPECIAL, appState, documentView, fileReport, script, signatureReport } from "./scenarios.ts";
import { pagesShown, showPane } from "./panes.ts";
import type { Screen } from "./screens.ts";

async function signaturesTab(page: Page): Promise<void> {
  await pagesShown(page);
  await showPane(page, "Sign and check");
  await page.getByRole("tab", { name: "Signatures" }).click();
  await page.waitForTimeout(200);
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
    {
      name: "13-unsigned",
      script: script(appState({ documents: [documentView(1, size)] }), "sample", {
        "documents.verify": fileReport({ verdict: "NO-SIGNATURE", signatures: [] }),
      }),
      prepare: signaturesTab,
    },
  ];
}
