import { encode } from "uqr";
import type { Page } from "@playwright/test";
import type { AppState, ProviderView, TransactionView } from "../../../shared/app-state.ts";
import type {
  CodeInteraction,
  IdentificationInteraction,
  Interaction,
  PageInteraction,
  WaitingInteraction,
} from "../../../shared/interaction.ts";
import { dialogShown, pagesShown, showPane } from "./panes.ts";
import { reviewAnswer, reviewSheet } from "./review-sheet.ts";
import { RUN, appState, documentView, inMinutes, runView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

export const HOST = "customer.identity.tm";

export const IDNOW: ProviderView = {
  id: "idnow",
  available: true,
  takes: "document",
  maximumDocuments: 10,
  levels: ["B-B", "B-T", "B-LT", "B-LTA"],
  languages: ["EN", "DE"],
  policies: [],
  commitmentTypes: [],
  drawsMark: true,
  takesPlace: true,
  fourthline: null,
  idnow: {
    signatureTypes: ["QES", "AES", "BES"],
    codeEntries: ["page", "here"],
    keepsIdentification: true,
    robots: true,
  },
  environment: "sandbox",
  profile: null,
  problem: null,
  bankid: null,
};

/** Everything about an order to IDnow: the form, the sheet, and what the dialog asks and shows. */
export function idnowScreens(size: number): readonly Screen[] {
  return [...formScreens(size), reviewScreen(size), ...dialogScreens(size)];
}

export function idnowState(size: number, change: Partial<AppState> = {}): AppState {
  const base = appState();
  return appState({
    documents: [1, 2].map((number) => documentView(number, size, { pages: 3 })),
    providers: [...base.providers, IDNOW, { ...IDNOW, id: "bankid", takes: "text", available: false, idnow: null }],
    settings: { ...base.settings, provider: "idnow" },
    ...change,
  });
}

const SIGNERS = [
  ["Erika", "Mustermann", "erika@example.com", "+49 170 1234567"],
  ["Jan", "van den Berg", "jan@example.com", "+32 470 12 34 56"],
] as const;

export async function fillSigner(page: Page, number: 1 | 2): Promise<void> {
  const group = page.getByRole("group", { name: `Signer ${number}` });
  const [given, surname, email, mobile] = SIGNERS[number - 1]!;
  await group.getByRole("textbox", { name: "Given names" }).fill(given);
  await group.getByRole("textbox", { name: "Surname" }).fill(surname);
  await group.getByRole("textbox", { name: "E-mail" }).fill(email);
  await group.getByRole("textbox", { name: "Mobile phone" }).fill(mobile);
  await page.keyboard.press("Tab");
}

export async function fillTwoSigners(page: Page): Promise<void> {
  await showPane(page, "Sign and check");
  await fillSigner(page, 1);
  await page.getByRole("button", { name: "Add a signer" }).click();
  await fillSigner(page, 2);
}

function formScreens(size: number): readonly Screen[] {
  const form = script(idnowState(size), "sample");
  const ready = async (page: Page): Promise<void> => {
    await pagesShown(page);
    await showPane(page, "Sign and check");
    await page.getByRole("region", { name: "Who signs" }).waitFor();
  };
  return [
    {
      name: "60-idnow-providers",
      script: form,
      prepare: async (page) => {
        await ready(page);
        await page
          .getByRole("button", { name: /Sign with/u })
          .first()
          .click();
        await page.getByRole("option").first().waitFor();
        await page.waitForTimeout(200);
      },
    },
    { name: "61-idnow-form", script: form, prepare: ready },
    {
      name: "62-idnow-problems",
      script: form,
      prepare: async (page) => {
        await ready(page);
        const group = page.getByRole("group", { name: "Signer 1" });
        await group.getByRole("textbox", { name: "E-mail" }).fill("erika@");
        await group.getByRole("textbox", { name: "Mobile phone" }).fill("0170 1234567");
        await page.getByRole("button", { name: "Sign 1 document with IDnow" }).click();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "63-idnow-signers",
      script: form,
      prepare: async (page) => {
        await ready(page);
        await fillTwoSigners(page);
        await page.getByText("Add a signer").scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "64-idnow-more",
      script: form,
      prepare: async (page) => {
        await ready(page);
        await page.locator("summary").filter({ hasText: "More about the order" }).click();
        await page.getByRole("button", { name: "Add a sentence" }).click();
        await page.getByRole("textbox", { name: "Sentence 1" }).fill("I have read the conditions of the loan");
        await page.getByText("For test accounts").scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "65-idnow-places",
      script: form,
      prepare: async (page) => {
        await ready(page);
        await fillTwoSigners(page);
        await page.getByText("Choose where IDnow's mark goes").click();
        await page.getByRole("button", { name: "Put on this page" }).click();
        await page.waitForTimeout(200);
        await page.getByText("in points (72 points", { exact: false }).scrollIntoViewIfNeeded();
        await showPane(page, "Pages");
        await page.locator("[data-placement-box]").scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
  ];
}

function reviewScreen(size: number): Screen {
  const change = { provider: "idnow", sends: "document", recipient: HOST, timestampHost: null, approvals: 2 } as const;
  const sheet = reviewSheet(1, change);
  return {
    name: "66-idnow-review",
    script: script(idnowState(size), "sample", { "signing.review": reviewAnswer(sheet) }),
    prepare: async (page) => {
      await pagesShown(page);
      await fillTwoSigners(page);
      await page.getByText("Show me what IDnow found out").click();
      await page.keyboard.press("Control+Enter");
      await dialogShown(page);
    },
  };
}

const NAME = { name: "Erika Mustermann" };

const QR_ROWS = encode(`https://${HOST}/i/TST-ABCDE`, { ecc: "M", border: 0 }).data.map((row) =>
  row.map((dark) => (dark ? "1" : "0")).join(""),
);

export const PAGE: PageInteraction = {
  kind: "page",
  id: "page-1",
  message: "idnow.page",
  params: NAME,
  host: HOST,
  qr: { rows: QR_ROWS },
  deadline: inMinutes(45),
};

export const CODE: CodeInteraction = {
  kind: "code",
  id: "code-1",
  message: "idnow.code",
  params: NAME,
  deadline: inMinutes(15),
  digits: { minimum: 6, maximum: 6 },
  problem: null,
  attemptsLeft: null,
  resendFrom: inMinutes(0.5),
  sentTo: "+49 *** 4567",
};

export const IDENTIFICATION: IdentificationInteraction = {
  kind: "identification",
  id: "identification-1",
  message: "idnow.result",
  params: NAME,
  deadline: null,
  rows: [
    { field: "given-name", ordered: "Erika", checked: "ERIKA" },
    { field: "surname", ordered: "Mustermann", checked: "MUSTERMANN-GABLER" },
    { field: "birthdate", ordered: null, checked: "1983-08-12" },
    { field: "document-type", ordered: null, checked: "Identity card" },
    { field: "document-number", ordered: null, checked: "T220001293" },
    { field: "mobile", ordered: "+491701234567", checked: "+491701234567" },
    { field: "email", ordered: "erika@example.com", checked: null },
  ],
  method: "Video",
  suspectedFraud: false,
  files: ["identification-report", "audit-log", "images"],
  problem: null,
  host: HOST,
};

const WAITING: WaitingInteraction = {
  kind: "waiting",
  id: "waiting-1",
  message: "idnow.working",
  device: "computer",
  deadline: inMinutes(45),
  canReopenPage: true,
  hint: { code: "idnow.status-hint", params: { idnowStatus: "77" } },
};

export const idnowRun = (interaction: Interaction): TransactionView => runView(1, { provider: "idnow", interaction });

export function idnowRunning(size: number, interaction: Interaction) {
  const waiting = documentView(1, size, { state: { kind: "waiting-for-you", transaction: RUN } });
  return script(idnowState(size, { documents: [waiting], transactions: [idnowRun(interaction)] }), "sample");
}

function dialogScreens(size: number): readonly Screen[] {
  const showing = (name: string, interaction: Interaction): Screen => ({
    name,
    script: idnowRunning(size, interaction),
    prepare: dialogShown,
  });
  return [
    showing("67-idnow-page", PAGE),
    showing("68-idnow-page-problem", {
      ...PAGE,
      problem: { code: "idnow.page-again", params: { idnowStatus: "21.39" } },
    }),
    showing("69-idnow-waiting", WAITING),
    showing("70-idnow-code", CODE),
    showing("71-idnow-code-wrong", {
      ...CODE,
      problem: { code: "idnow.wrong-tan" },
      attemptsLeft: 2,
      resendFrom: inMinutes(-1),
    }),
    showing("72-idnow-identification", IDENTIFICATION),
    showing("73-idnow-suspicion", {
      ...IDENTIFICATION,
      suspectedFraud: true,
      problem: { code: "idnow.not-deleted", params: { reason: 503 } },
    }),
    showing("74-idnow-delete-only", { ...IDENTIFICATION, message: "idnow.delete", rows: [], method: null, files: [] }),
  ];
}
