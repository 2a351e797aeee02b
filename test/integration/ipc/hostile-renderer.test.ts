import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { weighArgument } from "../../../electron/ipc/weigh-argument.ts";
import type { Application } from "../../../electron/services/application/application.ts";
import { FAILURE_CODES } from "../../../shared/failure.ts";
import { contract } from "../../../shared/ipc.ts";
import type { CommandName } from "../../../shared/ipc.ts";
import { COMMAND_NAMES } from "../../../shared/ipc-channels.ts";
import { pageOf } from "../../harness/page-of.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { examplesOf } from "../../unit/ipc/example-of.ts";
import { keychain } from "../services/bare-ports.ts";
import { newFolder, openApplication, practiceForTests } from "../services/open-application.ts";

/** What no answer may ever say. */
const PASSWORD = "planted-password-7Gx2";
const CODES: ReadonlySet<string> = new Set(FAILURE_CODES);
/** Where strings of a page may end up as names of properties, files or addresses. */
const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "../../etc/passwd", "/etc/passwd", "a\0b", ""];
const IDS = ["-".repeat(36), "0".repeat(36), "00000000-0000-4000-8000-000000000000"];

const schemaOf = (name: CommandName) => {
  const [group = "", leaf = ""] = name.split(".");
  const groups = contract as unknown as Readonly<Record<string, Readonly<Record<string, { readonly input: never }>>>>;
  return groups[group]![leaf]!.input as (typeof contract)["state"]["get"]["input"];
};

/** What no honest page sends, whatever the command. */
function nonsense(): readonly unknown[] {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  let deep: unknown = {};
  for (let level = 0; level < 2_000; level += 1) deep = [deep];
  return [
    undefined,
    null,
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2n ** 70n,
    true,
    "",
    "state.get",
    [],
    [{}],
    new Map(),
    new Set(["x"]),
    new Date(),
    new Error("x"),
    /x/u,
    new Uint8Array(8),
    new ArrayBuffer(8),
    circle,
    deep,
    "x".repeat(9_000_000),
    Array.from({ length: 200_000 }, () => 0),
    Object.fromEntries(Array.from({ length: 150_000 }, (_, index) => [`k${index}`, index])),
    { documents: Array.from({ length: 5_001 }, () => IDS[2]) },
    { document: { toString: "x" }, transaction: [], review: 1, id: {}, paths: "x", request: "x" },
    JSON.parse('{"__proto__":{"ok":true},"constructor":{"prototype":{}}}') as object,
  ];
}

const isObject = (value: unknown): boolean => Object.prototype.toString.call(value) === "[object Object]";

