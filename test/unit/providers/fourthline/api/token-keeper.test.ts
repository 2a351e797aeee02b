import { describe, expect, test } from "vitest";
import { tokenKeeper } from "../../../../../electron/providers/fourthline/api/token-keeper.ts";
import { failed, success } from "../../../../../shared/result.ts";

const signal = () => new AbortController().signal;

function keeper(life = 3_600_000) {
  const clock = { time: 1_000_000 };
  let asked = 0;
  const tokens = tokenKeeper(
    () => Promise.resolve(success({ token: `token-${(asked += 1)}`, life })),
    () => clock.time,
  );
  return { clock, tokens, asked: () => asked };
}

describe("an access token", () => {
  test("is kept until 90 % of its life is over", async () => {
    const { clock, tokens, asked } = keeper();
    expect(await tokens.get(signal())).toEqual(success("token-1"));
    clock.time += 3_239_999;
    expect(await tokens.get(signal())).toEqual(success("token-1"));
    clock.time += 1;
    expect(await tokens.get(signal())).toEqual(success("token-2"));
    expect(asked()).toBe(2);
  });

  test("is asked for once, however many calls wait for it", async () => {
    const { tokens, asked } = keeper();
    await Promise.all([tokens.get(signal()), tokens.get(signal()), tokens.get(signal())]);
    expect(asked()).toBe(1);
  });

  test("that the service has dropped is not used again, and an older one's end does not end it", async () => {
    const { tokens, asked } = keeper();
    await tokens.get(signal());
    tokens.drop("token-0");
    expect(await tokens.get(signal())).toEqual(success("token-1"));
    tokens.drop("token-1");
    expect(await tokens.get(signal())).toEqual(success("token-2"));
    expect(asked()).toBe(2);
  });

  test("is renewed when the computer's clock was set back", async () => {
    const { clock, tokens } = keeper();
    await tokens.get(signal());
    clock.time -= 86_400_000;
    expect(await tokens.get(signal())).toEqual(success("token-2"));
  });

  test("that cannot be had is asked for again the next time", async () => {
    let asked = 0;
    const tokens = tokenKeeper(
      () =>
        Promise.resolve(
          (asked += 1) === 1 ? failed({ code: "provider.unreachable" }) : success({ token: "t", life: 1 }),
        ),
      () => 0,
    );
    expect((await tokens.get(signal())).ok).toBe(false);
    expect((await tokens.get(signal())).ok).toBe(true);
  });

  test("that one call does not wait for any more is still there for the others", async () => {
    const waiting = Promise.withResolvers<ReturnType<typeof success<{ token: string; life: number }>>>();
    const tokens = tokenKeeper(
      () => waiting.promise,
      () => 0,
    );
    const cancelled = new AbortController();
    const first = tokens.get(cancelled.signal);
    const second = tokens.get(signal());
    cancelled.abort();
    expect(await first).toEqual(failed({ code: "provider.cancelled" }));
    waiting.resolve(success({ token: "token-1", life: 1000 }));
    expect(await second).toEqual(success("token-1"));
  });
});
