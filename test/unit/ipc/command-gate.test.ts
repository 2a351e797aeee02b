import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CommandGate, MAXIMUM_READS, MAXIMUM_UNANSWERED, MAXIMUM_WEIGHT } from "../../../electron/ipc/command-gate.ts";

describe("what a window can make main do at the same time", () => {
  test("is a thousand commands, and again as many when these are answered", async () => {
    const gate = new CommandGate();
    const end = Promise.withResolvers<string>();
    const running = Array.from({ length: MAXIMUM_UNANSWERED }, () => gate.run("state.get", 0, () => end.promise));
    expect(await gate.run("state.get", 0, async () => "done")).toBeNull();
    end.resolve("done");
    expect(new Set(await Promise.all(running))).toEqual(new Set(["done"]));
    expect(await gate.run("state.get", 0, async () => "done")).toBe("done");
  });

  test("is arguments of so many bytes", async () => {
    const gate = new CommandGate();
    const end = Promise.withResolvers<string>();
    const large = gate.run("marks.addPicture", MAXIMUM_WEIGHT - 10, () => end.promise);
    expect(await gate.run("marks.addPicture", 11, async () => "done")).toBeNull();
    expect(await gate.run("marks.addPicture", 10, async () => "done")).toBe("done");
    end.resolve("done");
    await large;
    expect(await gate.run("marks.addPicture", MAXIMUM_WEIGHT, async () => "done")).toBe("done");
  });

  test("is a few ranges of documents; the others follow in the order in which they came", async () => {
    const gate = new CommandGate();
    const begun: number[] = [];
    const ends = Array.from({ length: 40 }, () => Promise.withResolvers<undefined>());
    const reads = ends.map((end, index) =>
      gate.run("documents.readRange", 0, () => {
        begun.push(index);
        return end.promise;
      }),
    );
    await setImmediate();
    expect(begun).toEqual(Array.from({ length: MAXIMUM_READS }, (_, index) => index));
    ends[3]!.resolve(undefined);
    ends[0]!.resolve(undefined);
    await setImmediate();
    expect(begun.slice(MAXIMUM_READS)).toEqual([MAXIMUM_READS, MAXIMUM_READS + 1]);
    ends.forEach((end) => end.resolve(undefined));
    await Promise.all(reads);
    expect(begun).toHaveLength(40);
  });

  test("is not less after something has failed", async () => {
    const gate = new CommandGate();
    const fail = () => gate.run("documents.readRange", MAXIMUM_WEIGHT, () => Promise.reject(new Error("broken")));
    for (let time = 0; time <= MAXIMUM_READS; time += 1) {
      await expect(fail()).rejects.toThrow("broken");
    }
    expect(await gate.run("documents.readRange", MAXIMUM_WEIGHT, async () => "done")).toBe("done");
  });
});
