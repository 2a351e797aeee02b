import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Application } from "../../../../electron/services/application/application.ts";
import { parseCertificates } from "../../../../electron/pki/certificate.ts";
import { verifyFile } from "../../../../electron/verify/verify-file.ts";
import { connectPractice } from "../../../../sandbox/connect-practice.ts";
import type { FourthlineTableChange } from "../../../../sandbox/fourthline/endpoint-table.ts";
import { announceSandbox } from "../../../../sandbox/running-sandbox.ts";
import { startSandbox } from "../../../../sandbox/start-sandbox.ts";
import type { CommandArgument } from "../../../../shared/ipc.ts";
import { makePdf } from "../../../interop/pades/made-pdfs.ts";
import { detailsOf, personWith } from "../fourthline-world.ts";
import { everythingKept, expectOutcome, newFolder, openApplication, startSigning } from "../open-application.ts";
import { keychain } from "../bare-ports.ts";

/** The practice Fourthline with these paths and names, and the program over an empty folder. */
async function open(table: FourthlineTableChange = {}) {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-fourthline-profile-"));
  const sandbox = await startSandbox({ folder, fourthlineTable: table });
  await announceSandbox(sandbox, process.pid);
  const practice = await connectPractice(folder);
  sandbox.control.fourthline.setSettings({ workMilliseconds: 20 });
  const data = await newFolder();
  const application = openApplication(data, practice, { keyStore: keychain() });
  onTestFinished(async () => {
    await application.close();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { sandbox, practice, data, application };
}

type Opened = Awaited<ReturnType<typeof open>>;

function draftFor({ practice }: Opened, table: string, secret = practice.fourthline.clientSecret) {
  const { baseUrl, clientId, workflowNames, extraCa } = practice.fourthline;
  const draft: CommandArgument<"profiles.save"> = {
    provider: "fourthline",
    name: "Office",
    isNew: true,
    values: {
      environment: "sandbox",
      baseUrl,
      clientId,
      "workflowNames.completed": workflowNames.completed ?? "",
      "workflowNames.pending": workflowNames.pending ?? "",
      extraCa: [...extraCa],
      table,
    },
    secrets: { clientSecret: { kind: "text", value: secret } },
  };
  return draft;
}

/** State or failure of each step, and what the last one names. */
async function tested(application: Application, draft: CommandArgument<"profiles.test">) {
  const said = await application.handlers["profiles.test"](draft);
  if (!said.ok || said.value.kind !== "tested") throw new Error("not tested");
  const { report } = said.value;
  return {
    steps: Object.fromEntries(report.map(({ id, state, failure }) => [id, failure?.code ?? state])),
    note: report.at(-1)?.note,
  };
}

/** Signs one document as a person at the window does, and looks at what came of it. */
async function signOne({ sandbox, practice, application }: Opened): Promise<void> {
  const folder = await newFolder();
  await writeFile(join(folder, "a.pdf"), makePdf());
  const { opened } = await application.openFiles([join(folder, "a.pdf")]);
  const person = personWith(sandbox);
  const answered = new Set<string>();
  const stop = application.state.onChange(() => {
    const run = application.state.current.transactions.at(-1);
    const shown = run?.interaction ?? null;
    const given = shown === null || answered.has(shown.id) ? null : person(shown);
    if (run !== undefined && shown !== null && given !== null) {
      answered.add(shown.id);
      void application.handlers["signing.answer"]({ transaction: run.id, interaction: shown.id, answer: given });
    }
  });
  onTestFinished(stop);
  await startSigning(application, {
    provider: "fourthline",
    documents: [...opened],
    level: "B-B",
    language: "NL",
    details: detailsOf(),
  });
  await expectOutcome(application, { kind: "done", signed: 1, failed: 0 });
  const trustAnchors = parseCertificates(Buffer.from(practice.trustAnchorsPem));
  const report = await verifyFile(join(folder, "a-signed.pdf"), { trustAnchors, revocation: "not-checked" });
  expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [expect.anything()] });
}

test("a profile made through the window's commands is tried, signs, and has its secret in the sealed vault alone", async () => {
  const world = await open();
  const { application, data } = world;
  const draft = draftFor(world, "");
  expect(await tested(application, draftFor(world, "", "wrong"))).toMatchObject({
    steps: { tls: "passed", service: "passed", credentials: "fourthline.credentials", codes: "not-tried" },
  });
  expect(await tested(application, draft)).toMatchObject({
    steps: { tls: "passed", "client-certificate": "not-needed", credentials: "passed", codes: "warning" },
    note: { key: "probe.fourthline-calls" },
  });
  expect(await application.handlers["profiles.save"](draft)).toEqual({
    ok: true,
    value: { problems: [], secrets: "stored" },
  });
  await expect
    .poll(() => application.state.current.providers.find(({ id }) => id === "fourthline"))
    .toMatchObject({ profile: "Office", environment: "sandbox", problem: null });
  await signOne(world);
  // The sandbox's own secret is a word that stands everywhere.
  const planted = "client-Secret-5d27";
  const saved = await application.handlers["profiles.save"]({ ...draftFor(world, "", planted), name: "Planted" });
  expect(saved).toMatchObject({ value: { problems: [] } });
  const kept = await everythingKept(data, application);
  expect(kept).toContain("profile/fourthline/Planted/clientSecret/");
  for (const encoded of [planted, Buffer.from(planted).toString("base64").replace(/=+$/u, "")]) {
    expect(kept.includes(encoded)).toBe(false);
  }
});

test("an account with other paths and names is signed with by a profile whose table was typed as JSON", async () => {
  const table = {
    endpoints: {
      token: { path: "/auth" },
      createWorkflow: { path: "/flows" },
      uploadDocuments: { method: "PUT", path: "/flows/{workflowId}/files" },
      details: { method: "POST", path: "/flows/{workflowId}/summary" },
      status: { path: "/flows/{workflowId}" },
      signedDocument: { path: "/flows/{workflowId}/files/{documentId}/signed" },
    },
    fields: {
      token: { clientSecret: "key", accessToken: "token.value" },
      createWorkflow: { workflowName: "workflow.name", providerClientId: "client.reference", workflowId: "flow.id" },
      details: { documents: "data.files", documentId: "id", documentTitle: "label" },
      status: { status: "state.name" },
    },
  } as const;
  const world = await open(table);
  const { application } = world;
  // Without the table, already the token call leads nowhere.
  expect(await tested(application, draftFor(world, ""))).toMatchObject({
    steps: { tls: "passed", service: "connection.another-service", codes: "not-tried" },
  });
  expect(await application.handlers["profiles.save"](draftFor(world, '{"endpoints": {"tokens": {}}}'))).toEqual({
    ok: true,
    value: {
      problems: [{ field: "table", sentence: "profile.wrong.json-unknown", params: { place: "endpoints.tokens" } }],
      secrets: "stored",
    },
  });
  const draft = draftFor(world, JSON.stringify(table, null, 2));
  expect((await tested(application, draft)).steps).toMatchObject({ credentials: "passed", codes: "warning" });
  expect(await application.handlers["profiles.save"](draft)).toMatchObject({ value: { problems: [] } });
  await signOne(world);
});
