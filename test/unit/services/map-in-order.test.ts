import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { collect } from "../../harness/collect.ts";
import { mapInOrder } from "../../../electron/services/map-in-order.ts";

async function* numbers(count: number, onTaken?: (taken: number) => void): AsyncGenerator<number> {
  for (let index = 0; index < count; index += 1) {
    onTaken?.(index + 1);
    yield index;
  }
}

test("results come in the order of the items, whichever is done first", async () => {
  const results = mapInOrder(numbers(20), 5, async (item) => {
    await delay(item % 5 === 0 ? 15 : 1);
    return item;
  });
  expect(await collect(results)).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test("no more items are begun than may wait for a slow reader", async () => {
  let taken = 0;
  const results = mapInOrder(
    numbers(1000, (count) => (taken = count)),
    8,
    async (item) => item,
  );
  await results.next();
  await delay(20);
  expect(taken).toBeLessThanOrEqual(8);
  await results.return(undefined);
});

test("a failure is thrown in its turn, after the results before it", async () => {
  const seen: number[] = [];
  const run = async (): Promise<void> => {
    const results = mapInOrder(numbers(10), 10, async (item) => {
      if (item === 3) {
        throw new Error("three");
      }
      await delay(5);
      return item;
    });
    for await (const result of results) {
      seen.push(result);
    }
  };
  await expect(run()).rejects.toThrow("three");
  expect(seen).toEqual([0, 1, 2]);
});
