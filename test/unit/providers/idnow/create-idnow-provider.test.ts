import { describe, expect, test } from "vitest";
import type { FlowInteraction } from "../../../../electron/providers/provider.ts";
import { documentOf } from "./drive-idnow.ts";
import type { Reply } from "./scripted-http.ts";
import { answer, erika, FlowBench, jan, START, willing } from "./flow-bench.ts";

const messages = (interactions: readonly FlowInteraction[]) => interactions.map(({ message }) => message);

describe("an order in which everything goes well", () => {
  test("is placed once, watched with all codes, fetched and deleted", async () => {
    const bench = new FlowBench();
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(outcome.signed.map(({ id }) => id)).toEqual(["contract"]);
    expect(Buffer.from(outcome.signed[0]!.bytes).toString()).toBe(
      "%PDF-1.7\n% contract\n%%EOF\n% signed by Mustermann\n%%EOF\n",
    );
    const names = bench.fake.names();
    expect(names.filter((name) => name !== "getStatus")).toEqual([
      "systemStatus",
      "putOrder",
      "getESignPDF",
      "delIdentdata",
    ]);
    const look = bench.fake.calls.find(({ path }) => path[0] === "getStatus");
    expect(look?.path).toEqual(["getStatus", "99920000000001", "ExtendedList", "IncludeSubKind"]);
  });

  test("travels with the fields of the manual", async () => {
    const place = {
      kind: "rectangle",
      page: 2,
      rectangle: { x: 110, y: 220, width: 180, height: 50 },
      pageBox: { x: 10, y: 20, width: 500, height: 800 },
    } as const;
    const bench = new FlowBench({
      details: { checkboxes: ["I have read it"] },
      order: { description: "Vertrag" },
      profile: { smsText: "Code [TAN]", routeTag: "tag" },
    });
    await bench.run({ documents: [documentOf("contract", "contract", place)] });
    expect(bench.fake.orders[0]?.body).toEqual({
      Ref: "sealdesk-id-1",
      Product: 15,
      Add: 0,
      Lang: "de",
      getTargetLink: true,
      getDeepLink: true,
      RedirectURL: {
        Success: "https://partner.example/back?idnow=success",
        Abort: "https://partner.example/back?idnow=abort",
      },
      Email: "erika@example.com",
      Mobile: "+491701234567",
      Address: { Firstname: "Erika", Surname: "Mustermann", Country: "DE" },
      IdentData: { Firstname: "Erika", Surname: "Mustermann" },
      eSignOptions: { AdditionalCheckboxes: ["I have read it"] },
      Purpose: "Vertrag",
      eSignTanSmsText: "Code [TAN]",
      CustomerRouteTag: "tag",
      eSignPDF: [
        {
          Data: Buffer.from("%PDF-1.7\n% contract\n%%EOF\n").toString("base64"),
          Filename: "contract.pdf",
          // From the lower left corner of what is seen of the page.
          SignaturePosX: 100,
          SignaturePosY: 200,
          SignatureWidth: 180,
          SignatureHeight: 50,
          SignaturePage: 2,
        },
      ],
    });
  });

  test("shows the page with its window's policy and the same page for a phone", async () => {
    const { interactions } = await new FlowBench().run();
    expect(interactions[0]).toMatchObject({
      kind: "page",
      message: "idnow.page",
      host: "pages.example",
      problem: null,
      page: {
        url: "https://pages.example/status/1",
        policy: {
          allowedOrigins: ["https://pages.example"],
          returnUrl: "https://partner.example/back",
          permissions: ["camera", "microphone"],
        },
      },
    });
    const [page] = interactions;
    const rows = page?.kind === "page" ? (page.qr?.rows ?? []) : [];
    // ISO/IEC 18004: a finder pattern begins with seven dark modules and a light one.
    expect(rows[0]?.slice(0, 8)).toBe("11111110");
    expect(rows).toHaveLength(rows[0]?.length ?? 0);
    expect(messages(interactions)).toEqual(["idnow.page", "idnow.working", "idnow.delete"]);
  });

  test.each(["https://stranger.example/ident/1", "identtm://ident/1", "no address"])(
    "shows no code for a phone that would lead elsewhere: %s",
    async (DeepLinkURL) => {
      const bench = new FlowBench();
      bench.fake.next["putOrder"] = [
        (effect) => {
          const placed = effect();
          const json = "json" in placed ? (placed.json as object) : {};
          return { status: 202, json: { ...json, DeepLinkURL } };
        },
      ];
      const { interactions } = await bench.run();
      expect(interactions[0]).toMatchObject({ kind: "page", qr: null });
    },
  );

  test("tells what IDnow last said of it", async () => {
    const bench = new FlowBench();
    bench.fake.scripts = [[["71.17"], [56], [84]]];
    const { steps } = await bench.run();
    const hints = steps.flatMap((step) =>
      step.kind === "wait" && step.interaction.kind === "waiting" && step.interaction.hint?.code === "idnow.status-hint"
        ? [step.interaction.hint.params?.["idnowStatus"]]
        : [],
    );
    expect(hints).toEqual(["71.17", "56"]);
  });

  test("keeps no document, code, password or found-out fact in any state", async () => {
    const bench = new FlowBench({ details: { codeEntry: "here", showIdentification: true } });
    const { states } = await bench.run();
    const stored = JSON.stringify(states);
    for (const secret of ["905173", "secret-password", "T22000129", "JVBERi", "1964-08-12"]) {
      expect(stored).not.toContain(secret);
    }
  });
});

