import { describe, expect, test } from "vitest";
import { MOBILE, FlowBench, answer, saying, willing } from "../flow-bench.ts";
import { PASSCODE } from "../fake-fourthline.ts";

const kinds = (interactions: readonly { readonly kind: string; readonly message: string }[]) =>
  interactions.map(({ message }) => message);

describe("a signing with two documents", () => {
  test("goes through the calls in the guide's order, each that changes something once", async () => {
    const bench = new FlowBench();
    const { failure, signed } = await bench.run();
    expect(failure).toBeNull();
    expect(bench.fake.names().filter((name) => name !== "status")).toEqual([
      "token",
      "createWorkflow",
      "uploadDocuments",
      "uploadMobile",
      "details",
      "approve",
      "confirm",
      "signedDocument",
      "signedDocument",
      "infocertContract",
    ]);
    expect(signed.map(({ id }) => id)).toEqual(["contract", "annex"]);
    expect(signed.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      "%PDF-1.7\n% contract\n%%EOF\n% signed\n%%EOF\n",
      "%PDF-1.7\n% annex\n%%EOF\n% signed\n%%EOF\n",
    ]);
  });

  test("sends what the sheet's example messages say", async () => {
    const bench = new FlowBench();
    await bench.run();
    const body = (name: string) => bench.fake.calls.find((call) => call.name === name)?.body;
    expect(body("token")).toEqual({
      grant_type: "client_credentials",
      client_id: "organisation",
      client_secret: "the-secret",
    });
    expect(body("createWorkflow")).toEqual({ workflowName: "QES only", providerClientId: "customer-4711" });
    expect(body("uploadMobile")).toEqual({ mobilePhoneNumber: "+31612345678" });
    expect(body("approve")).toEqual({
      documents: ["document-1", "document-2"],
      legalConditions: ["general-terms"],
      passcodeLanguage: "nl",
    });
    expect(body("confirm")).toEqual({ passcode: PASSCODE });
    const details = bench.fake.calls.find(({ name }) => name === "details");
    expect(details?.url.search).toBe("?language=nl");
    expect(details?.headers["authorization"]).toBe("Bearer token-1");
  });

  test("asks the person for the ticks and the passcode, with the time that is left and a masked number", async () => {
    const bench = new FlowBench();
    const { interactions } = await bench.run();
    expect(kinds(interactions).filter((message) => !/working|eligibility|signing|fetching/u.test(message))).toEqual([
      "fourthline.consent",
      "fourthline.code",
    ]);
    const consent = interactions.find(({ kind }) => kind === "conditions");
    const code = interactions.find(({ kind }) => kind === "code");
    expect(consent).toMatchObject({
      documents: [
        { id: "contract", title: "contract.pdf" },
        { id: "annex", title: "annex.pdf" },
      ],
      conditions: [{ id: "general-terms", title: null, text: null, url: "https://example.org/terms.pdf" }],
      consequence: "fourthline.consent-sends-sms",
      sentTo: "+31 *** 5678",
    });
    const hours = (deadline: string | null | undefined) =>
      Math.round((Date.parse(deadline ?? "") - Date.parse("2026-11-28T09:00:00Z")) / 360_000) / 10;
    expect(hours(consent?.deadline)).toBe(2);
    expect(hours(code?.deadline)).toBe(1);
    expect(code).toMatchObject({ digits: { minimum: 6, maximum: 6 }, attemptsLeft: 3, sentTo: "+31 *** 5678" });
  });

  test("keeps passcode, token and secret out of every state, and the number once Fourthline has it", async () => {
    const bench = new FlowBench();
    const { states, interactions } = await bench.run();
    const all = JSON.stringify(states) + JSON.stringify(interactions);
    for (const secret of [PASSCODE, "the-secret", "token-1"]) {
      expect(all).not.toContain(secret);
    }
    const sent = states.findIndex((state) => state["sentTo"] !== undefined && state["sentTo"] !== null);
    expect(JSON.stringify(states.slice(0, sent))).toContain(MOBILE);
    expect(JSON.stringify(states.slice(sent))).not.toContain(MOBILE);
    expect(JSON.stringify(interactions)).not.toContain(MOBILE);
  });

  test("lets the journal keep the order without the number", () => {
    const bench = new FlowBench();
    const provider = bench.provider();
    const kept = provider.kept?.(bench.order());
    expect(JSON.stringify(kept)).not.toContain(MOBILE);
    expect(kept?.details).toMatchObject({ signer: { givenName: "Sofie", surname: "de Boer", mobile: null } });
  });

  test("approves nothing before every document and condition is ticked", async () => {
    const bench = new FlowBench();
    const person = saying("conditions", { kind: "accept", documents: ["contract"], conditions: ["general-terms"] });
    let looks = 0;
    const outcome = await bench.run({
      person: (interaction) => {
        if (interaction.kind === "conditions") looks += 1;
        return person(interaction);
      },
      // The person goes away after the incomplete answer.
      before: (state, input) =>
        state.step === "consent" && looks > 0 && input.kind === "go" ? { kind: "cancel" } : null,
    });
    expect(outcome.failure?.code).toBe("provider.cancelled");
    expect(bench.fake.count("approve")).toBe(0);
  });

  test("does not go on when Fourthline would have another document approved", async () => {
    const bench = new FlowBench();
    bench.fake.next["details"] = [
      (effect) => {
        const reply = effect();
        const json = reply.json as { documents: object[] };
        return { ...reply, json: { ...json, documents: [...json.documents, { documentId: "x", title: "other.pdf" }] } };
      },
    ];
    const { failure } = await bench.run();
    expect(failure?.code).toBe("fourthline.documents-differ");
    expect(bench.fake.count("approve")).toBe(0);
  });

  test("refuses conditions that cannot be read, rather than having them accepted unseen", async () => {
    const bench = new FlowBench();
    bench.fake.conditions = [{ id: "general-terms", url: "http://example.org/terms.pdf" }];
    const outcome = await bench.run({
      before: (state, input) => (state["troubles"] === 4 && input.kind === "go" ? { kind: "cancel" } : null),
    });
    expect(bench.fake.count("approve")).toBe(0);
    expect(outcome.interactions.some(({ kind }) => kind === "conditions")).toBe(false);
  });

  test("gives a document that came back changed to nobody, and delivers the other", async () => {
    const bench = new FlowBench();
    bench.fake.spoil = (bytes) => (bytes.includes("annex") ? Buffer.from("%PDF-1.7\n% another\n%%EOF\n") : bytes);
    const { failure, signed } = await bench.run();
    expect(failure?.code).toBe("fourthline.not-our-document");
    expect(signed.map(({ id }) => id)).toEqual(["contract"]);
  });

  test("takes an unsigned document for none", async () => {
    const bench = new FlowBench();
    bench.fake.spoil = (bytes) => bytes.subarray(0, bytes.length - "% signed\n%%EOF\n".length);
    const { failure, signed } = await bench.run();
    expect(failure?.code).toBe("provider.signature-missing");
    expect(signed).toEqual([]);
  });
});

