import type { Page } from "@playwright/test";
import { approvalScreens } from "./approval-screens.ts";
import { certificateScreens } from "./certificate-screens.ts";
import { passwordScreens } from "./password-screens.ts";
import { bankidScreens } from "./bankid-screens.ts";
import { fourthlineScreens } from "./fourthline-screens.ts";
import { historyScreens } from "./history-screens.ts";
import { idnowScreens } from "./idnow-screens.ts";
import { keychainScreens } from "./keychain-screens.ts";
import { markScreens } from "./mark-screens.ts";
import { pagesShown, showPane } from "./panes.ts";
import { profileScreens } from "./profile-screens.ts";
import { signatureScreens } from "./signature-screens.ts";
import type { BridgeScript, FakeControls } from "./fake-bridge.ts";
import { NOTHING_SPECIAL, RUN, appState, documentView, emptyField, idOf, script } from "./scenarios.ts";

export interface Screen {
  readonly name: string;
  readonly script: BridgeScript;
  readonly prepare: (page: Page) => Promise<void>;
}

/** Every screen, with the size of the sample file in bytes. */
export function screens(size: number): readonly Screen[] {
  return [
    ...openScreens(size),
    ...signatureScreens(size),
    ...approvalScreens(size),
    ...passwordScreens(size),
    ...markScreens(size),
    ...certificateScreens(size),
    ...idnowScreens(size),
    ...bankidScreens(size),
    ...fourthlineScreens(size),
    ...profileScreens(size),
    ...historyScreens(size),
    ...keychainScreens(),
  ];
}

