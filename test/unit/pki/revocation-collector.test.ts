import { beforeAll, describe, expect, test } from "vitest";
import { parseOcspResponse } from "../../../electron/pki/ocsp.ts";
import { RevocationCache } from "../../../electron/pki/revocation-cache.ts";
import { collectRevocation } from "../../../electron/pki/revocation-collector.ts";
import type { CollectOrder } from "../../../electron/pki/revocation-collector.ts";
import { OID } from "../../../electron/pki/oids.ts";
import * as ext from "../../../sandbox/pki/extensions.ts";
import { issuedAddresses } from "../../../sandbox/pki/practice-pki.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { BASE, makeSmallPki, NOW, smallNetwork } from "./small-pki.ts";
import type { OcspChange, SmallPki } from "./small-pki.ts";

let pki: SmallPki;
beforeAll(async () => {
  pki = await makeSmallPki();
});

const extension = (oid: string, value: Uint8Array): Uint8Array => der.sequence(der.oid(oid), der.octetString(value));

type Routes = Parameters<typeof smallNetwork>[0];
const online = (change: OcspChange = {}): Routes => ({
  "/ocsp": ({ body }) => pki.ocsp(body, change),
  "/crl/root.crl": () => pki.crl(pki.root),
  "/crl/issuing.crl": () => pki.crl(pki.issuing),
});

function collect(routes: Routes, change: Partial<CollectOrder> = {}, cache = new RevocationCache()) {
  const network = smallNetwork(routes);
  const chain = [pki.person.certificate, pki.issuing.certificate, pki.root.certificate];
  const order = { chains: [{ chain, at: NOW }], known: { ocspResponses: [], crls: [] }, now: NOW, ...change };
  return { asked: network.asked, outcome: collectRevocation({ transport: network.transport, cache }, order) };
}

