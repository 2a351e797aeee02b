import type { Page } from "@playwright/test";
import type { AppState, CertificateFacts } from "../../../shared/app-state.ts";
import type { EnvironmentKind, FieldProblem, ProfileView, TestReport } from "../../../shared/profiles.ts";
import { sha256Hex } from "../../../shared/ids.ts";
import { pagesShown, showPane } from "./panes.ts";
import { appState, documentView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString();
const facts = (subject: string, days: number, issuer = "QuoVadis Enterprise CA"): CertificateFacts => ({
  subject,
  issuer,
  validUntil: inDays(days),
});

const ITSME_VALUES = {
  environment: "production",
  baseUrl: "https://b2b.itsme.be",
  partnerCode: "ACMELEGAL",
  serviceCode: "ACME_SIGN_QES",
  redirectUrl: "https://www.acme.example/signed",
  pageOrigins: ["https://merchant.itsme.be"],
};

const PRODUCTION: ProfileView = {
  provider: "itsme",
  name: "Production",
  environment: "production",
  active: true,
  values: ITSME_VALUES,
  certificates: { extraCa: [] },
  secrets: { clientCertificate: { kind: "client-certificate", facts: facts("sign.acme.example", 19) } },
  missing: [],
  keeping: "stored",
};
const ACCEPTANCE: ProfileView = {
  ...PRODUCTION,
  name: "Acceptance",
  environment: "test",
  active: false,
  values: { ...ITSME_VALUES, environment: "test", baseUrl: "https://uatb2b.itsme.be" },
  secrets: { clientCertificate: { kind: "client-certificate", facts: facts("uat.acme.example", 300) } },
};
const IDNOW: ProfileView = {
  provider: "idnow",
  name: "Main",
  environment: "test",
  active: true,
  values: {
    environment: "test",
    baseUrl: "https://customer.identity.tm/api/2.10/",
    user: "acme-integration",
    pageOrigins: ["https://go.identity.tm"],
    redirectUrl: "https://www.acme.example/signed",
    trustService: "namirial",
    signatureTypes: ["QES", "AES"],
    customerSideSigning: true,
    "relayHeader.name": "X-Relay-Key",
    relayUrl: "https://relay.acme.example",
  },
  certificates: {},
  secrets: { password: { kind: "text" }, "relayHeader.secret": { kind: "text" } },
  missing: ["password"],
  keeping: "stored",
};

/** Setting providers up, and how the window tells where signatures go. */
export function profileScreens(size: number): readonly Screen[] {
  const profiles = { ...appState().profiles, list: [PRODUCTION, ACCEPTANCE, IDNOW] };
  const base = appState({
    profiles,
    app: { ...appState().app, practice: false, environment: "production" },
    settings: {
      ...appState().settings,
      timestampUrl: "https://timestamps.example.com/tsa",
      trustAnchors: [
        {
          sha256: sha256Hex("a".repeat(64)),
          facts: facts("Belgium Root CA4", 4_000, "Belgium Root CA4"),
          isFixed: false,
        },
      ],
      bankidRoots: [
        {
          sha256: sha256Hex("b".repeat(64)),
          facts: facts("BankID SE Root CA v1", 2_800, "BankID SE Root CA v1"),
          isFixed: true,
        },
        {
          sha256: sha256Hex("c".repeat(64)),
          facts: facts("BankID SE Root CA v2", 8_000, "BankID SE Root CA v2"),
          isFixed: false,
        },
      ],
    },
  });
  return [
    {
      name: "90-settings",
      script: script(base, "sample"),
      prepare: openSettings,
    },
    {
      name: "90-settings-policy",
      script: script(
        {
          ...base,
          settings: {
            ...base.settings,
            fixed: ["timestampUrl", "outputFolder", "authorities"],
            trustAnchors: base.settings.trustAnchors.map((anchor) => ({ ...anchor, isFixed: true })),
            bankidRoots: [],
          },
        },
        "sample",
      ),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByText("none can be added here").last().scrollIntoViewIfNeeded();
      },
    },
    {
      name: "90-settings-bankid-roots",
      script: script(base, "sample"),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Add a root certificate…" }).scrollIntoViewIfNeeded();
      },
    },
    { name: "91-settings-empty", script: script(appState(), "sample"), prepare: openSettings },
    {
      name: "92-profile-new",
      script: script(appState(), "sample"),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Set up itsme…" }).click();
        await page.getByRole("heading", { name: "Set up itsme" }).waitFor();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "93-profile-problems",
      script: script(appState(), "sample", { "profiles.save": { problems: PROBLEMS, secrets: "stored" } }),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Set up BankID…" }).click();
        await page.getByRole("button", { name: "Save", exact: true }).click();
        await page.getByRole("alert").last().waitFor();
        await page.waitForTimeout(300);
      },
    },
    {
      name: "94-profile-stored",
      script: script(base, "sample"),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Change IDnow profile Main" }).click();
        await page.getByText("Your organisation's network").click();
        await page.getByRole("button", { name: "Remove", exact: true }).scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "95-profile-file-password",
      script: script(base, "sample", {
        "profiles.importCertificate": { kind: "password", file: "1", name: "acme-client.p12", problem: null },
        "profiles.unlockCertificate": {
          kind: "password",
          file: "1",
          name: "acme-client.p12",
          problem: { code: "certificate.wrong-password", params: { name: "acme-client.p12" } },
        },
      }),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Change itsme profile Production" }).click();
        await page.getByRole("button", { name: "Choose another file…" }).click();
        await page.getByLabel("Password of acme-client.p12").fill("wrong");
        await page.keyboard.press("Enter");
        await page.getByRole("alert").waitFor();
        await page.getByRole("button", { name: "Open", exact: true }).scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "96-profile-test-failed",
      script: script(base, "sample", { "profiles.test": { kind: "tested", report: REPORT } }),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Change itsme profile Production" }).click();
        await page.getByRole("button", { name: "Test connection" }).click();
        await page.getByRole("region", { name: "Test of the connection" }).waitFor();
        await page.waitForTimeout(300);
      },
    },
    {
      name: "96-profile-fourthline-problems",
      script: script(appState(), "sample", { "profiles.save": { problems: TABLE_PROBLEMS, secrets: "stored" } }),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Set up Fourthline…" }).click();
        await page.getByText("Further settings").click();
        await page.getByLabel("Paths and field names").fill(TABLE);
        await page.getByRole("button", { name: "Save", exact: true }).click();
        await page.getByRole("alert").last().waitFor();
        await page.getByLabel("Paths and field names").scrollIntoViewIfNeeded();
        await page.waitForTimeout(300);
      },
    },
    {
      name: "96-profile-fourthline-new",
      script: script(appState(), "sample"),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Set up Fourthline…" }).click();
        await page.getByRole("heading", { name: "Set up Fourthline" }).waitFor();
        await page.getByLabel("Workflow after an identification").scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "96-profile-fourthline-test",
      script: script(base, "sample", { "profiles.test": { kind: "tested", report: CALL_REPORT } }),
      prepare: async (page) => {
        await openSettings(page);
        await page.getByRole("button", { name: "Set up Fourthline…" }).click();
        await page.getByRole("button", { name: "Test connection" }).click();
        await page.getByRole("region", { name: "Test of the connection" }).waitFor();
        await page.locator('[data-step="codes"]').scrollIntoViewIfNeeded();
        await page.waitForTimeout(300);
      },
    },
    ...(["production", "test"] as const).map((environment) => inUse(size, environment)),
    brokenScreen(size, base),
  ];
}

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press("Control+,");
  await page.getByRole("dialog").waitFor();
  await page.waitForTimeout(200);
}

