import type { CertificateChoice, SettingsView, TokenOffer, TransactionView } from "../../../shared/app-state.ts";
import type { SecretInteraction } from "../../../shared/interaction.ts";
import { dialogShown, pagesShown, showPane } from "./panes.ts";
import { reviewAnswer, reviewSheet } from "./review-sheet.ts";
import { CERTIFICATE, RUN, appState, documentView, runView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

const DAY = 24 * 3600 * 1000;
const FACTS = {
  subject: "Karin Own",
  issuer: "Office CA 3",
  validUntil: new Date(Date.now() + 12.5 * DAY).toISOString(),
};
const FILE: CertificateChoice = { kind: "file", name: "karin-2026.p12", facts: FACTS };
const QUESTION: SecretInteraction = {
  kind: "secret",
  id: "secret-0",
  message: "certificate.ask-password",
  params: { name: FILE.name },
  deadline: null,
  secret: "password",
  problem: null,
  attemptsLeft: null,
  practiceHint: null,
};

/** Signing with a certificate on this computer: choosing it, the sheet, and its password. */
export function certificateScreens(size: number): readonly Screen[] {
  return [
    panel(size, "40-certificate-none", null),
    panel(size, "41-certificate-practice", { kind: "practice", name: "", facts: null }),
    panel(size, "42-certificate-new-file", { ...FILE, facts: null }),
    panel(size, "43-certificate-file", FILE, "https://timestamps.example.com/tsa"),
    sheetScreen(size),
    tokenScreen(size, "48-tokens", OFFERS),
    tokenScreen(size, "49-tokens-none", []),
    approval(size, "50-pin-last-try", {
      ...QUESTION,
      message: "token.ask-pin",
      params: { name: "Karin" },
      secret: "pin",
      attemptsLeft: 1,
      problem: { code: "token.pin-wrong-last-try" },
    }),
    approval(size, "45-certificate-password", QUESTION),
    approval(size, "46-certificate-wrong", {
      ...QUESTION,
      id: "secret-1",
      problem: { code: "certificate.wrong-password" },
    }),
    approval(
      size,
      "47-certificate-practice-password",
      { ...QUESTION, message: "certificate.ask-practice", practiceHint: "practice" },
      { practice: true, resumed: true },
    ),
  ];
}

const OFFERS: readonly TokenOffer[] = [
  { id: "1", token: "Karin", model: "Example ID card", pin: "asked", pinState: "good", facts: FACTS },
  {
    id: "2",
    token: "Signing stick of the office in the Marktstraat",
    model: "Example",
    pin: "reader",
    pinState: "last-try",
    facts: { ...FACTS, subject: "Example Consulting BV", validUntil: new Date(Date.now() + 400 * DAY).toISOString() },
  },
  { id: "3", token: "Old card", model: "Example", pin: "asked", pinState: "locked", facts: null },
];

function tokenScreen(size: number, name: string, offers: readonly TokenOffer[]): Screen {
  const answer = { offers, failures: [{ code: "token.module-unusable", params: { module: "libexample.so" } }] };
  return {
    name,
    script: script(stateWith(size, null, null), "sample", { "certificate.listTokens": answer }),
    prepare: async (page) => {
      await pagesShown(page);
      await showPane(page, "Sign and check");
      await page.getByRole("button", { name: "Card or token…" }).click();
      await dialogShown(page);
    },
  };
}

function stateWith(size: number, certificate: CertificateChoice | null, timestampUrl: string | null) {
  const practises = certificate === null || certificate.kind === "practice";
  const base = appState({ documents: [1, 2].map((number) => documentView(number, size)) });
  const settings: SettingsView = { ...base.settings, provider: "certificate", certificate, timestampUrl };
  const levels =
    certificate?.kind === "practice" || timestampUrl !== null
      ? (["B-B", "B-T", "B-LT", "B-LTA"] as const)
      : (["B-B"] as const);
  const providers = base.providers.map((view) =>
    view.id === "certificate" ? { ...CERTIFICATE, available: true, levels } : view,
  );
  return { ...base, app: { ...base.app, practice: practises }, settings, providers };
}

function panel(
  size: number,
  name: string,
  certificate: CertificateChoice | null,
  timestampUrl: string | null = null,
): Screen {
  return {
    name,
    script: script(stateWith(size, certificate, timestampUrl), "sample"),
    prepare: async (page) => {
      await pagesShown(page);
      await showPane(page, "Sign and check");
      await page.getByRole("region", { name: "Certificate" }).waitFor();
    },
  };
}

function sheetScreen(size: number): Screen {
  const sheet = reviewSheet(2, {
    provider: "certificate",
    environment: "production",
    sends: "nothing",
    recipient: "",
    timestampHost: "timestamps.example.com",
    asksIssuers: true,
    certificate: FACTS,
  });
  const state = stateWith(size, FILE, "https://timestamps.example.com/tsa");
  return {
    name: "44-certificate-review",
    script: script(state, "sample", { "signing.review": reviewAnswer(sheet) }),
    prepare: async (page) => {
      await pagesShown(page);
      await page.keyboard.press("Control+Enter");
      await dialogShown(page);
    },
  };
}

function approval(
  size: number,
  name: string,
  interaction: SecretInteraction,
  change: Partial<TransactionView> = {},
): Screen {
  const own = { provider: "certificate", practice: false, environment: "production" } as const;
  const run = runView(2, { ...own, interaction, ...change });
  const state = stateWith(size, FILE, null);
  const documents = state.documents.map((document) => ({
    ...document,
    state: { kind: "waiting-for-you", transaction: RUN } as const,
  }));
  return { name, script: script({ ...state, documents, transactions: [run] }, "sample"), prepare: dialogShown };
}