describe("collecting revocation data", () => {
  test("gets OCSP where there is a responder, a list where there is none, and asks nothing about the root", async () => {
    const { outcome, asked } = collect(online());
    expect(await outcome).toMatchObject({ ok: true, value: { missing: [] } });
    const result = await outcome;
    expect(result.ok && result.value.material).toMatchObject({ ocspResponses: [{}], crls: [{}] });
    // The responder's own certificate says ocsp-nocheck.
    expect(result.ok && result.value.material.certificates).toHaveLength(4);
    expect(asked.map(({ path }) => path).sort()).toEqual(["/crl/root.crl", "/ocsp"]);
  });

  test("falls back to the list when the responder is away or not authorised", async () => {
    for (const ocsp of [() => "unreachable" as const, online({ by: pki.stranger })["/ocsp"]!]) {
      const { outcome } = collect({ ...online(), "/ocsp": ocsp });
      const result = await outcome;
      expect(result).toMatchObject({ ok: true, value: { missing: [], material: { ocspResponses: [] } } });
      expect(result.ok && result.value.material.crls).toHaveLength(2);
    }
  });

  test("does not take a list's silence for an answer when the responder does not know the certificate", async () => {
    expect(await collect(online({ status: { kind: "unknown" } })).outcome).toMatchObject({
      ok: true,
      value: { missing: [{ certificate: "Ada", means: "OCSP", reason: "unknown" }] },
    });
  });

  test("names what could not be got, and gives the rest", async () => {
    const result = await collect({ "/ocsp": () => "unreachable", "/crl/root.crl": () => pki.crl(pki.root) }).outcome;
    expect(result).toMatchObject({
      ok: true,
      value: { missing: [{ certificate: "Ada", means: "OCSP", reason: "unreachable (refused)" }] },
    });
    expect(result.ok && result.value.material.crls).toHaveLength(1);
  });

  test("fails for a certificate that was revoked before the proven time, not for one revoked after it", async () => {
    const routes = online({ status: { kind: "revoked", at: Date.parse("2026-11-22T09:30:00Z") } });
    expect(await collect(routes).outcome).toEqual({
      ok: false,
      failure: { code: "revocation.revoked", params: { name: "Ada", time: "2026-11-22T09:30:00.000Z" } },
    });
    const chain = [pki.person.certificate, pki.issuing.certificate, pki.root.certificate];
    const before = new Date("2026-11-22T09:29:00Z");
    expect(await collect(routes, { chains: [{ chain, at: before }] }).outcome).toMatchObject({
      ok: true,
      value: { missing: [] },
    });
  });

  test("asks each question once, for a batch of documents too, until the answer runs out", async () => {
    const cache = new RevocationCache();
    const first = collect(online(), {}, cache);
    await first.outcome;
    const second = collect(online(), {}, cache);
    await second.outcome;
    expect(second.asked).toEqual([]);
    const later = new Date(NOW.getTime() + 2 * 3600_000);
    const third = collect(online({ at: later }), { now: later }, cache);
    await third.outcome;
    expect(third.asked.map(({ path }) => path)).toContain("/ocsp");
  });

  test("does not remember a failure", async () => {
    const cache = new RevocationCache();
    await collect({ "/ocsp": () => "unreachable", "/crl/root.crl": () => 500 }, {}, cache).outcome;
    expect(await collect(online(), {}, cache).outcome).toMatchObject({ ok: true, value: { missing: [] } });
  });

  test("asks nothing that the document answers already, unless that answer was out of date at the proven time", async () => {
    const recorded = collect(online());
    const result = await recorded.outcome;
    const known = {
      ocspResponses: (result.ok ? result.value.material.ocspResponses : []).map((one) => parseOcspResponse(one)),
      crls: [],
    };
    expect(collect(online(), { known }).asked.map(({ path }) => path)).not.toContain("/ocsp");
    const chain = [pki.person.certificate, pki.issuing.certificate, pki.root.certificate];
    const later = new Date(NOW.getTime() + 24 * 3600_000);
    const next = collect(online({ at: later }), { known, now: later, chains: [{ chain, at: later }] });
    await next.outcome;
    expect(next.asked.map(({ path }) => path)).toContain("/ocsp");
  });

  test.each([
    ["noRevAvail (RFC 9608)", OID.noRevocationAvailable, der.nullValue()],
    ["validity-assured short term (EN 319 412-1)", OID.validityAssuredShortTerm, der.nullValue()],
  ] as const)("asks nothing about a certificate with %s, but still about its authority", async (_, oid, value) => {
    const short = await pki.makeHolder("Short", pki.issuing, [extension(oid, value)]);
    const chain = [short.certificate, pki.issuing.certificate, pki.root.certificate];
    const { outcome, asked } = collect(online(), { chains: [{ chain, at: NOW }] });
    expect(await outcome).toMatchObject({ ok: true, value: { missing: [] } });
    expect(asked.map(({ path }) => path)).toEqual(["/crl/root.crl"]);
  });

  test("does not believe noRevAvail beside an address where revocation can be asked for, nor in an authority", async () => {
    const none = extension(OID.noRevocationAvailable, der.nullValue());
    const person = await pki.makeHolder("Bo", pki.issuing, [none, ...issuedAddresses(BASE)]);
    expect(person.certificate.withoutRevocation).toBe(false);
    const authority = await pki.makeHolder("CA", pki.root, [ext.authority(null), none]);
    expect(authority.certificate.withoutRevocation).toBe(false);
  });

  test("checks a responder that does not say ocsp-nocheck, and does not run in circles", async () => {
    const checked = await pki.makeHolder("Checked Responder", pki.issuing, [
      ext.extendedKeyUsage([OID.ocspSigning]),
      ...issuedAddresses(BASE),
    ]);
    const { outcome, asked } = collect(online({ by: checked }));
    expect(await outcome).toMatchObject({ ok: true, value: { missing: [] } });
    expect(asked.filter(({ path }) => path === "/ocsp")).toHaveLength(2);
  });
});
