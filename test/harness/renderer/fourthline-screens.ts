import type { Page } from "@playwright/test";
import type { AppState, ProviderView, TransactionView } from "../../../shared/app-state.ts";
import type {
  CodeInteraction,
  ConditionsInteraction,
  HandoverInteraction,
  Interaction,
  PhoneInteraction,
  SelfieInteraction,
  WaitingInteraction,
} from "../../../shared/interaction.ts";
import { dialogShown, pagesShown, showPane } from "./panes.ts";
import { reviewAnswer, reviewSheet } from "./review-sheet.ts";
import { RUN, appState, documentView, inMinutes, runView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

export const HOST = "api.fourthline.com";

export const FOURTHLINE: ProviderView = {
  id: "fourthline",
  available: true,
  takes: "document",
  maximumDocuments: 10,
  levels: ["B-B", "B-T", "B-LT", "B-LTA"],
  languages: ["EN", "FR", "NL", "DE"],
  policies: [],
  commitmentTypes: [],
  drawsMark: true,
  takesPlace: false,
  idnow: null,
  bankid: null,
  environment: "sandbox",
  profile: null,
  problem: null,
  fourthline: { flows: ["completed", "pending"] },
};

/** Everything about a signing with Fourthline: the form, the sheet, and what the dialog asks. */
export function fourthlineScreens(size: number): readonly Screen[] {
  return [...formScreens(size), reviewScreen(size), ...dialogScreens(size)];
}

export function fourthlineState(size: number, change: Partial<AppState> = {}): AppState {
  const base = appState();
  return appState({
    documents: [1, 2].map((number) => documentView(number, size, { pages: 3 })),
    providers: [...base.providers, FOURTHLINE],
    settings: { ...base.settings, provider: "fourthline" },
    ...change,
  });
}

export const PERSON = {
  "Given names": "Anna Maria Sofia",
  Surname: "de Vries",
  "Mobile phone": "+31 6 12345678",
  "Your reference of the person": "customer-4711",
} as const;

export async function fillPerson(page: Page): Promise<void> {
  await showPane(page, "Sign and check");
  for (const [name, value] of Object.entries(PERSON)) {
    await page.getByRole("textbox", { name }).fill(value);
  }
  await page.keyboard.press("Tab");
}

function formScreens(size: number): readonly Screen[] {
  const form = script(fourthlineState(size), "sample");
  const ready = async (page: Page): Promise<void> => {
    await pagesShown(page);
    await showPane(page, "Sign and check");
    await page.getByRole("region", { name: "Who signs" }).waitFor();
  };
  return [
    { name: "90-fourthline-form", script: form, prepare: ready },
    {
      name: "91-fourthline-problems",
      script: form,
      prepare: async (page) => {
        await ready(page);
        await page.getByRole("textbox", { name: "Mobile phone" }).fill("06 12345678");
        await page.getByRole("button", { name: "Sign 1 document with Fourthline" }).click();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "92-fourthline-filled",
      script: form,
      prepare: async (page) => {
        await ready(page);
        await fillPerson(page);
        await page.getByText("Whether it draws a mark").scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
  ];
}

function reviewScreen(size: number): Screen {
  const sheet = reviewSheet(1, { provider: "fourthline", sends: "document", recipient: HOST, timestampHost: null });
  return {
    name: "93-fourthline-review",
    script: script(fourthlineState(size), "sample", { "signing.review": reviewAnswer(sheet) }),
    prepare: async (page) => {
      await pagesShown(page);
      await fillPerson(page);
      await page.keyboard.press("Control+Enter");
      await dialogShown(page);
    },
  };
}

const NAME = { name: "Anna Maria Sofia de Vries" };
const TERMS = [
  "1. What this is about",
  "The trust service issues a certificate for one signature. It holds your given names, your surname and the number of your identity document.",
  "2. What you declare",
  "You declare that these data are right, and that you alone have the phone that gets the passcode.",
].join("\n\n");

export const CONSENT: ConditionsInteraction = {
  kind: "conditions",
  id: "consent-0-0",
  message: "fourthline.consent",
  params: NAME,
  deadline: inMinutes(118),
  documents: [
    { id: "1", title: "Contract 1.pdf" },
    { id: "2", title: "Contract 2.pdf" },
  ],
  conditions: [
    { id: "general-terms", title: "General terms of Namirial", text: TERMS, url: null },
    { id: "privacy", title: "Privacy", text: null, url: "https://legal.example.org/privacy?language=en" },
  ],
  consequence: "fourthline.consent-sends-sms",
  sentTo: "+31 *** 5678",
  problem: null,
};

export const CODE: CodeInteraction = {
  kind: "code",
  id: "code-0-1",
  message: "fourthline.code",
  params: NAME,
  deadline: inMinutes(58),
  digits: { minimum: 6, maximum: 6 },
  problem: null,
  attemptsLeft: 3,
  resendFrom: inMinutes(0.5),
  sentTo: "+31 *** 5678",
};

export const NUMBER: PhoneInteraction = {
  kind: "phone",
  id: "number-0-0",
  message: "fourthline.number",
  params: NAME,
  deadline: null,
  problem: null,
};

export const SELFIE: SelfieInteraction = {
  kind: "selfie",
  id: "selfie-0-0",
  message: "fourthline.selfie",
  params: NAME,
  deadline: inMinutes(24 * 60 - 2),
  problem: null,
};

export const PENDING: WaitingInteraction = {
  kind: "waiting",
  id: "watch-0-verification-3",
  message: "fourthline.pending-verification",
  device: "computer",
  deadline: inMinutes(7 * 24 * 60 - 2),
  takesDays: true,
  hint: null,
};

export const CONTRACT: HandoverInteraction = {
  kind: "handover",
  id: "contract-0-4",
  message: "fourthline.contract",
  params: NAME,
  deadline: null,
  file: "infocert-contract",
  isSaved: false,
  problem: null,
};

const runOf = (interaction: Interaction): TransactionView => runView(2, { provider: "fourthline", interaction });

export function fourthlineRunning(size: number, interaction: Interaction) {
  const state = { kind: "waiting-for-you", transaction: RUN } as const;
  const documents = [1, 2].map((number) => documentView(number, size, { state }));
  return script(fourthlineState(size, { documents, transactions: [runOf(interaction)] }), "sample");
}

function dialogScreens(size: number): readonly Screen[] {
  const showing = (name: string, interaction: Interaction): Screen => ({
    name,
    script: fourthlineRunning(size, interaction),
    prepare: dialogShown,
  });
  return [
    showing("94-fourthline-consent", CONSENT),
    {
      name: "95-fourthline-text",
      script: fourthlineRunning(size, CONSENT),
      prepare: async (page) => {
        await dialogShown(page);
        await page.getByRole("dialog").locator("summary").first().click();
        await page.getByRole("region", { name: "General terms of Namirial" }).scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "96-fourthline-reading",
      script: fourthlineRunning(size, CONSENT),
      prepare: async (page) => {
        await dialogShown(page);
        await page.getByRole("button", { name: "Read “Contract 2.pdf”" }).click();
        await page.getByRole("button", { name: "Back to the approval" }).waitFor();
        await pagesShown(page);
      },
    },
    showing("97-fourthline-unclear", { ...CONSENT, problem: { code: "fourthline.approval-unclear" } }),
    showing("98-fourthline-code", CODE),
    showing("99-fourthline-number", {
      ...NUMBER,
      problem: { code: "fourthline.number-refused", params: { text: "" } },
    }),
    showing("100-fourthline-selfie", SELFIE),
    showing("101-fourthline-pending", PENDING),
    showing("102-fourthline-contract", CONTRACT),
    showing("103-fourthline-again", {
      kind: "confirm",
      id: "again-0-5",
      message: "fourthline.again-mismatch",
      params: {},
      deadline: null,
      repeats: true,
    }),
  ];
}
