import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import type { ConnectedPractice } from "../../../sandbox/connect-practice.ts";
import { announceSandbox } from "../../../sandbox/running-sandbox.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import type { FormField, FormValues, ProfileForm, SecretChange } from "../../../shared/profiles.ts";
import type { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { makeAuthority } from "../services/profiles/made-certificates.ts";
import { filledIn, forms } from "./planted-forms.ts";
import type { Draft } from "./planted-forms.ts";
import { recordingRelay } from "./recording-relay.ts";
import type { Relay } from "./recording-relay.ts";

/** The practice providers behind relays, set up with planted secrets that hold. */
export interface PlantedWorld {
  readonly sandbox: Sandbox;
  readonly practice: ConnectedPractice;
  readonly relays: Readonly<Record<"idnow" | "fourthline" | "bankid", Relay>>;
  /** Secrets by "provider field". */
  readonly secrets: Readonly<Record<string, string>>;
  readonly draftOf: (provider: "idnow" | "fourthline" | "bankid", change?: FormValues) => Draft;
}

const HEADER = "X-Planted-Key";
/** Members of answers that let whoever has them speak for us. */
const TOKEN = /token|secret|password/iu;

export async function plantedWorld(search: SecretSearch): Promise<PlantedWorld> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-planted-"));
  const sandbox = await startSandbox({ folder, autoApprove: true });
  await announceSandbox(sandbox, process.pid);
  const practice = await connectPractice(folder);
  const authority = await makeAuthority();
  onTestFinished(async () => {
    await sandbox.close();
    await authority.remove();
    await rm(folder, { recursive: true, force: true });
  });
  const { certificatePem, keyPem } = await authority.issue("relay", "DNS:localhost");

  const secrets: Record<string, string> = {};
  const plant = (name: string, value: string): string => {
    search.plant(name, value);
    secrets[name] = value;
    return value;
  };
  const mark = (): string => randomBytes(6).toString("hex");
  for (const provider of ["idnow", "fourthline", "bankid"]) {
    plant(`${provider} relayHeader.secret`, `pl4nt-relay-"+/%&<${mark()}`);
  }
  const password = plant("idnow password", `pl4nt-idnow-"+/%&<${mark()}`);
  const cryptKeyHex = plant("idnow cryptKey", randomBytes(32).toString("hex"));
  search.plant("idnow cryptKey as bytes", Buffer.from(cryptKeyHex, "hex"));
  sandbox.control.idnow.setAccount({ password, cryptKeyHex, customerSideSigning: true });
  const clientSecret = plant("fourthline clientSecret", `pl4nt-fourthline-${mark()}`);
  const phenixPassword = plant("bankid connection.basic.password", `pl4nt-phenixid-${mark()}`);
  sandbox.control.fourthline.setSettings({ workMilliseconds: 20 });

  const { idnow, fourthline, bankid } = practice;
  const basicOf = (word: string): string => Buffer.from(`${bankid.phenixId.user}:${word}`).toString("base64");
  const relayTo = (target: string, exchange: (text: string) => string = (text) => text): Promise<Relay> =>
    recordingRelay({
      target,
      serverKeyPem: keyPem,
      serverCertificatePem: certificatePem,
      targetCaPem: practice.tlsCaPem,
      clientCertificatePem: practice.clientCertificatePem,
      clientKeyPem: practice.clientKeyPem,
      exchange,
      onAnswer: (body) => plantTokens(search, body),
    });
  const relays = {
    idnow: await relayTo(idnow.baseUrl),
    fourthline: await relayTo(fourthline.baseUrl, (text) => text.replace(clientSecret, fourthline.clientSecret)),
    bankid: await relayTo(bankid.phenixId.baseUrl, (text) =>
      text.replace(basicOf(phenixPassword), basicOf(bankid.phenixId.password)),
    ),
  };
  const pathOf = (address: string): string => new URL(address).pathname.replace(/\/$/u, "");
  const common = {
    environment: "sandbox",
    "relayHeader.name": HEADER,
    extraCa: [practice.tlsCaPem, authority.pem],
  };
  const valuesOf: Readonly<Record<string, FormValues>> = {
    idnow: {
      ...common,
      baseUrl: idnow.baseUrl,
      relayUrl: `${relays.idnow.url}${pathOf(idnow.baseUrl)}`,
      user: idnow.user,
      pageOrigins: idnow.pageOrigins,
      redirectUrl: idnow.redirectUrls.success,
      customerSideSigning: true,
    },
    fourthline: {
      ...common,
      baseUrl: fourthline.baseUrl,
      relayUrl: relays.fourthline.url,
      clientId: fourthline.clientId,
      "workflowNames.completed": fourthline.workflowNames.completed ?? "",
    },
    bankid: {
      ...common,
      "connection.kind": "phenixid",
      "connection.baseUrl": bankid.phenixId.baseUrl,
      relayUrl: relays.bankid.url,
      "connection.tenant": bankid.phenixId.tenant,
      "connection.basic.user": bankid.phenixId.user,
      roots: [bankid.rootPem],
    },
  };
  return {
    sandbox,
    practice,
    relays,
    secrets,
    draftOf: (provider, change = {}) =>
      filledIn(formOf(provider), {}, "Planted", {
        certificate: bankid.rootPem,
        values: { ...valuesOf[provider], ...change },
        secret: (field) => secretFor(field, secrets[`${provider} ${field.name}`]),
      }),
  };
}

function formOf(provider: string): ProfileForm {
  const found = forms().find((form) => form.provider === provider);
  if (found === undefined) throw new Error(`no form for ${provider}`);
  return found;
}

const secretFor = (_field: FormField, value: string | undefined): SecretChange =>
  value === undefined ? { kind: "none" } : { kind: "text", value };

/** The start token is drawn as a code for everybody to see; whoever has it alone can do nothing with it. */
const isShown = (sink: string): boolean => sink === "state to the window" || sink.startsWith("answer to state.get");

function plantTokens(search: SecretSearch, body: Buffer): void {
  const known = new Set(search.names);
  const visit = (value: unknown, name: string): void => {
    if (typeof value === "string" && TOKEN.test(name) && value.length >= 16 && !known.has(`token ${value}`)) {
      search.plant(`token ${value}`, value, name === "qrStartToken" ? isShown : undefined);
    } else if (typeof value === "object" && value !== null) {
      Object.entries(value).forEach(([key, inner]) => visit(inner, key));
    }
  };
  try {
    visit(JSON.parse(body.toString("utf8")), "");
  } catch {
    // A document, or an encrypted answer.
  }
}
