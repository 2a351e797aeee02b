import type { Page } from "@playwright/test";
import { previewTexts } from "../../../electron/providers/bankid/compose-texts.ts";
import { qrData, qrPicture } from "../../../electron/providers/bankid/qr-code.ts";
import type { AppState, ProviderView, TextPreview, TransactionView } from "../../../shared/app-state.ts";
import type { Interaction } from "../../../shared/interaction.ts";
import { dialogShown, pagesShown, showPane } from "./panes.ts";
import { reviewAnswer, reviewSheet } from "./review-sheet.ts";
import { DIGEST, RUN, appState, documentView, runView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

// The tokens of BankID's own sample code.
const START = { token: "67df3917-fa0d-44e5-b327-edcc928297f8", secret: "d28db9a7-4cde-429e-a983-359be676944c" };

export const RECIPIENT = "sign.example.org";

export const BANKID: ProviderView = {
  id: "bankid",
  available: true,
  takes: "text",
  maximumDocuments: 50,
  levels: ["B-B", "B-T", "B-LT", "B-LTA"],
  languages: ["SV", "EN"],
  policies: [],
  commitmentTypes: [],
  drawsMark: false,
  takesPlace: true,
  idnow: null,
  fourthline: null,
  bankid: { language: "sv", format: "plain", sealedBy: "Exempel AB" },
  environment: "sandbox",
  profile: null,
  problem: null,
};

/** Everything about an order to BankID: the form, the sheet, and the dialog while it runs. */
export function bankidScreens(size: number): readonly Screen[] {
  return [...dialogScreens(size), ...formScreens(size), ...reviewScreens(size)];
}

export function bankidState(size: number, change: Partial<AppState> = {}): AppState {
  const base = appState();
  return appState({
    documents: [1, 2].map((number) => documentView(number, size, { pages: 3 })),
    providers: [...base.providers, BANKID],
    settings: { ...base.settings, provider: "bankid" },
    ...change,
  });
}

export const bankidPreview = (language: TextPreview["language"], format: TextPreview["format"]): TextPreview => {
  const documents = [1, 2].map((number) => ({
    name: `Contract ${number}.pdf`,
    pages: 3 * number,
    size: 84_121,
    sha256: DIGEST,
  }));
  const preview = previewTexts(documents, { language, format });
  if (!preview.ok) throw new Error(preview.failure.code);
  return preview.value;
};

/** What main answers when it is asked what would be sent. */
export const bankidReview = (text: TextPreview): ReturnType<typeof reviewAnswer> =>
  reviewAnswer(
    reviewSheet(2, {
      provider: "bankid",
      sends: "text",
      recipient: RECIPIENT,
      text,
      evidence: { sealedBy: "Exempel AB" },
    }),
  );

async function formShown(page: Page): Promise<void> {
  await pagesShown(page);
  await showPane(page, "Sign and check");
  await page.getByRole("region", { name: "What is signed with BankID" }).waitFor();
}

function formScreens(size: number): readonly Screen[] {
  const form = script(bankidState(size), "sample");
  return [
    { name: "84-bankid-form", script: form, prepare: formShown },
    {
      name: "85-bankid-wrong-number",
      script: form,
      prepare: async (page) => {
        await formShown(page);
        const field = page.getByRole("textbox", { name: /^Personal number/u });
        await field.fill("19811218-9875");
        await page.keyboard.press("Tab");
        await field.scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
  ];
}

function reviewScreens(size: number): readonly Screen[] {
  const sheetOf = (text: TextPreview) => script(bankidState(size), "sample", { "signing.review": bankidReview(text) });
  const ask = async (page: Page): Promise<void> => {
    await formShown(page);
    await page.keyboard.press("Control+Enter");
    await dialogShown(page);
  };
  return [
    { name: "86-bankid-review", script: sheetOf(bankidPreview("en", "plain")), prepare: ask },
    {
      name: "87-bankid-review-hidden",
      script: sheetOf(bankidPreview("sv", "simpleMarkdownV1")),
      prepare: async (page) => {
        await formShown(page);
        await page.getByRole("textbox", { name: /^Personal number/u }).fill("19811218-9876");
        await page.keyboard.press("Control+Enter");
        await dialogShown(page);
        await page.getByText("What is signed with it and not shown").click();
        await page.getByText("It ties the signature to the files").scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
  ];
}

/** A run that asks this. */
export const bankidRun = (interaction: Interaction): TransactionView => runView(2, { provider: "bankid", interaction });

/** The code as it is in a second of its life. */
export function bankidCode(second: number): Extract<Interaction, { readonly kind: "qr" }> {
  return {
    kind: "qr",
    id: "1",
    message: "bankid.scan",
    deadline: new Date(Date.now() + 3 * 60_000).toISOString(),
    picture: qrPicture(START, second),
    code: qrData(START, second),
    canOpenApp: true,
    problem: null,
  };
}

/** The approval dialog while an order runs at BankID. */
function dialogScreens(size: number): readonly Screen[] {
  const deadline = new Date(Date.now() + 3 * 60_000).toISOString();
  const documents = [1, 2].map((number) =>
    documentView(number, size, { state: { kind: "waiting-for-you", transaction: RUN } }),
  );
  const showing = (name: string, interaction: Interaction): Screen => ({
    name,
    script: script(bankidState(size, { documents, transactions: [bankidRun(interaction)] }), "sample"),
    prepare: dialogShown,
  });
  return [
    showing("80-bankid-code", bankidCode(17)),
    showing("81-bankid-code-again", { ...bankidCode(17), problem: { code: "bankid.not-started" } }),
    showing("82-bankid-app", {
      kind: "waiting",
      id: "1",
      message: "bankid.sv.RFA13",
      language: "sv",
      device: "computer",
      deadline,
      canShowQr: true,
    }),
    showing("83-bankid-code-scanned", { kind: "waiting", id: "1", message: "bankid.RFA9", device: "phone", deadline }),
  ];
}
