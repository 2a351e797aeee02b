import { failed } from "../../../../shared/result.ts";
import { isPause } from "../itsme/drive-flow.ts";
import type { AtPause } from "../itsme/drive-flow.ts";
import type { Failure } from "../../../../shared/failure.ts";
import type { BankIdDetails } from "../../../../shared/order-details.ts";
import {
  type BankIdProfile,
  type BankIdProfileInput,
  bankidProfileSchema,
} from "../../../../electron/providers/bankid/bankid-profile.ts";
import {
  type BankIdOptions,
  createBankIdProvider,
} from "../../../../electron/providers/bankid/create-bankid-provider.ts";
import { encodePem } from "../../../../electron/pki/pem.ts";
import type {
  BankIdSigning,
  DocumentToSend,
  FlowInput,
  FlowInteraction,
  FlowState,
  FlowStep,
  SigningOrder,
  SigningProvider,
} from "../../../../electron/providers/provider.ts";
import { type BankIdPeople, makeEvidence, SIGNED_AT } from "../../evidence/bankid/made-evidence.ts";
import { type Reply, ScriptedHttp, type SeenCall } from "./scripted-http.ts";

export const DOCUMENTS: readonly DocumentToSend[] = [
  { name: "avtal.pdf", size: 1234, sha256: "a".repeat(64), pages: 3 },
  { name: "bilaga.pdf", size: 99, sha256: "b".repeat(64) },
].map((document, index) => ({
  ...document,
  id: `document-${index + 1}`,
  place: null,
  firstPage: [0, 0, 595, 842] as unknown as DocumentToSend["firstPage"],
  read: () => Promise.reject(new Error("BankID needs no bytes")),
}));

export const TOKENS = {
  autostarttoken: "c5698d12-0cf4-4456-ae7b-d795f9967798",
  qrStartSecret: "78ed3fab-020c-41e8-a4ba-b64fb00788e1",
  qrStartToken: "0c32dc95-74a4-4209-9ff2-e819bb740b8a",
};

/** PhenixID played in one process: orders are numbered, their statuses are a list, the last one stays. */
export class PlayedPhenixId {
  readonly http: ScriptedHttp;
  readonly people: BankIdPeople;
  /** Statuses of each order, in turn; "OK" is answered with evidence over what that order sent. */
  readonly orders: (readonly (string | Reply)[])[];
  /** Changes the evidence of finished orders. */
  change: Parameters<typeof makeEvidence>[1] = {};
  placed: SeenCall[] = [];
  readonly #asked: number[] = [];
  /** What placing answers instead; undefined: an order. */
  refusal: Reply | undefined;