function openScreens(size: number): readonly Screen[] {
  const three = [1, 2, 3].map((number) => documentView(number, size));
  const threeOpen = script(appState({ documents: three }), "sample");
  return [
    {
      name: "01-empty",
      script: script(appState(), "sample"),
      prepare: (page) => page.locator("h1").waitFor(),
    },
    { name: "02-open", script: threeOpen, prepare: pagesShown },
    {
      name: "03-find",
      script: threeOpen,
      prepare: async (page) => {
        await pagesShown(page);
        await page.keyboard.press("F4");
        await page.keyboard.press("Control+f");
        await page.keyboard.type("consultant");
        await page.getByText(/\d+ of \d+/u).waitFor();
        await page.locator("nav canvas").first().waitFor();
        await page.waitForTimeout(400);
      },
    },
    {
      name: "04-mark",
      script: threeOpen,
      prepare: async (page) => {
        await pagesShown(page);
        await showPane(page, "Documents");
        await page.getByRole("button", { name: "Select all" }).click();
        await showPane(page, "Sign and check");
        await page.getByText("Show a mark on the page").click();
        await page.getByRole("button", { name: "Put on this page" }).click();
        await page.waitForTimeout(200);
        await showPane(page, "Pages");
        await page.locator("[data-placement-box]").waitFor();
        await page.locator("[data-placement-box]").scrollIntoViewIfNeeded();
        await page.locator("[data-placement-box]").focus();
        await page.keyboard.press("Shift+ArrowLeft");
        await page.waitForTimeout(200);
      },
    },
    {
      name: "05-drawing",
      script: threeOpen,
      prepare: async (page) => {
        await pagesShown(page);
        await showPane(page, "Sign and check");
        await page.getByText("Show a mark on the page").click();
        await showPane(page, "Pages");
        const box = await page.locator('.page[data-page-number="1"]').boundingBox();
        if (box === null) throw new Error("no page on the screen");
        await page.mouse.move(box.x + 60, box.y + 100);
        await page.mouse.down();
        await page.mouse.move(box.x + 260, box.y + 190, { steps: 4 });
        await page.waitForTimeout(200);
      },
    },
    {
      name: "06-options",
      script: threeOpen,
      prepare: async (page) => {
        await pagesShown(page);
        await showPane(page, "Sign and check");
        await page.getByText("More choices").click();
        await page.getByLabel("Reason (optional)").fill("I agree with the contract");
        await page.getByLabel("Reason (optional)").scrollIntoViewIfNeeded();
        await page.waitForTimeout(100);
      },
    },
    {
      name: "07-states",
      script: script(appState({ documents: statesOf(size) }), "sample"),
      prepare: async (page) => {
        await pagesShown(page);
        await showPane(page, "Documents");
      },
    },
    {
      name: "60-diagnostics",
      script: script(appState({ documents: [documentView(1, size)] }), "sample", {
        "diagnostics.read": {
          text: '{\n  "version": "0.1.0"\n}\n\n{"time":"2026-11-28T09:00:00.000Z","level":"info","event":"program.started"}\n',
        },
        "diagnostics.save": { saved: true },
      }),
      prepare: async (page) => {
        await pagesShown(page);
        await page.evaluate(() =>
          (globalThis as unknown as { fakeBridge: FakeControls }).fakeBridge.menu("diagnostics"),
        );
        await page.getByRole("dialog").waitFor();
      },
    },
    {
      name: "24-field",
      script: script(
        appState({
          documents: [
            documentView(1, size, {
              inspection: {
                ...NOTHING_SPECIAL,
                emptyFields: [emptyField("Client", 3, true), emptyField("Archive", null, false)],
              },
            }),
          ],
        }),
        "sample",
      ),
      prepare: async (page) => {
        await pagesShown(page);
        await showPane(page, "Sign and check");
        await page.getByText("Show a mark on the page").click();
        await page.getByRole("button", { name: "Place", exact: false }).first().click();
        await page.getByRole("option", { name: "Field “Client” (page 3)" }).click();
        await page.waitForTimeout(300);
      },
    },
    {
      name: "25-field-wishes",
      script: script(
        appState({
          documents: [
            documentView(1, size, {
              inspection: {
                ...NOTHING_SPECIAL,
                warnings: [{ code: "usage-rights" }, { code: "portfolio" }],
                emptyFields: [
                  {
                    ...emptyField("Client", 3, true),
                    reasons: ["I approve the contract", "I have seen the contract"],
                    reasonRequired: true,
                    certification: 2,
                  },
                ],
              },
            }),
          ],
        }),
        "sample",
      ),
      prepare: async (page) => {
        await pagesShown(page);
        await showPane(page, "Sign and check");
        await page.getByText("Show a mark on the page").click();
        await page.getByRole("button", { name: "Place", exact: false }).first().click();
        await page.getByRole("option", { name: "Field “Client” (page 3)" }).click();
        await page.locator("summary").filter({ hasText: "More choices" }).click();
        await page.getByText("Lock the fields of the form").scrollIntoViewIfNeeded();
        await page.waitForTimeout(300);
      },
    },
    {
      name: "08-refused",
      script: {
        ...script(appState({ documents: three }), "sample", {
          "documents.choose": {
            opened: [],
            refused: [
              { name: "holiday.docx", failure: { code: "document.not-a-pdf" } },
              { name: "salary.pdf", failure: { code: "document.encrypted" } },
            ],
          },
        }),
      },
      prepare: async (page) => {
        await pagesShown(page);
        await page.keyboard.press("Control+o");
        await page.getByRole("alert").waitFor();
      },
    },
    {
      name: "09-cannot-sign",
      script: script(
        appState({
          app: { ...appState().app, notices: [{ code: "app.keychain-unavailable" }], practice: false, sandbox: "off" },
          documents: [
            documentView(1, size, {
              inspection: {
                ...NOTHING_SPECIAL,
                certification: 1,
                signatures: [{ field: "Signature1", signer: "Anna Peeters" }],
                refusal: { code: "document.certified-no-changes" },
              },
            }),
          ],
        }),
        "sample",
      ),
      prepare: pagesShown,
    },
  ];
}

function statesOf(size: number) {
  return [
    documentView(1, size, {
      state: { kind: "new" },
      name: "Lease of the office in the Marktstraat, third version.pdf",
    }),
    documentView(2, size, { state: { kind: "ready" } }),
    documentView(3, size, { state: { kind: "waiting-for-you", transaction: RUN } }),
    documentView(4, size, { state: { kind: "waiting-for-provider", transaction: RUN, provider: "itsme" } }),
    documentView(5, size, { state: { kind: "working", transaction: RUN, step: "preparing", progress: 0.4 } }),
    documentView(6, size, {
      state: { kind: "signed", outputName: "Contract 6-signed.pdf", level: "B-T" },
      result: idOf(7),
    }),
    documentView(7, size, { name: "Contract 6-signed.pdf", signedFrom: idOf(6), state: { kind: "ready" } }),
    documentView(8, size, { state: { kind: "failed", failure: { code: "itsme.sign-rejected" }, retry: true } }),
    documentView(9, size, {
      state: { kind: "needs-attention", transaction: RUN, failure: { code: "timestamp.unreachable" } },
    }),
  ];
}