function inUse(size: number, environment: EnvironmentKind): Screen {
  const profile = environment === "production" ? PRODUCTION : { ...ACCEPTANCE, active: true };
  const plain = appState({ documents: [documentView(1, size)] });
  const state: AppState = {
    ...plain,
    app: { ...plain.app, practice: false, environment },
    profiles: { ...plain.profiles, list: [profile] },
    providers: plain.providers.map((view) =>
      view.id === "itsme" ? { ...view, environment, profile: profile.name } : view,
    ),
  };
  return {
    name: `97-in-use-${environment}`,
    script: script(state, "sample"),
    prepare: async (page) => {
      await pagesShown(page);
      await showPane(page, "Sign and check");
      await page.waitForTimeout(200);
    },
  };
}

function brokenScreen(size: number, base: AppState): Screen {
  const state: AppState = {
    ...base,
    documents: [documentView(1, size)],
    providers: base.providers.map((view) =>
      view.id === "itsme"
        ? {
            ...view,
            environment: "production",
            profile: "Production",
            levels: [],
            problem: { code: "profile.secret-missing", params: { name: "Production", provider: "itsme" } },
          }
        : view,
    ),
  };
  return {
    name: "98-in-use-broken",
    script: script(state, "sample"),
    prepare: async (page) => {
      await pagesShown(page);
      await showPane(page, "Sign and check");
      await page.waitForTimeout(200);
    },
  };
}