describe("the number of the phone", () => {
  test("is asked for when the order has none, until it is one", async () => {
    const bench = new FlowBench({
      details: { signer: { givenName: "Sofie", surname: "de Boer", mobile: null } },
    });
    const person = saying("phone", { kind: "phone", number: "0612345678" });
    const { failure, interactions } = await bench.run({ person });
    expect(failure).toBeNull();
    const asked = interactions.filter(({ kind }) => kind === "phone");
    expect(asked.map((one) => (one.kind === "phone" ? (one.problem?.code ?? null) : null))).toEqual([
      null,
      "fourthline.number-format",
    ]);
    expect(bench.fake.last.mobile).toBe("+31612345678");
  });

  test("is asked for again when Fourthline does not take it, without showing it", async () => {
    const bench = new FlowBench();
    bench.fake.next["uploadMobile"] = [{ status: 400, json: { message: `bad number ${MOBILE}` } }];
    const { failure, interactions } = await bench.run();
    expect(failure).toBeNull();
    const asked = interactions.find(({ kind }) => kind === "phone");
    expect(asked).toMatchObject({ problem: { code: "fourthline.number-refused", params: { text: "bad number …" } } });
  });
});

describe("a selfie", () => {
  test("is asked for where Fourthline wants one, within a day, as a JPEG", async () => {
    const bench = new FlowBench();
    bench.fake.afterNumber = ["pending", "selfie_required"];
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
    const { failure, interactions, states } = await bench.run({
      person: saying("selfie", { kind: "selfie", image: png }),
    });
    expect(failure).toBeNull();
    const asked = interactions.filter(({ kind }) => kind === "selfie");
    expect(asked.map((one) => (one.kind === "selfie" ? (one.problem?.code ?? null) : null))).toEqual([
      null,
      "fourthline.not-a-jpeg",
    ]);
    expect(Date.parse(asked[0]?.deadline ?? "") - Date.parse("2026-11-28T09:00:00Z")).toBeGreaterThan(23.9 * 3_600_000);
    expect(bench.fake.count("uploadSelfie")).toBe(1);
    expect(JSON.stringify(states)).not.toContain("image");
  });

  test("is asked for again when Fourthline does not accept it", async () => {
    const bench = new FlowBench();
    bench.fake.afterNumber = ["selfie_required"];
    bench.fake.next["uploadSelfie"] = [{ status: 422, json: { message: "no face found" } }];
    const { failure, interactions } = await bench.run();
    expect(failure).toBeNull();
    const asked = interactions.filter(({ kind }) => kind === "selfie");
    expect(asked[1]).toMatchObject({
      problem: { code: "fourthline.selfie-refused", params: { text: "no face found" } },
    });
  });
});

describe("the contract with InfoCert", () => {
  const pdf = new Uint8Array(Buffer.from("%PDF-1.7\n% contract with InfoCert\n%%EOF\n"));

  test("is offered to be saved before the run ends", async () => {
    const bench = new FlowBench();
    bench.fake.contract = { status: 200, bytes: pdf, type: "application/pdf" };
    const saved: { readonly name: string; readonly bytes: Uint8Array }[] = [];
    const { failure, interactions } = await bench.run({
      context: {
        offerFile: (file) => {
          saved.push(file);
          return Promise.resolve(true);
        },
      },
    });
    expect(failure).toBeNull();
    expect(saved.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([Buffer.from(pdf).toString()]);
    expect(interactions.filter(({ kind }) => kind === "handover")).toMatchObject([
      { isSaved: false },
      { isSaved: true },
    ]);
  });

  test("that cannot be fetched is told, and loses no document", async () => {
    const bench = new FlowBench();
    bench.fake.contract = { status: 403 };
    const { failure, signed, interactions } = await bench.run({
      person: (interaction) =>
        interaction.kind === "handover" ? answer(interaction, { kind: "finish", delete: false }) : willing(interaction),
    });
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(interactions.find(({ kind }) => kind === "handover")).toMatchObject({
      problem: { code: "fourthline.contract-unavailable" },
    });
  });
});
