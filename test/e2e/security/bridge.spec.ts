import { join } from "node:path";
import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";
import { COMMAND_NAMES } from "../../../shared/ipc-channels.ts";

/** What the page's world has of ours. */
interface PageWorld {
  readonly sealdesk: {
    invoke(
      name: unknown,
      argument: unknown,
    ): Promise<{ readonly ok: boolean; readonly failure?: { readonly code: string } }>;
    on(name: unknown, listener: unknown): unknown;
    openFiles(files: unknown): Promise<{ readonly ok: boolean; readonly value?: object }>;
  };
}

test("a page that misuses its bridge gets refusals, and the program goes on", async ({ person, folder }) => {
  const { window, app } = person;
  await person.open(await contractIn(folder));
  await person.seesPages();

  // The world around the bridge.
  const world = await window.evaluate(() => {
    const page = globalThis as unknown as Readonly<Record<string, unknown>> & PageWorld;
    const mine = (): string => "mine";
    try {
      Object.assign(page.sealdesk, { invoke: mine });
    } catch {
      // Frozen.
    }
    return {
      functions: Object.keys(page.sealdesk).toSorted(),
      frozen: Object.isFrozen(page.sealdesk) && (page.sealdesk.invoke as unknown) !== mine,
      node: ["require", "process", "Buffer", "module", "global", "__dirname"].filter((name) => name in page),
    };
  });
  expect(world).toEqual({ functions: ["invoke", "on", "openFiles"], frozen: true, node: [] });

  // Channels that are none, and files that are none.
  const refused = await window.evaluate(async () => {
    const { sealdesk } = globalThis as unknown as PageWorld;
    const told = async (work: () => unknown): Promise<string> => {
      try {
        const answer = await (work() as Promise<{ ok: boolean; value?: object }>);
        return answer.ok ? JSON.stringify(answer.value ?? null) : "refused";
      } catch {
        return "thrown";
      }
    };
    const names = [
      "",
      "no.such",
      "__proto__",
      "constructor",
      "state.changed",
      "documents.openDropped",
      "ELECTRON_BROWSER_REQUIRE",
      null,
      {},
      1,
    ];
    return {
      invoke: await Promise.all(names.map((name) => told(() => sealdesk.invoke(name, { paths: ["/etc/passwd"] })))),
      on: await Promise.all(
        [...names, "state.get"]
          .filter((name) => name !== "state.changed")
          .map((name) => told(() => sealdesk.on(name, () => {}))),
      ),
      files: await Promise.all(
        [
          [new File(["%PDF-1.7"], "/etc/passwd.pdf")],
          ["/etc/passwd"],
          [{ path: "/etc/passwd" }],
          "x",
          null,
          [null],
        ].map((files) => told(() => sealdesk.openFiles(files))),
      ),
    };
  });
  expect(new Set(refused.invoke)).toEqual(new Set(["thrown"]));
  expect(new Set(refused.on)).toEqual(new Set(["thrown"]));
  // A file that a script has made has no path, and so there is nothing to open (or, on the stand-in, no input).
  const [made, ...others] = refused.files;
  expect(['{"opened":[],"refused":[]}', "refused"]).toContain(made);
  expect(new Set(others)).toEqual(new Set(["thrown"]));

  // Every channel of the contract with what is no input of any.
  const codes = await window.evaluate(
    async (names) => {
      const { sealdesk } = globalThis as unknown as PageWorld;
      const nonsense = [undefined, null, 7, "x", [], [[[[]]]], "x".repeat(100_000), new Uint8Array(1_000)];
      const found = new Set<string>();
      for (const name of names) {
        for (const argument of nonsense) {
          const answer = await sealdesk
            .invoke(name, argument)
            .catch(() => ({ ok: false, failure: { code: "thrown" } }));
          found.add(answer.ok ? `${name} taken` : (answer.failure?.code ?? "?"));
        }
      }
      return [...found];
    },
    COMMAND_NAMES.filter((name) => name !== "documents.openDropped"),
  );
  expect(codes).toEqual(["app.internal"]);

  // A thousand dialogs are one.
  await app.evaluate(({ dialog }) => {
    const count = { shown: 0, close: () => {} };
    Object.assign(globalThis, { count });
    dialog.showOpenDialog = () =>
      new Promise((resolve) => {
        count.shown += 1;
        count.close = () => resolve({ canceled: true, filePaths: [] });
      });
  });
  const dialogs = window.evaluate(async () => {
    const { sealdesk } = globalThis as unknown as PageWorld;
    const answers = Array.from({ length: 500 }, () => sealdesk.invoke("documents.choose", {}));
    return (await Promise.all(answers)).length;
  });
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { count: { shown: number } }).count.shown))
    .toBe(1);
  await app.evaluate(() => (globalThis as unknown as { count: { close(): void } }).count.close());
  expect(await dialogs).toBe(500);
  expect(await app.evaluate(() => (globalThis as unknown as { count: { shown: number } }).count.shown)).toBe(1);

  // Thousands of commands are answered, some of them by no; then all is as before, and no answer names a folder.
  const flood = await window.evaluate(async () => {
    const { sealdesk } = globalThis as unknown as PageWorld;
    const transaction = "00000000-0000-4000-8000-000000000000";
    const answers = Array.from({ length: 3_000 }, () => sealdesk.invoke("signing.cancel", { transaction }));
    return (await Promise.all(answers)).filter(({ ok, failure }) => ok || failure?.code === "app.busy").length;
  });
  expect(flood).toBe(3_000);
  const state = await window.evaluate(async () =>
    JSON.stringify(await (globalThis as unknown as PageWorld).sealdesk.invoke("state.get", {})),
  );
  expect(state).toContain("contract.pdf");
  expect(state).not.toContain(folder);
  expect(state).not.toContain(`${join(folder, "..")}/`);
  await person.seesPages();
});
