import type { Page } from "@playwright/test";
import type { DocumentView } from "../../../shared/app-state.ts";
import { pagesShown, showPane } from "./panes.ts";
import { NOTHING_SPECIAL, RUN, appState, documentView, idOf, runView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

/** Encrypted documents: locked, asked for, wrongly answered, and waited for by a run. */
export function passwordScreens(size: number): readonly Screen[] {
  const locked = lockedDocument(1, size);
  const others = [2, 3].map((number) => documentView(number, size));
  const wrong = { failure: { code: "document.wrong-password", params: { name: locked.name } } };
  const open = script(appState({ documents: [locked, ...others] }), "sample", { "documents.unlock": wrong });
  return [
    { name: "30-locked", script: open, prepare: lockedShown },
    {
      name: "31-unlock",
      script: open,
      prepare: async (page) => {
        await lockedShown(page);
        await askForPassword(page);
      },
    },
    {
      name: "32-wrong-password",
      script: open,
      prepare: async (page) => {
        await lockedShown(page);
        await askForPassword(page);
        await page.keyboard.type("not this one");
        await page.keyboard.press("Enter");
        await page.getByRole("alert").getByText("This is not the password of the document.").waitFor();
      },
    },
    {
      name: "33-owner-password",
      script: script(
        appState({
          documents: [
            documentView(1, size, {
              inspection: { ...NOTHING_SPECIAL, refusal: { code: "document.signing-not-permitted" } },
            }),
          ],
        }),
        "sample",
      ),
      prepare: pagesShown,
    },
    {
      name: "34-run-waits-for-password",
      script: script(
        appState({
          documents: [
            { ...locked, state: { kind: "waiting-for-password", transaction: RUN } },
            documentView(2, size, { state: { kind: "working", transaction: RUN, step: "preparing", progress: null } }),
          ],
          transactions: [runView(2, { resumed: true })],
        }),
        "sample",
      ),
      prepare: async (page) => {
        await page.getByRole("dialog").getByLabel("Password").waitFor();
        await page.waitForTimeout(300);
      },
    },
    {
      name: "35-approved-waits-for-password",
      script: script(
        appState({
          documents: [
            {
              ...locked,
              state: {
                kind: "needs-attention",
                transaction: RUN,
                failure: { code: "document.password-needed", params: { name: locked.name } },
              },
            },
            documentView(2, size, {
              state: { kind: "signed", outputName: "Contract 2-signed.pdf", level: "B-T" },
              result: idOf(12),
            }),
            documentView(12, size, { name: "Contract 2-signed.pdf", signedFrom: idOf(2) }),
          ],
          transactions: [{ ...runView(2, { resumed: true }), outcome: { kind: "done", signed: 1, failed: 1 } }],
        }),
        "sample",
      ),
      prepare: async (page) => {
        await page.getByRole("dialog").waitFor();
        await page.waitForTimeout(300);
      },
    },
  ];
}

function lockedDocument(number: number, size: number): DocumentView {
  const name = `Contract ${number}.pdf`;
  return documentView(number, size, {
    name,
    pages: 0,
    state: { kind: "new" },
    inspection: { ...NOTHING_SPECIAL, refusal: { code: "document.encrypted", params: { name } } },
  });
}

async function lockedShown(page: Page): Promise<void> {
  await showPane(page, "Pages");
  await page.getByRole("heading", { name: "This document is locked" }).waitFor();
}

async function askForPassword(page: Page): Promise<void> {
  await page
    .getByRole("region", { name: "Pages", exact: true })
    .getByRole("button", { name: /^Enter password/u })
    .click();
  await page.getByRole("dialog").getByLabel("Password").waitFor();
  await page.waitForTimeout(300);
}