describe("polling", () => {
  test("slows down with the order's age: 5 seconds, 30 after ten minutes, 5 minutes after an hour", async () => {
    const bench = new FlowBench();
    bench.fake.scripts = [[...Array.from({ length: 240 }, () => []), [84]]];
    const times: number[] = [];
    bench.fake.next["getStatus"] = Array.from({ length: 240 }, () => (effect: () => Reply) => {
      times.push(bench.clock.time - START);
      return effect();
    });
    await bench.run({ person: (shown) => (shown.kind === "page" ? null : willing(shown)) });
    const gaps = times.slice(1).map((time, index) => ({ at: times[index]!, gap: time - times[index]! }));
    expect(new Set(gaps.filter(({ at }) => at < 600_000).map(({ gap }) => gap))).toEqual(new Set([5_000]));
    const middle = gaps.filter(({ at }) => at >= 600_000 && at < 3_600_000);
    expect(new Set(middle.map(({ gap }) => gap))).toEqual(new Set([30_000]));
    expect(new Set(gaps.filter(({ at }) => at >= 3_600_000).map(({ gap }) => gap))).toEqual(new Set([300_000]));
  });

  test("goes on with growing pauses while IDnow does not answer", async () => {
    const bench = new FlowBench();
    bench.fake.next["getStatus"] = [{ failure: { code: "provider.unreachable" } }, { status: 503 }, { status: 500 }];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    const waits = outcome.steps.flatMap((step) => (step.kind === "wait" ? [step] : []));
    const troubled = waits.filter(({ interaction }) => interaction.message === "idnow.reconnecting");
    // Half to all of 3, 6 and 12 seconds; the bench throws the dice in the middle.
    expect(troubled.map(({ at }) => at - START)).toEqual([2_250, 6_750, 15_750]);
  });

  test("goes on soon after there is a network again, however long there was none", async () => {
    const bench = new FlowBench();
    bench.fake.next["getStatus"] = Array.from({ length: 12 }, () => ({ failure: { code: "network.offline" } }));
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    const waits = outcome.steps.flatMap((step) => (step.kind === "wait" ? [step] : []));
    const times = waits.filter(({ interaction }) => interaction.message === "idnow.reconnecting").map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(gaps.length).toBe(11);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
  });

  test("goes on after every restart from the state that was stored", async () => {
    const bench = new FlowBench({ details: { codeEntry: "here" } });
    // The bench makes a new provider for every step.
    const seen = new Set<string>();
    const outcome = await bench.run({
      before: (state) => {
        seen.add(state.step);
        return null;
      },
    });
    expect(outcome.failure).toBeNull();
    expect([...seen]).toEqual(["start", "prepare", "ordering", "watch", "request-code", "code", "fetch", "finish"]);
  });
});

