import { expect, test } from "vitest";
import { browserPages } from "../../../cli/browser-pages.ts";
import type { ProviderPage } from "../../../electron/providers/provider.ts";

const page: ProviderPage = {
  url: "https://pages.example/order/1",
  policy: {
    allowedOrigins: ["https://pages.example"],
    returnUrl: "https://acme.example/back",
    permissions: [],
    timeLimitMilliseconds: 1_000,
  },
};

/** A person who types these lines, and then nothing any more. */
function typing(shown: ProviderPage, ...lines: readonly string[]) {
  const told: string[] = [];
  const returned: string[] = [];
  const left = [...lines];
  let stopped = false;
  const pages = browserPages({
    tell: (text) => told.push(text),
    readLine: (signal) => {
      const line = left.shift();
      return line === undefined
        ? new Promise((resolve) =>
            signal.addEventListener("abort", () => {
              stopped = true;
              resolve(null);
            }),
          )
        : Promise.resolve(line);
    },
  });
  const handle = pages.open(shown, { onReturn: (url) => returned.push(url), onClosed: () => returned.push("closed") });
  return { told, returned, handle, isStopped: () => stopped };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("Enter says that the browser is back; a pasted return address is handed on with what it says", async () => {
  const entered = typing(page, "");
  const pasted = typing(page, "  https://acme.example/back?aborted=1 ");
  await settled();
  expect(entered.told[0]).toBe("Open this page in your browser: https://pages.example/order/1");
  expect(entered.returned).toEqual(["https://acme.example/back"]);
  expect(pasted.returned).toEqual(["https://acme.example/back?aborted=1"]);
});

test.each([
  "https://acme.example/other",
  "http://acme.example/back",
  "https://acme.example.evil/back",
  "https://somebody:secret@acme.example/back",
  "what?",
])("%s is not taken for the return address", async (line) => {
  const { told, returned } = typing(page, line);
  await settled();
  expect(returned).toEqual([]);
  expect(told.at(-1)).toBe("That is not the address that the browser comes back to (https://acme.example/back).");
});

test("an address that is too long is not taken for the return address", async () => {
  const { returned } = typing(page, `https://acme.example/back?${"a".repeat(8_192)}`);
  await settled();
  expect(returned).toEqual([]);
});

test("schemes without an origin of their own are told apart", async () => {
  const own = { ...page, policy: { ...page.policy, returnUrl: "acme-app://signed/back" } };
  const { returned } = typing(
    own,
    "other-app://signed/back",
    "acme-app://elsewhere/back",
    "acme-app://signed/back?x=1",
  );
  await settled();
  expect(returned).toEqual(["acme-app://signed/back?x=1"]);
});

test("the terminal is let go when the page is not needed any more", async () => {
  const { handle, returned, isStopped } = typing(page);
  await settled();
  expect(isStopped()).toBe(false);
  handle.close();
  expect([isStopped(), returned]).toEqual([true, []]);
});

test("where nobody is at a terminal, the address is printed and nothing is asked", () => {
  const told: string[] = [];
  browserPages({ tell: (text) => told.push(text), readLine: null }).open(page, {
    onReturn: () => undefined,
    onClosed: () => undefined,
  });
  expect(told).toEqual(["Open this page in your browser: https://pages.example/order/1"]);
});
