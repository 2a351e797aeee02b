import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHttpClient } from "../../../../electron/net/http-client.ts";
import type { HttpClient } from "../../../../electron/net/http-client.ts";
import { parseCertificate, subjectName } from "../../../../electron/pki/certificate.ts";
import { createItsmeProvider } from "../../../../electron/providers/itsme/create-itsme-provider.ts";
import type { ItsmeProfile } from "../../../../electron/providers/itsme/itsme-profile.ts";
import type { FlowInput, FlowInteraction, SigningOrder } from "../../../../electron/providers/provider.ts";
import type { Sandbox } from "../../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../../sandbox/start-sandbox.ts";
import { driveFlow } from "../../../unit/providers/itsme/drive-flow.ts";
import type { DriveOptions, DriveOutcome } from "../../../unit/providers/itsme/drive-flow.ts";

/**
 * The whole flow over real HTTPS with a client certificate. The sandbox follows the same clock as the flow, so minutes
 * pass without waiting; every step gets its state as JSON and a provider of its own, as after a restart.
 */
let folder = "";
let sandbox: Sandbox;
let http: HttpClient;
let profile: ItsmeProfile;
const clock = { time: Date.now() };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-itsme-"));
  sandbox = await startSandbox({ folder, clock: () => clock.time });
  http = createHttpClient({
    clientCertificate: { certificatePem: sandbox.clientCertificatePem, keyPem: sandbox.clientKeyPem },
    onlyCaPem: [sandbox.tlsCaPem],
  });
  profile = {
    environment: "sandbox",
    baseUrl: sandbox.baseUrls.itsme,
    ...sandbox.itsmeProfile,
    pageOrigins: [new URL(sandbox.baseUrls.pages).origin],
  };
});
beforeEach(() => {
  sandbox.control.reset();
  sandbox.control.itsme.setContract({ batch: true });
});
afterAll(async () => {
  await http.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function order(count: number, change: Partial<SigningOrder> = {}): SigningOrder {
  return {
    documents: Array.from({ length: count }, (_, index) => ({ id: `document-${index + 1}`, name: "contract.pdf" })),
    language: "FR",
    description: null,
    policy: null,
    commitmentType: "1.2.840.113549.1.9.16.6.5",
    signerRole: null,
    knownPerson: null,
    ...change,
  };
}

const provider = () => createItsmeProvider({ profile, http, random: () => 0.5 });

/** Types this telephone number, looks at the signing page, and says yes to every question. */
function personWith(phone: string) {
  return (interaction: FlowInteraction): FlowInput | null => {
    const session = sandbox.control.itsme.sessions().at(-1);
    switch (interaction.kind) {
      case "page":
        if (session?.kind === "identification" && session.phone === null) {
          sandbox.control.itsme.enterPhone(session.id, phone);
        } else if (session !== undefined) {
          sandbox.control.itsme.visit(session.id);
        }
        return null;
      case "confirm":
        return { kind: "answer", interaction: interaction.id, answer: { kind: "confirm", accepted: true } };
      case "waiting":
      case "secret":
      case "code":
      case "qr":
      case "identification":
      case "phone":
      case "selfie":
      case "conditions":
      case "handover":
        return null;
    }
  };
}

function sign(suffix: string, count = 1, options: Partial<DriveOptions> = {}): Promise<DriveOutcome> {
  const state = provider().begin(order(count));
  return driveFlow({ provider, state, clock, person: personWith(`+324700000${suffix}`), ...options });
}

const signSessions = () => sandbox.control.itsme.sessions().filter(({ kind }) => kind === "signing").length;

test("a person signs, and the chain that comes first is theirs", async () => {
  const outcome = await sign("04", 3);
  expect(outcome.failure).toBeNull();
  expect(outcome.values.map(({ id }) => id)).toEqual(["document-1", "document-2", "document-3"]);
  const leaf = parseCertificate(new Uint8Array(Buffer.from(outcome.signers[0]!.chain[0]!, "base64")));
  expect(subjectName(leaf)).toContain("Marie");
  expect(signSessions()).toBe(1);
});

test("the person known from the first run needs no telephone number in the second", async () => {
  const first = await sign("04");
  const state = provider().begin(order(1, { knownPerson: first.signers[0]!.knownPerson }));
  const second = await driveFlow({ provider, state, clock, person: personWith("+32470000005") });
  expect(second.failure).toBeNull();
  expect(second.signers[0]?.chain[0]).toBe(first.signers[0]?.chain[0]);
});

test("a known person that itsme has forgotten types the number as if new", async () => {
  const state = provider().begin(order(1, { knownPerson: "x".repeat(36) }));
  const outcome = await driveFlow({ provider, state, clock, person: personWith("+32470000004") });
  expect(outcome.failure).toBeNull();
});

test("discovery is asked for over the same connection", async () => {
  const discovery = await provider().discover();
  expect(discovery.source).toBe("live");
  expect(discovery.policies.map(({ reference }) => reference)).toContain("1.3.6.1.4.1.49274.1.1.7.2.0");
  // The sandbox has the oldest generic policy switched off.
  expect(discovery.disabledPolicies).toEqual(["1.3.6.1.4.1.49274.1.1.7.1.0"]);
});

test.each([
  ["05", "refuses the identification", "itsme.rejected"],
  ["06", "lets the identification expire", "itsme.expired"],
  ["07", "has a blocked account", "itsme.not-allowed-to-sign"],
  ["09", "refuses to sign", "itsme.sign-rejected"],
  ["14", "refuses to sign (message as an object)", "itsme.sign-rejected"],
  ["10", "lets the signature expire", "itsme.sign-expired"],
  ["11", "gets a wrong value", "provider.signature-invalid"],
  ["13", "gets results without ids", "provider.unexpected-answer"],
  ["20", "has an expired certificate", "provider.certificate-invalid"],
  ["23", "meets a failing identification", "itsme.temporary"],
  ["24", "meets a failing signature", "itsme.temporary"],
  ["25", "gets one result too few", "provider.signature-missing"],
  ["27", "is blocked between identification and signature", "itsme.not-allowed-to-sign"],
])("number …%s %s: %s", async (suffix, _what, expected) => {
  const outcome = await sign(suffix, 2);
  expect(outcome.failure?.code).toBe(expected);
  expect(outcome.values).toEqual([]);
});

test.each([
  ["08", "takes two minutes for each approval"],
  ["12", "gets shuffled results"],
  ["15", "meets an HTTP 500 in each round"],
  ["18", "loses the connection in each round"],
  ["26", "is pending with HTTP 200"],
])("number …%s %s, and signs", async (suffix) => {
  const outcome = await sign(suffix, 3);
  expect(outcome.failure).toBeNull();
  expect(outcome.values).toHaveLength(3);
});

test("a server that answers only HTTP 500 ends the run after the deadline, with that reason", async () => {
  const before = clock.time;
  const outcome = await sign("16");
  expect(outcome.failure).toEqual({ code: "provider.server-error", params: { status: 500 } });
  expect(clock.time - before).toBeGreaterThan(300_000);
});

describe("many documents", () => {
  test("seventy-one need two approvals, with a question in between", async () => {
    const outcome = await sign("04", 71);
    expect(outcome.failure).toBeNull();
    expect(outcome.rounds).toEqual([70, 1]);
    expect(outcome.interactions.filter(({ kind }) => kind === "confirm")).toHaveLength(1);
    expect(signSessions()).toBe(2);
  });

  test("a contract without batches needs one approval each", async () => {
    const outcome = await sign("19", 3);
    expect(outcome.failure).toBeNull();
    expect(outcome.rounds).toEqual([1, 1, 1]);
  });
});

test("the network goes away in the middle and comes back", async () => {
  sandbox.control.addFault({ operation: "itsme/sign-status", drop: true, times: 4 });
  const outcome = await sign("04", 2);
  expect(outcome.failure).toBeNull();
  expect(signSessions()).toBe(1);
});

test("the start of the signature is lost and repeated", async () => {
  sandbox.control.addFault({ operation: "itsme/sign-start", status: 502, times: 2 });
  expect((await sign("04")).failure).toBeNull();
});

test("a session that itsme has forgotten ends with that reason", async () => {
  const outcome = await sign("01", 1, {
    person(interaction) {
      const session = sandbox.control.itsme.sessions().at(-1);
      if (interaction.message === "itsme.identify" && session !== undefined) {
        sandbox.control.itsme.enterPhone(session.id, "+32470000001");
        sandbox.control.itsme.approve(session.id);
      } else {
        sandbox.control.reset();
      }
      return null;
    },
  });
  expect(outcome.failure).toEqual({ code: "itsme.unknown-session" });
});

test("a text with a typographic apostrophe is stopped before it is sent; itsme would refuse it", async () => {
  const bad = order(1, { description: "l’accord" });
  expect(provider().check(bad)).toMatchObject({ code: "provider.text-not-allowed", params: { character: "’" } });
  const state = provider().begin(bad);
  const outcome = await driveFlow({ provider, state, clock, person: personWith("+32470000004") });
  expect(outcome.failure).not.toBeNull();
});

test("every accented letter of the two character sets arrives", async () => {
  const accented = order(1, { description: "Straße € œuvre ŠŽ à l'été", signerRole: "Geschäftsführer ½ ¤" });
  expect(provider().check(accented)).toBeNull();
  const state = provider().begin(accented);
  const outcome = await driveFlow({ provider, state, clock, person: personWith("+32470000004") });
  expect(outcome.failure).toBeNull();
});

test("a wrong partner code, and a return address that is not registered, have their own failures", async () => {
  const endings = [];
  for (const change of [{ partnerCode: "nobody" }, { redirectUrl: "https://localhost/other" }]) {
    const wrong = () => createItsmeProvider({ profile: { ...profile, ...change }, http });
    const outcome = await driveFlow({ provider: wrong, state: wrong().begin(order(1)), clock });
    endings.push(outcome.failure?.code);
  }
  expect(endings).toEqual(["itsme.invalid-requestor", "itsme.unauthorized-url"]);
});

test("without the client certificate nothing is answered", async () => {
  const bare = createHttpClient({ onlyCaPem: [sandbox.tlsCaPem] });
  const wrong = () => createItsmeProvider({ profile, http: bare });
  const outcome = await driveFlow({ provider: wrong, state: wrong().begin(order(1)), clock });
  expect(outcome.failure?.code).toBe("provider.client-certificate");
  await bare.close();
});