describe("the page", () => {
  test("that was closed can be opened again, and the order goes on meanwhile", async () => {
    const bench = new FlowBench();
    bench.fake.scripts = [[[], [], [], [6, 84]]];
    let closed = 0;
    const outcome = await bench.run({
      person: (shown) => {
        if (shown.kind === "page" && closed === 0) {
          closed += 1;
          return { kind: "page-closed", interaction: shown.id };
        }
        if (shown.message === "idnow.page-closed") {
          return answer(shown, { kind: "reopen-page" });
        }
        return willing(shown);
      },
    });
    expect(outcome.failure).toBeNull();
    expect(messages(outcome.interactions)).toEqual([
      "idnow.page",
      "idnow.page-closed",
      "idnow.page",
      "idnow.working",
      "idnow.delete",
    ]);
    expect(bench.fake.count("putOrder")).toBe(1);
  });

  test("from which the person went away is offered again", async () => {
    const bench = new FlowBench();
    bench.fake.scripts = [[[], [], [84]]];
    const outcome = await bench.run({
      person: (shown) =>
        shown.kind === "page"
          ? { kind: "page-returned", interaction: shown.id, url: "https://partner.example/back?idnow=abort" }
          : willing(shown),
    });
    expect(messages(outcome.interactions)).toContain("idnow.page-closed");
    expect(outcome.failure).toBeNull();
  });

  test.each(["21.39", "109", "153.176"])("opens again by itself after %s, with the reason", async (status) => {
    const bench = new FlowBench();
    bench.fake.scripts = [[[77, 78, status], [], [77, 6], [84]]];
    const outcome = await bench.run();
    const pages = outcome.interactions.filter(({ kind }) => kind === "page");
    expect(pages).toHaveLength(2);
    expect(pages[1]).toMatchObject({ problem: { code: "idnow.page-again", params: { idnowStatus: status } } });
    expect(outcome.failure).toBeNull();
  });

  test("of a stranger is not opened, and the order is taken back", async () => {
    const bench = new FlowBench({ profile: { pageOrigins: ["https://www.identity.tm"] } });
    const outcome = await bench.run();
    expect(outcome.failure).toMatchObject({ code: "provider.configuration", params: { field: "pageOrigins" } });
    expect(bench.fake.names().at(-1)).toBe("cancelOrder");
  });
});

describe("several signers", () => {
  test("sign one after the other, the later ones in orders that name the first", async () => {
    const place = {
      kind: "rectangle",
      page: 1,
      rectangle: { x: 100, y: 100, width: 200, height: 60 },
      pageBox: { x: 0, y: 0, width: 595, height: 842 },
    } as const;
    const bench = new FlowBench({ details: { signers: [erika, jan] } });
    const outcome = await bench.run({ documents: [documentOf("contract", "contract", place)] });
    expect(outcome.failure).toBeNull();
    const [first, second] = bench.fake.orders;
    expect(first?.body.MultiSignOptions).toBeUndefined();
    expect(second?.body).toMatchObject({
      Email: "jan@example.com",
      MultiSignOptions: {
        FirstOrderID: first?.id,
        SignParameters: [{ Filename: "contract.pdf", SignaturePage: 1, SignaturePosX: 100, SignatureWidth: 200 }],
      },
    });
    expect(second?.body.eSignPDF).toBeUndefined();
    // The second mark stands above the first one, with a gap.
    expect(second?.body.MultiSignOptions.SignParameters[0].SignaturePosY).toBeGreaterThan(160);
    expect(Buffer.from(outcome.signed[0]!.bytes).toString()).toContain("signed by de Vries");
    expect(outcome.steps.find(({ kind }) => kind === "signed-documents")).toMatchObject({
      signers: [
        { givenName: "Erika", surname: "Mustermann" },
        { givenName: "Jan", surname: "de Vries" },
      ],
    });
    expect(bench.fake.count("getESignPDF")).toBe(1);
    expect(bench.fake.count("delIdentdata")).toBe(2);
  });

  test("are fetched from the first order when the last one has nothing", async () => {
    const bench = new FlowBench({ details: { signers: [erika, jan] } });
    bench.fake.next["getESignPDF"] = [{ status: 404 }];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    const fetched = bench.fake.calls.filter(({ path }) => path[0] === "getESignPDF").map(({ path }) => path[1]);
    expect(fetched).toEqual(bench.fake.orders.map(({ id }) => id).toReversed());
  });

  test("end with the reason of the one who did not sign", async () => {
    const bench = new FlowBench({ details: { signers: [erika, jan] } });
    bench.fake.scripts = [[[6, 84]], [[16]]];
    expect((await bench.run()).failure).toMatchObject({ code: "idnow.declined" });
  });
});

