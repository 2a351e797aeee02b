import { describe, expect, test } from "vitest";
import { atMost, oneAtATime } from "../../../electron/windows/policy/restraint.ts";

describe("dialogs", () => {
  test("are one at a time; what is asked meanwhile is answered at once", async () => {
    const alone = oneAtATime();
    const closed = Promise.withResolvers<string>();
    const first = alone(() => closed.promise, "nothing");
    expect(await alone(async () => "second", "nothing")).toBe("nothing");
    closed.resolve("chosen");
    expect(await first).toBe("chosen");
    expect(await alone(async () => "third", "nothing")).toBe("third");
  });

  test("come again after one that failed", async () => {
    const alone = oneAtATime();
    await expect(alone(() => Promise.reject(new Error("no display")), "nothing")).rejects.toThrow("no display");
    expect(await alone(async () => "chosen", "nothing")).toBe("chosen");
  });
});

describe("other programs", () => {
  test("are asked a few times in a while, whatever the page wants", () => {
    let now = 1_000;
    const may = atMost(3, 10_000, () => now);
    expect([may(), may(), may(), may(), may()]).toEqual([true, true, true, false, false]);
    now += 9_999;
    expect(may()).toBe(false);
    now += 1;
    expect([may(), may(), may(), may()]).toEqual([true, true, true, false]);
  });

  test("can be asked again when the clock was set back", () => {
    let now = 1_000_000;
    const may = atMost(1, 10_000, () => now);
    expect([may(), may()]).toEqual([true, false]);
    now = 5;
    expect(may()).toBe(true);
  });
});
