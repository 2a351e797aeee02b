import { expect, test } from "vitest";
import type { FlowInput } from "../../../../electron/providers/provider.ts";
import { RunLink } from "../../../../electron/services/signing/run-link.ts";

function played(open: (address: string) => Promise<boolean>) {
  const opened: string[] = [];
  const told: FlowInput[] = [];
  const unexpected: unknown[] = [];
  const link = new RunLink(
    (address) => {
      opened.push(address);
      return open(address);
    },
    (input) => told.push(input),
    (error) => unexpected.push(error),
  );
  return { link, opened, told, unexpected };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a link is opened once for each question, however often it is shown", async () => {
  const { link, opened, told } = played(async () => true);
  link.show("1", undefined);
  link.show("2", "bankid:a");
  link.show("2", "bankid:a");
  link.show("3", undefined);
  link.show("2", "bankid:b");
  link.show("4", "bankid:c");
  await settled();
  expect(opened).toEqual(["bankid:a", "bankid:c"]);
  expect(told).toEqual([]);
});

test("a link that cannot be opened is told, also when opening it breaks", async () => {
  const refused = played(async () => false);
  refused.link.show("1", "bankid:a");
  await settled();
  expect(refused.told).toEqual([{ kind: "app-not-opened", interaction: "1" }]);
  expect(refused.unexpected).toEqual([]);
  const broken = played(() => Promise.reject(new Error("no desktop")));
  broken.link.show("1", "bankid:a");
  await settled();
  expect(broken.told).toEqual([{ kind: "app-not-opened", interaction: "1" }]);
  expect(broken.unexpected).toHaveLength(1);
});