describe("sign-me", () => {
  const profile = { trustService: "sign-me" } as const;

  test.each([
    ["QES", "QES", true, 16],
    ["AES", "ADV", true, 144],
    ["BES", "BAS", true, 272],
    ["QES", "QES", false, 0],
    ["AES", "ADV", false, 128],
  ] as const)("%s is asked for as %s; able to sign: %s gives Add %d", async (signatureType, type, able, add) => {
    const bench = new FlowBench({ profile, details: { signatureType } });
    bench.fake.signMe = { UserExists: true, UserIsAbleToSign: able };
    await bench.run();
    const asked = bench.fake.calls.find(({ path }) => path[0] === "checkSignmeUser");
    expect(asked?.body).toEqual({ Email: "erika@example.com", signatureType: type });
    expect(bench.fake.orders[0]?.body.Add).toBe(add);
  });

  test("somebody who has an account only needs the code, which can be typed here without any page", async () => {
    const bench = new FlowBench({ profile, details: { codeEntry: "here" } });
    bench.fake.scripts = [[[], []]];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(outcome.interactions.map(({ kind }) => kind)).toEqual(["code", "identification"]);
  });
});

test("an account at Namirial is not asked about sign-me users", async () => {
  const bench = new FlowBench();
  await bench.run();
  expect(bench.fake.count("checkSignmeUser")).toBe(0);
});

describe("the test robot", () => {
  test("plays the person under its own reference, without a page", async () => {
    const bench = new FlowBench({ details: { robot: "positive", codeEntry: "here" } });
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(bench.fake.orders[0]?.body.Ref).toBe("X-AUTOTEST-POSITIVE");
    expect(messages(outcome.interactions)).toEqual(["idnow.robot", "idnow.delete"]);
  });

  test("is not ordered a second time when the answer was lost", async () => {
    const bench = new FlowBench({ details: { robot: "negative" } });
    bench.fake.next["putOrder"] = [{ failure: { code: "provider.unreachable" } }];
    expect((await bench.run()).failure).toEqual({ code: "idnow.order-uncertain" });
    expect(bench.fake.count("putOrder")).toBe(1);
  });
});

describe("before anything is ordered", () => {
  test.each<[string, object]>([
    ["idnow.disturbed", { serverAlive: true, eSign: { qesAvailable: false } }],
    ["idnow.disturbed", { serverAlive: false }],
    ["idnow.sms-disturbed", { serverAlive: true, smsTanAvailable: false }],
  ])("the person is told of trouble at IDnow: %s", async (message, json) => {
    for (const accepted of [true, false]) {
      const bench = new FlowBench();
      bench.fake.next["systemStatus"] = [{ status: 200, json }];
      const outcome = await bench.run({
        person: (shown) => (shown.kind === "confirm" ? answer(shown, { kind: "confirm", accepted }) : willing(shown)),
      });
      expect(outcome.interactions[0]?.message).toBe(message);
      expect(outcome.failure?.code ?? null).toBe(accepted ? null : "provider.cancelled");
      expect(bench.fake.count("putOrder")).toBe(accepted ? 1 : 0);
    }
  });

  test("advanced signatures do not need the qualified service", async () => {
    const bench = new FlowBench({ details: { signatureType: "AES" } });
    bench.fake.next["systemStatus"] = [{ status: 200, json: { eSign: { qesAvailable: false, fesAvailable: true } } }];
    const outcome = await bench.run();
    expect(outcome.interactions[0]?.kind).toBe("page");
  });

  test("more than ten megabytes are asked about", async () => {
    const bench = new FlowBench({ order: { documents: [{ id: "contract", name: "c.pdf", size: 12_345_678 }] } });
    const outcome = await bench.run();
    expect(outcome.interactions[0]).toMatchObject({ message: "idnow.large", params: { megabytes: 13 } });
    expect(outcome.failure).toBeNull();
  });
});