  constructor(people: BankIdPeople, orders: (readonly (string | Reply)[])[]) {
    this.people = people;
    this.orders = orders;
    this.http = new ScriptedHttp((call) => this.#answer(call));
  }

  #answer(call: SeenCall): Reply {
    if (call.url.endsWith("/bankidsign")) {
      this.placed.push(call);
      return this.refusal ?? { json: { ...TOKENS, transactionID: `transaction-${this.placed.length}` } };
    }
    const index = Number(String(call.body.transactionID).split("-")[1]) - 1;
    const count = this.#asked[index] ?? 0;
    this.#asked[index] = count + 1;
    const status = this.orders[index]?.[count] ?? this.orders[index]?.at(-1) ?? "PENDING";
    if (typeof status !== "string") {
      return status;
    }
    return { json: status === "OK" ? { status, ...this.#evidence(index), name: "Anybody" } : { status } };
  }

  #evidence(index: number) {
    const { userVisibleData, userNonVisibleData } = this.placed[index]!.body;
    const { document, ...rest } = this.change ?? {};
    return makeEvidence(this.people, {
      ...rest,
      document: { visible: userVisibleData, hidden: userNonVisibleData, ...document },
    });
  }

  get collects(): number {
    return this.#asked.reduce((sum, count) => sum + count, 0);
  }
}

export function profileOf(people: BankIdPeople, change: Partial<BankIdProfileInput> = {}): BankIdProfile {
  return bankidProfileSchema.parse({
    environment: "test",
    connection: { kind: "phenixid", baseUrl: "https://sign.example.org", tenant: "t1" },
    roots: [encodePem("CERTIFICATE", people.root.certificate.der)],
    language: "en",
    ...change,
  });
}

export class Clock {
  time = SIGNED_AT.getTime();
}

export function providerOf(played: PlayedPhenixId, clock: Clock, change: Partial<BankIdOptions> = {}): SigningProvider {
  return createBankIdProvider({
    profile: profileOf(played.people),
    http: played.http,
    secrets: { password: () => Promise.resolve(failed({ code: "provider.no-credentials" })) },
    newId: () => "0f8fad5b-d9cb-469f-a165-70867728950e",
    monotonic: () => clock.time - SIGNED_AT.getTime() + 5_000_000,
    ...change,
  });
}

export const ORDER: SigningOrder = {
  documents: DOCUMENTS.map(({ id, name }) => ({ id, name })),
  language: "EN",
  description: null,
  policy: null,
  commitmentType: null,
  signerRole: null,
  knownPerson: null,
};

export const begin = (provider: SigningProvider, change: Partial<SigningOrder> = {}): FlowState =>
  provider.begin({ ...ORDER, ...change });

/** What a person may choose; the rest is as usual. */
export const chosen = (change: Partial<BankIdDetails> = {}): Pick<SigningOrder, "details"> => ({
  details: {
    provider: "bankid",
    personalNumber: null,
    language: "en",
    format: "plain",
    start: "qr",
    ...change,
  },
});

export interface BankIdOutcome {
  readonly failure: Failure | null;
  readonly state: FlowState;
  readonly evidence: readonly BankIdSigning[];
  /** Every one that was shown, with when. */
  readonly shown: readonly { readonly at: number; readonly interaction: FlowInteraction }[];
  readonly steps: readonly FlowStep[];
}

export interface DriveOptions {
  /** A new program every time: nothing is in memory but what the journal has. */
  readonly provider: () => SigningProvider;
  readonly state: FlowState;
  readonly clock: Clock;
  readonly person?: (interaction: FlowInteraction, passed: number) => FlowInput | null;
  readonly documents?: readonly DocumentToSend[];
  readonly atPause?: AtPause;
}

/** Drives a run as the signing service does: states go through JSON, time passes where the flow waits. */
export async function driveBankId({
  provider,
  clock,
  person,
  documents = DOCUMENTS,
  atPause = "no",
  ...options
}: DriveOptions): Promise<BankIdOutcome> {
  const begun = clock.time;
  const shown: { at: number; interaction: FlowInteraction }[] = [];
  const evidence: BankIdSigning[] = [];
  const steps: FlowStep[] = [];
  let { state } = options;
  let input: FlowInput = { kind: "go" };
  for (let count = 0; count < 1000; count += 1) {
    const stored = JSON.parse(JSON.stringify(state)) as FlowState;
    const context = { signal: new AbortController().signal, now: () => clock.time };
    const step = await provider().advance(stored, input, context);
    steps.push(step);
    state = step.state;
    input = { kind: "go" };
    switch (step.kind) {
      case "continue":
        break;
      case "need-documents":
        input = { kind: "documents", documents };
        break;
      case "evidence":
        evidence.push(step.evidence);
        break;
      case "wait": {
        shown.push({ at: clock.time - begun, interaction: step.interaction });
        if (isPause(step.interaction)) {
          if (atPause === "leave") {
            return { failure: null, state, evidence, shown, steps };
          }
          const accepted = atPause === "once" && shown.filter(({ interaction }) => isPause(interaction)).length === 1;
          input = { kind: "answer", interaction: step.interaction.id, answer: { kind: "confirm", accepted } };
          break;
        }
        const answer = person?.(step.interaction, clock.time - begun) ?? null;
        if (answer === null) {
          clock.time = Math.max(clock.time, step.at);
        } else {
          input = answer;
        }
        break;
      }
      case "done":
      case "failed":
        return { failure: step.kind === "failed" ? step.failure : null, state, evidence, shown, steps };
      case "need-digests":
      case "need-document-digests":
      case "signed-documents":
      case "values":
        throw new Error(`BankID signs texts: ${step.kind}`);
    }
  }
  throw new Error("the flow did not end within 1,000 steps");
}
