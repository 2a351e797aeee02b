import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BUNDLED_DISCOVERY } from "../../../../electron/providers/itsme/bundled-discovery.ts";
import { cachedDiscovery, defaultPolicy, parseDiscovery } from "../../../../electron/providers/itsme/discovery.ts";
import type { HttpAnswer } from "../../../../electron/net/http-client.ts";

const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
const vector = new URL("../../../../../shared/providers/vectors/itsme-discovery.json", import.meta.url);
const entry = (oid: string, change: object = {}) => ({
  oid,
  ref: oid,
  status: "ENABLED",
  text: { EN: oid },
  ...change,
});
const answer = (status: number, json: unknown): { readonly ok: true; readonly value: HttpAnswer } => ({
  ok: true,
  value: { status, headers: {}, body: bytes(json) },
});

describe("reading", () => {
  test("disabled policies are not offered", () => {
    const discovery = parseDiscovery(
      bytes({ sign_policy_templates_supported: [entry("1.1"), entry("1.2", { status: "DISABLED" })] }),
    );
    expect(discovery?.policies.map(({ reference }) => reference)).toEqual(["1.1"]);
    expect(discovery?.disabledPolicies).toEqual(["1.2"]);
  });

  test("an entry that makes no sense is left out, the others stay", () => {
    const strange = [null, "x", 3, {}, { oid: 7 }, { ref: "x".repeat(101) }];
    const discovery = parseDiscovery(
      bytes({ sign_policy_templates_supported: [...strange, entry("1.1")], commitment_types_supported: strange }),
    );
    expect(discovery?.policies).toHaveLength(1);
    expect(discovery?.commitmentTypes).toEqual([]);
    expect(discovery?.languages).toEqual(["EN", "FR", "NL", "DE"]);
  });

  test("a policy's address is kept only when it is https, its digest only when it has the right length", () => {
    const hex = "ab".repeat(32);
    const discovery = parseDiscovery(
      bytes({
        sign_policy_templates_supported: [
          entry("1.1", { url: "https://a.example/p.pdf", sigDigest: hex.toUpperCase(), sigDigestAlg: "SHA-256" }),
          entry("1.2", { url: "javascript:alert(1)", sigDigest: hex, sigDigestAlg: "SHA512" }),
          entry("1.3", { url: "file:///etc/passwd", sigDigest: "xyz", sigDigestAlg: "MD5" }),
        ],
      }),
    );
    expect(discovery?.policies.map(({ url, digest }) => [url, digest])).toEqual([
      ["https://a.example/p.pdf", { algorithm: "SHA-256", hex }],
      [null, null],
      [null, null],
    ]);
  });

  test("an answer without policies, or that is no JSON, is none", () => {
    expect(parseDiscovery(bytes({}))).toBeNull();
    expect(parseDiscovery(new TextEncoder().encode("<html>"))).toBeNull();
    expect(parseDiscovery(new Uint8Array())).toBeNull();
  });

  test("the newest generic qualified policy is the default, compared number by number", () => {
    const list = ["1.3.6.1.4.1.49274.1.1.7.9.0", "1.3.6.1.4.1.49274.1.1.7.10.0", "1.3.6.1.4.1.49274.1.1.5.99.0"];
    const discovery = parseDiscovery(bytes({ sign_policy_templates_supported: list.map((oid) => entry(oid)) }));
    expect(defaultPolicy(discovery!)).toBe("1.3.6.1.4.1.49274.1.1.7.10.0");
    expect(defaultPolicy({ ...discovery!, policies: [] })).toBeNull();
  });
});

describe("the published discovery file", () => {
  test.skipIf(!existsSync(vector))("is read whole (skipped without the shared vectors)", () => {
    const discovery = parseDiscovery(readFileSync(vector));
    expect(discovery?.policies).toHaveLength(12);
    expect(discovery?.commitmentTypes.map(({ reference }) => reference)).toContain("1.2.840.113549.1.9.16.6.5");
    expect(discovery?.languages).toEqual(["EN", "FR", "NL", "DE"]);
    expect(defaultPolicy(discovery!)).toBe("1.3.6.1.4.1.49274.1.1.7.2.0");
    expect(discovery?.policies.every(({ digest, url }) => digest !== null && url !== null)).toBe(true);
  });

  test.skipIf(!existsSync(vector))("agrees with the bundled list (skipped without the shared vectors)", () => {
    const live = parseDiscovery(readFileSync(vector));
    for (const bundled of BUNDLED_DISCOVERY.policies) {
      const published = live?.policies.find(({ oid }) => oid === bundled.oid);
      expect([bundled.url, bundled.digest]).toEqual([published?.url, published?.digest]);
    }
    expect(BUNDLED_DISCOVERY.commitmentTypes.map(({ oid }) => oid)).toEqual(
      live?.commitmentTypes.map(({ oid }) => oid),
    );
  });
});

describe("asking", () => {
  test("a good answer is asked for once, also by two at the same time", async () => {
    let asked = 0;
    const live = { sign_policy_templates_supported: [entry("1.1")] };
    const discovery = cachedDiscovery(
      () => Promise.resolve((asked += 1) > 0 ? answer(200, live) : answer(500, {})),
      BUNDLED_DISCOVERY,
    );
    expect(discovery.known().source).toBe("bundled");
    const [first, second] = await Promise.all([discovery.load(), discovery.load()]);
    expect([first.source, second.source, (await discovery.load()).source]).toEqual(["live", "live", "live"]);
    expect(asked).toBe(1);
    expect(discovery.known().policies[0]?.reference).toBe("1.1");
  });

  test("a failure gives the bundled list and is asked again next time", async () => {
    const replies = [
      { ok: false as const, failure: { code: "provider.unreachable" as const } },
      answer(403, {}),
      answer(200, { nonsense: true }),
      answer(200, { sign_policy_templates_supported: [entry("1.1")] }),
    ];
    const discovery = cachedDiscovery(() => Promise.resolve(replies.shift()!), BUNDLED_DISCOVERY);
    const sources = [];
    for (let time = 0; time < 4; time += 1) {
      sources.push((await discovery.load()).source);
    }
    expect(sources).toEqual(["bundled", "bundled", "bundled", "live"]);
  });
});