describe("a window that has been taken over", () => {
  const practice = practiceForTests((connected) => connected.approveAll(null));
  const bugs: unknown[] = [];
  afterEach(() => void bugs.splice(0));

  /** The program with a document, an unlocked encrypted one's password and a profile's secrets in it, and its window's ipc. */
  const taken = async () => {
    const data = await newFolder();
    const folder = await newFolder();
    const application = openApplication(data, practice(), { keyStore: keychain() });
    const page = pageOf(application.handlers, {
      unexpected: (channel, error) => bugs.push([channel, error]),
      refused: () => undefined,
    });
    const say = async (name: CommandName, argument: unknown, frame?: object | null): Promise<Told> =>
      (await page(name, argument, frame)) as Told;
    const path = join(folder, "a.pdf");
    await writeFile(path, makePdf());
    const [document = ""] = (await application.openFiles([path])).opened;
    const saved = await say("profiles.save", {
      provider: "idnow",
      name: "office",
      isNew: true,
      values: {
        environment: "test",
        baseUrl: "https://nobody.invalid/api/",
        user: "office",
        pageOrigins: ["https://nobody.invalid"],
        redirectUrl: "https://nobody.invalid/back",
        trustService: "namirial",
        signatureTypes: ["QES"],
        customerSideSigning: false,
        sends: "document",
      },
      secrets: { password: { kind: "text", value: PASSWORD } },
    });
    expect(saved.value).toEqual({ problems: [], secrets: "stored" });
    return { application, say, folder, data, document };
  };

  /** Says it; the answer has the shape of the contract, and names nothing that is none of the window's business. */
  const sayAll = async ({ say, folder, data }: Taken, attempts: readonly Attempt[]): Promise<readonly Told[]> => {
    const answers: Told[] = [];
    for (const [name, argument] of attempts) {
      const told = await say(name, argument);
      const text = JSON.stringify(told, (_key, value: unknown) => (value instanceof Uint8Array ? value.length : value));
      expect(typeof told.ok).toBe("boolean");
      expect(told.ok || CODES.has(told.failure?.code ?? "")).toBe(true);
      for (const secret of [PASSWORD, folder, data, "root:x:0"]) expect(text).not.toContain(secret);
      answers.push(told);
    }
    return answers;
  };

  test("gets a refusal to everything that is no input of the command, on every channel", async () => {
    const world = await taken();
    const weighed = nonsense().map((value) => ({ value, isTooMuch: weighArgument(value) === null }));
    for (const name of COMMAND_NAMES) {
      const wrong = weighed
        // Some commands take an object without parts; nothing else is one.
        .filter(({ value, isTooMuch }) => isTooMuch || !isObject(value) || !schemaOf(name).safeParse(value).success)
        .map(({ value }) => value);
      expect(wrong.length).toBeGreaterThan(22);
      const answers = await sayAll(
        world,
        wrong.map((value) => [name, value]),
      );
      expect(new Set(answers.map(({ failure }) => failure?.code))).toEqual(new Set(["app.internal"]));
    }
    expect(bugs).toEqual([]);
    expect(({} as { ok?: unknown }).ok).toBeUndefined();
  });

  test("is answered only from its main frame, on every channel", async () => {
    const { say } = await taken();
    const strangers = [
      null,
      { origin: "app://bundle", parent: {} },
      { origin: "https://provider.example", parent: null },
      { origin: "app://bundle.evil", parent: null },
      { origin: "null", parent: null },
      { origin: "file://", parent: null },
    ];
    for (const name of COMMAND_NAMES) {
      const [example] = examplesOf(schemaOf(name), "x", IDS[2]!);
      expect(example).toBeDefined();
      for (const stranger of strangers) {
        expect(await say(name, example, stranger)).toEqual({ ok: false, failure: { code: "app.internal" } });
      }
    }
  });

  test("gets nowhere with ids that are guessed, of another kind, or names of properties, on every channel", async () => {
    const world = await taken();
    const reviewed = await world.say("signing.review", {
      request: {
        provider: "itsme",
        documents: [world.document],
        placement: { kind: "invisible" },
        level: "B-B",
        language: "EN",
      },
    });
    const review = (reviewed.value as { readonly review: string }).review;
    const ids = [...IDS, world.document, review];
    const before = process.memoryUsage().rss;
    // Every name in the place of every text, and every id in the place of every id.
    const pairs = [...NAMES, ...ids].map((text, index) => [text, ids[index % ids.length]!] as const);
    const attempts = COMMAND_NAMES.flatMap((name) =>
      pairs.flatMap(([text, id]) => examplesOf(schemaOf(name), text, id).map((value): Attempt => [name, value])),
    );
    expect(new Set(attempts.map(([name]) => name))).toEqual(new Set(COMMAND_NAMES));
    await sayAll(
      world,
      attempts.filter(([name]) => !SLOW.has(name)),
    );
    for (const name of SLOW) await sayAll(world, attempts.filter(([other]) => other === name).slice(0, 12));
    expect(bugs).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000);
    const { transactions } = world.application.state.current;
    expect(transactions.filter(({ outcome }) => outcome?.kind === "done")).toEqual([]);
  });

  test("answers to questions that nobody asked change nothing", async () => {
    const world = await taken();
    const schema = schemaOf("signing.answer");
    const attempts = IDS.flatMap((id) =>
      examplesOf(schema, "1", id).map((value): Attempt => ["signing.answer", value]),
    );
    expect(attempts.length).toBeGreaterThan(30);
    const before = JSON.stringify(world.application.state.current.transactions);
    await sayAll(world, attempts);
    expect(JSON.stringify(world.application.state.current.transactions)).toBe(before);
    expect(bugs).toEqual([]);
  });

  test("can press yes once on what it was shown, however often and fast it presses", async () => {
    const world = await taken();
    const request = {
      provider: "itsme",
      documents: [world.document],
      placement: { kind: "invisible" },
      level: "B-B",
      language: "EN",
    };
    const reviewed = await world.say("signing.review", { request });
    const { review } = reviewed.value as { readonly review: string };
    const started = await Promise.all(Array.from({ length: 500 }, () => world.say("signing.start", { review })));
    expect(started.filter(({ ok }) => ok)).toHaveLength(1);
    expect(world.application.state.current.transactions).toHaveLength(1);
  });

  test("gets as many answers as it asks questions, in bounded memory, and the program goes on", async () => {
    const world = await taken();
    const size = world.application.state.current.documents.find(({ id }) => id === world.document)!.size;
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([
        ...Array.from({ length: 4_000 }, () =>
          world.say("documents.readRange", { document: world.document, begin: 0, end: size }),
        ),
        ...Array.from({ length: 200 }, () => world.say("marks.addPicture", { bytes: new Uint8Array(1_000_000) })),
      ]);
      expect(answers).toHaveLength(4_200);
      expect(answers.filter(({ failure }) => failure?.code === "app.busy").length).toBeGreaterThan(3_000);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000);
    expect(await world.say("state.get", {})).toMatchObject({ ok: true });
    expect(bugs).toEqual([]);
  });
});

/** They reach for cards, or for the network. */
const SLOW: ReadonlySet<CommandName> = new Set(["profiles.test", "certificate.listTokens", "signing.review"]);

type Attempt = readonly [CommandName, unknown];
interface Told {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly failure?: { readonly code: string };
}
interface Taken {
  readonly application: Application;
  readonly say: (name: CommandName, argument: unknown, frame?: object | null) => Promise<Told>;
  readonly folder: string;
  readonly data: string;
  readonly document: string;
}
