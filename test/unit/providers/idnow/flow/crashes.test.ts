import { describe, expect, test } from "vitest";
import type { FlowInput } from "../../../../../electron/providers/provider.ts";
import type { IdnowDetails } from "../../../../../shared/order-details.ts";
import { erika, FlowBench, jan } from "../flow-bench.ts";

/**
 * The program ends at the worst moment of each step: what the step did at IDnow is done, what it said is lost. The next
 * start goes on with "go" from the state that was stored before.
 */
async function crashAt(step: number, details: Partial<IdnowDetails>): Promise<FlowBench | null> {
  const bench = new FlowBench({ details });
  bench.fake.scripts = [[[73, 77, 75, 6]], [[73, 77, 75, 6]]];
  if (details.codeEntry !== "here") {
    bench.fake.scripts = [
      [[6], [84]],
      [[6], [84]],
    ];
  }
  let taken = 0;
  let crashed = false;
  let isFresh = false;
  const outcome = await bench.run({
    restarted: () => {
      const before = isFresh;
      isFresh = false;
      return before;
    },
    provider: () => {
      const provider = bench.provider();
      return {
        ...provider,
        async advance(state, input, context) {
          taken += 1;
          if (taken !== step) {
            return provider.advance(state, input, context);
          }
          crashed = true;
          isFresh = true;
          await provider.advance(state, input, context);
          const again: FlowInput = { kind: "go" };
          return bench.provider().advance(state, again, context);
        },
      };
    },
  });
  expect(outcome.failure).toBeNull();
  expect(outcome.signed.map(({ id }) => id)).toContain("contract");
  return crashed ? bench : null;
}

describe("after a crash in any step, the run ends as it would have, and nothing is ordered twice", () => {
  test.each<[string, Partial<IdnowDetails>, number]>([
    ["with the code on the page", {}, 1],
    ["with the code typed here", { codeEntry: "here" }, 1],
    ["with the identification shown", { showIdentification: true }, 1],
    ["with two signers", { signers: [erika, jan] }, 2],
  ])("%s", async (_name, details, orders) => {
    let step = 1;
    for (; ; step += 1) {
      const bench = await crashAt(step, details);
      if (bench === null) {
        break;
      }
      expect(bench.fake.orders).toHaveLength(orders);
      expect(bench.fake.orders.every(({ deleted }) => deleted)).toBe(true);
    }
    expect(step).toBeGreaterThan(8);
  });
});