const PROBLEMS: readonly FieldProblem[] = [
  { field: "connection.baseUrl", sentence: "profile.wrong.https" },
  { field: "connection.tenant", sentence: "profile.missing.text" },
  { field: "connection.basic.password", sentence: "profile.missing.secret" },
  { field: "roots", sentence: "profile.wrong.test-root" },
  { field: "policies", sentence: "profile.wrong.oid" },
];

const done = (id: TestReport[number]["id"], note: TestReport[number]["note"] = null): TestReport[number] => ({
  id,
  state: "passed",
  note,
  failure: null,
});

const REPORT: TestReport = [
  done("dns", { key: "probe.addresses", params: { addresses: "203.0.113.20, 203.0.113.21" } }),
  { ...done("proxy", { key: "probe.no-proxy", params: {} }), state: "not-needed" },
  done("tcp", { key: "probe.connected", params: { address: "203.0.113.20:443" } }),
  done("tls", {
    key: "probe.server",
    params: { protocol: "TLS 1.3", subject: "b2b.itsme.be", issuer: "DigiCert TLS RSA CA", until: "2027-03-01" },
  }),
  {
    ...done("client-certificate", { key: "probe.certificate-expires", params: { count: 19, until: "2026-12-17" } }),
    state: "warning",
  },
  {
    ...done("allow-list"),
    state: "failed",
    failure: { code: "connection.not-allowed", params: { host: "b2b.itsme.be", reason: 403 } },
  },
  { ...done("service"), state: "not-tried" },
  { ...done("credentials"), state: "not-tried" },
  { ...done("codes"), state: "not-tried" },
];

const TABLE = JSON.stringify(
  {
    endpoints: {
      status: { path: "/v2/qes/status" },
      approve: { method: "PATCH", path: "/v2/qes/{signatureId}/approve" },
    },
    fields: { status: { status: "data.state" } },
  },
  null,
  2,
);

const TABLE_PROBLEMS: readonly FieldProblem[] = [
  { field: "table", sentence: "profile.wrong.table-workflow-path", params: { place: "endpoints.status.path" } },
  { field: "maximumDocuments", sentence: "profile.wrong.count" },
];

const CALL_REPORT: TestReport = [
  ...REPORT.slice(0, 4),
  { ...done("client-certificate"), state: "not-needed" },
  done("allow-list"),
  done("service", { key: "probe.fourthline-alive", params: {} }),
  done("credentials", { key: "probe.fourthline-client", params: { client: "acme-legal" } }),
  {
    ...done("codes", {
      key: "probe.fourthline-call",
      params: { name: "status", method: "GET", path: "/v2/qes/{signatureId}/state" },
    }),
    state: "failed",
    failure: { code: "provider.access-denied", params: { status: 403 } },
  },
];
