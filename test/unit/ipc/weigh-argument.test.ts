import { describe, expect, test } from "vitest";
import {
  MAXIMUM_BYTES,
  MAXIMUM_CHARACTERS,
  MAXIMUM_DEPTH,
  MAXIMUM_VALUES,
  weighArgument,
} from "../../../electron/ipc/weigh-argument.ts";
import { MAXIMUM_DOCUMENTS, MAXIMUM_PICTURE_BYTES } from "../../../shared/ipc.ts";

const nested = (depth: number): object => {
  let value: object = {};
  for (let level = 1; level < depth; level += 1) value = { value };
  return value;
};

describe("the weight of an argument", () => {
  test("counts characters twice, bytes once, and something for every value", () => {
    expect(weighArgument("ab")).toBe(16 + 4);
    expect(weighArgument({ bytes: new Uint8Array(1_000) })).toBe(2 * 16 + 2 * 5 + 1_000);
    expect(weighArgument([1, null, undefined, true])).toBe(5 * 16);
  });

  test("is known for everything that the program itself sends", () => {
    expect(weighArgument({ bytes: new Uint8Array(MAXIMUM_PICTURE_BYTES) })).not.toBeNull();
    const place = { kind: "rectangle", page: 1, rectangle: { x: 0, y: 0, width: 1, height: 1 } };
    const ids = Array.from({ length: MAXIMUM_DOCUMENTS }, (_, index) => `${index}`.padStart(36, "0"));
    const placements = Object.fromEntries(ids.map((id) => [id, place]));
    expect(weighArgument({ request: { documents: ids, placements } })).not.toBeNull();
    expect(
      weighArgument({ paths: ids.map((id) => `/home/somebody/Documents/Contracts/2026/${id}.pdf`) }),
    ).not.toBeNull();
  });

  test.each([
    ["a text that is too long", "x".repeat(MAXIMUM_CHARACTERS + 1)],
    ["texts that are too long together", Array.from({ length: 9 }, () => "x".repeat(1_000_000))],
    ["names of members that are too long", { ["x".repeat(MAXIMUM_CHARACTERS + 1)]: 1 }],
    ["bytes that are too many", new Uint8Array(MAXIMUM_BYTES + 1)],
    ["a buffer that is too large", new ArrayBuffer(MAXIMUM_BYTES + 1)],
    ["buffers that are too large together", [new Uint8Array(9_000_000), new Uint8Array(9_000_000)]],
    ["a list that is too long", Array.from({ length: MAXIMUM_VALUES }, () => 0)],
    ["a list of holes", [...Array<undefined>(1)].concat(Array<undefined>(5_000_000))],
    ["lists that are too long together", Array.from({ length: 400 }, () => Array.from({ length: 400 }, () => 0))],
    ["something too deep", nested(MAXIMUM_DEPTH + 2)],
    ["a map", new Map([["a", 1]])],
    ["a set", { values: new Set([1]) }],
    ["a date", new Date(0)],
    ["an error", new Error("x")],
    ["an expression", { pattern: /a/u }],
  ])("is unknown for %s", (_what, value) => {
    expect(weighArgument(value)).toBeNull();
  });

  test("is unknown for what goes round in circles", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(weighArgument(circle)).toBeNull();
    const list: unknown[] = [];
    list.push(list);
    expect(weighArgument(list)).toBeNull();
  });

  test("is found without a look at what a list has too much of", () => {
    const began = process.cpuUsage();
    expect(weighArgument(Array<number>(50_000_000))).toBeNull();
    expect(process.cpuUsage(began).user).toBeLessThan(200_000);
  });
});
