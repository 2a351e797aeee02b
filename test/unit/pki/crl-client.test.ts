import { beforeAll, describe, expect, test } from "vitest";
import { generateRsaKeyPair } from "../../../electron/pki/algorithms.ts";
import { requestCrl } from "../../../electron/pki/crl-client.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { encodePem } from "../../../electron/pki/pem.ts";
import { encodeScheme } from "../../../electron/pki/signature-scheme.ts";
import { practiceScheme, signed } from "../../../sandbox/pki/issue-certificate.ts";
import { failed } from "../../../shared/result.ts";
import { BASE, makeSmallPki, NOW, smallNetwork } from "./small-pki.ts";
import type { SmallPki } from "./small-pki.ts";

let pki: SmallPki;
beforeAll(async () => {
  pki = await makeSmallPki();
});

const fetchFrom = (routes: Parameters<typeof smallNetwork>[0]) =>
  requestCrl(smallNetwork(routes).transport, {
    certificate: pki.person.certificate,
    issuer: pki.issuing.certificate,
    url: `${BASE}/crl/issuing.crl`,
    now: NOW,
  });
const serve = (body: Uint8Array) => fetchFrom({ "/crl/issuing.crl": () => body });

describe("a revocation list", () => {
  test("without the certificate says that it is not revoked", async () => {
    const answer = await serve(pki.crl(pki.issuing));
    expect(answer).toMatchObject({ ok: true, value: { validUntil: new Date("2026-11-22T11:00:00Z") } });
    expect(answer.ok && answer.value.revoked).toBeUndefined();
  });

  test("with the certificate says when it was revoked", async () => {
    expect(await serve(pki.crl(pki.issuing, [pki.person.certificate]))).toMatchObject({
      ok: true,
      value: { revoked: { time: new Date("2026-11-22T09:00:00Z") } },
    });
  });

  test("in PEM is read too", async () => {
    const pem = new TextEncoder().encode(encodePem("X509 CRL", pki.crl(pki.issuing)));
    expect(await serve(pem)).toMatchObject({ ok: true });
  });

  test("of yesterday is stale", async () => {
    const old = pki.crl(pki.issuing, [], new Date("2026-11-21T10:00:00Z"));
    expect(await serve(old)).toEqual({ ok: false, failure: { code: "stale" } });
  });

  test("signed by a stranger of the same name is not used", async () => {
    expect(await serve(pki.crl(pki.strangerRoot))).toEqual({
      ok: false,
      failure: { code: "not-usable", detail: "signature-invalid" },
    });
  });

  test("of another authority is not used", async () => {
    expect(await serve(pki.crl(pki.root))).toMatchObject({ ok: false, failure: { detail: "other-issuer" } });
  });

  test("that is a web page is malformed", async () => {
    expect(await serve(Buffer.from("<html>sign in</html>"))).toEqual({ ok: false, failure: { code: "malformed" } });
  });

  test("is followed to another address, but not in circles", async () => {
    const moved = { "/crl/issuing.crl": () => ({ to: "/moved" }), "/moved": () => pki.crl(pki.issuing) };
    expect(await fetchFrom(moved)).toMatchObject({ ok: true });
    const circle = { "/crl/issuing.crl": () => ({ to: "/crl/issuing.crl" }) };
    expect(await fetchFrom(circle)).toMatchObject({ ok: false, failure: { code: "unreachable", detail: "HTTP 302" } });
    const away = { "/crl/issuing.crl": () => ({ to: "file:///etc/passwd" }) };
    expect(await fetchFrom(away)).toMatchObject({ ok: false, failure: { code: "unreachable" } });
  });

  /** RFC 5280 5.2: a list with one more extension. */
  const withExtension = (oid: string, value: Uint8Array, critical = true): Uint8Array =>
    signed(
      der.sequence(
        der.integer(1),
        encodeScheme(practiceScheme),
        pki.issuing.name,
        der.utcTime(NOW),
        der.utcTime(new Date(NOW.getTime() + 3600_000)),
        der.explicit(
          0,
          der.sequence(der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value))),
        ),
      ),
      pki.issuing.key,
    );
  const scope = (...fields: readonly Uint8Array[]) =>
    withExtension(OID.issuingDistributionPoint, der.sequence(...fields));
  const yes = (tag: number): Uint8Array => der.implicit(tag, Uint8Array.of(0xff));
  /** DistributionPointName with one fullName. */
  const point = (address: string): Uint8Array =>
    der.explicit(0, der.implicit(0, der.implicit(6, new TextEncoder().encode(address)), true));

  test.each([
    [
      "with a critical extension that nobody knows",
      () => withExtension("1.3.6.1.4.1.99999.1", der.nullValue()),
      "unknown-critical-extension",
    ],
    ["that lists changes only (delta)", () => withExtension(OID.deltaCrlIndicator, der.integer(1)), "partial"],
    ["for other issuers too (indirect)", () => scope(yes(4)), "partial"],
    ["for authorities only", () => scope(yes(2)), "partial"],
    ["for attribute certificates only", () => scope(yes(5)), "partial"],
    ["for some reasons only", () => scope(der.implicit(3, Uint8Array.of(1, 0b0110_0000))), "partial"],
    ["for another distribution point", () => scope(point(`${BASE}/crl/shard-2.crl`)), "partial"],
  ] as const)("%s cannot say that a certificate is good", async (_, list, detail) => {
    expect(await serve(list())).toEqual({ ok: false, failure: { code: "not-usable", detail } });
  });

  test.each([
    [
      "with an extension that nobody knows and that is not critical",
      () => withExtension("1.3.6.1.4.1.99999.1", der.nullValue(), false),
    ],
    ["for users' certificates only", () => scope(yes(1))],
    ["for the certificate's own distribution point", () => scope(point(`${BASE}/crl/issuing.crl`))],
  ] as const)("%s counts", async (_, list) => {
    expect(await serve(list())).toMatchObject({ ok: true });
  });

  test("larger than any that is published is refused, not read into memory", async () => {
    const asked: (number | undefined)[] = [];
    const answer = await requestCrl(
      {
        request: async ({ maximumBytes }) => {
          asked.push(maximumBytes);
          return failed({ code: "provider.unexpected-answer", params: { host: "pki.test", reason: "too-large" } });
        },
      },
      {
        certificate: pki.person.certificate,
        issuer: pki.issuing.certificate,
        url: `${BASE}/crl/issuing.crl`,
        now: NOW,
      },
    );
    expect(asked).toEqual([64 * 1024 * 1024]);
    expect(answer).toEqual({ ok: false, failure: { code: "unreachable", detail: "too-large" } });
  });

  test("of 50 MB is checked and searched without keeping its entries", async () => {
    const entry = (serial: bigint) => der.sequence(der.integer(serial), der.utcTime(new Date("2026-01-01T00:00:00Z")));
    const one = entry(2n ** 127n + 1n);
    const count = Math.ceil((50 * 1024 * 1024) / one.length);
    const list = new Uint8Array(one.length * count);
    for (let index = 0; index < count; index += 1) {
      list.set(one, index * one.length);
    }
    list.set(entry(pki.person.certificate.serialNumber).subarray(0, one.length), (count - 1) * one.length);
    const body = der.sequence(
      der.integer(1),
      encodeScheme(practiceScheme),
      pki.issuing.name,
      der.utcTime(NOW),
      der.utcTime(new Date(NOW.getTime() + 3600_000)),
      der.element(0x30, list),
    );
    const whole = signed(body, pki.issuing.key);
    expect(whole.length).toBeGreaterThan(50 * 1024 * 1024);
    const before = process.memoryUsage().heapUsed;
    const answer = await serve(whole);
    const grown = process.memoryUsage().heapUsed - before;
    expect(answer).toMatchObject({ ok: true, value: { revoked: { time: new Date("2026-01-01T00:00:00Z") } } });
    // A million kept entries would be hundreds of megabytes.
    expect(grown).toBeLessThan(200 * 1024 * 1024);
  });

  test("whose key is another one is not used", async () => {
    const key = await generateRsaKeyPair(2048);
    expect(await serve(pki.crl({ ...pki.issuing, key }))).toMatchObject({ ok: false });
  });
});
