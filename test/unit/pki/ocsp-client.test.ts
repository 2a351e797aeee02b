import { beforeAll, describe, expect, test } from "vitest";
import * as der from "../../../electron/pki/der-writer.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { requestOcsp } from "../../../electron/pki/ocsp-client.ts";
import * as ext from "../../../sandbox/pki/extensions.ts";
import { BASE, makeSmallPki, NOW, smallNetwork } from "./small-pki.ts";
import type { OcspChange, SmallPki } from "./small-pki.ts";

let pki: SmallPki;
beforeAll(async () => {
  pki = await makeSmallPki();
});

const ask = (routes: Parameters<typeof smallNetwork>[0]) => {
  const network = smallNetwork(routes);
  const order = { certificate: pki.person.certificate, issuer: pki.issuing.certificate, url: `${BASE}/ocsp`, now: NOW };
  return { asked: network.asked, answer: requestOcsp(network.transport, order) };
};

const byPost = (change: OcspChange = {}) =>
  ask({ "/ocsp": ({ method, body }) => (method === "POST" ? pki.ocsp(body, change) : 405) });

describe("an OCSP answer", () => {
  test("by a delegated responder is taken, with the time until which it counts", async () => {
    const answer = await byPost().answer;
    expect(answer).toMatchObject({
      ok: true,
      value: { single: { status: { kind: "good" } }, validUntil: new Date("2026-11-22T11:00:00Z") },
    });
  });

  test("by the authority itself is taken", async () => {
    expect(await byPost({ by: pki.issuing }).answer).toMatchObject({ ok: true });
  });

  test("that says revoked gives the time", async () => {
    const at = Date.parse("2026-11-20T08:00:00Z");
    expect(await byPost({ status: { kind: "revoked", at } }).answer).toMatchObject({
      ok: true,
      value: { single: { status: { kind: "revoked", time: new Date(at) } } },
    });
  });

  test("that says unknown is no answer", async () => {
    expect(await byPost({ status: { kind: "unknown" } }).answer).toEqual({ ok: false, failure: { code: "unknown" } });
  });

  test("of yesterday is stale, and so is one from the future", async () => {
    for (const at of ["2026-11-21T10:00:00Z", "2026-11-23T10:00:00Z"]) {
      expect(await byPost({ at: new Date(at) }).answer).toEqual({ ok: false, failure: { code: "stale" } });
    }
  });

  test("signed by a stranger of the same name is refused", async () => {
    expect(await byPost({ by: pki.stranger }).answer).toMatchObject({ ok: false, failure: { code: "not-authorized" } });
  });

  test("signed by somebody the authority certified for something else is refused", async () => {
    expect(await byPost({ by: pki.person }).answer).toEqual({
      ok: false,
      failure: { code: "not-authorized", detail: "responder-not-authorized" },
    });
  });

  test("to another question is refused: its nonce is not ours", async () => {
    const earlier = ask({ "/ocsp": () => 500 });
    await earlier.answer;
    const recorded = earlier.asked[0]!.body;
    const replayed = ask({ "/ocsp": () => pki.ocsp(recorded) });
    expect(await replayed.answer).toEqual({ ok: false, failure: { code: "nonce-mismatch" } });
  });

  test("by a delegated responder whose certificate has run out is refused (RFC 6960 4.2.2.2)", async () => {
    const life = { from: new Date("2026-01-01"), until: new Date("2026-11-22T09:59:00Z") };
    const expired = await pki.makeHolder(
      "Late Responder",
      pki.issuing,
      [ext.extendedKeyUsage([OID.ocspSigning])],
      life,
    );
    expect(await byPost({ by: expired }).answer).toEqual({
      ok: false,
      failure: { code: "not-authorized", detail: "responder-expired" },
    });
  });

  test.each([
    [3, "tryLater"],
    [6, "unauthorized"],
    [2, "internalError"],
  ])("of status %i is none, and says %s (RFC 6960 4.2.1)", async (status, detail) => {
    const sorry = () => der.sequence(der.enumerated(status));
    const { answer, asked } = ask({ "/ocsp": sorry, "/ocsp/*": sorry });
    expect(await answer).toEqual({ ok: false, failure: { code: "no-answer", detail } });
    expect(asked).toHaveLength(2);
  });

  test("that is garbage is malformed, whatever way it was asked for", async () => {
    const { answer, asked } = ask({ "/ocsp": () => Buffer.from("<html>"), "/ocsp/*": () => Buffer.from("<html>") });
    expect(await answer).toEqual({ ok: false, failure: { code: "malformed" } });
    expect(asked.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });
});

describe("a responder", () => {
  test("that takes no POST is asked by GET, without a nonce, with the request in the path (RFC 6960 A.1)", async () => {
    const { answer, asked } = ask({
      "/ocsp": () => 405,
      "/ocsp/*": ({ path }) => pki.ocsp(Buffer.from(decodeURIComponent(path.slice("/ocsp/".length)), "base64")),
    });
    expect(await answer).toMatchObject({ ok: true, value: { response: { nonce: undefined } } });
    expect(asked).toHaveLength(2);
  });

  test("that cannot be reached is asked once", async () => {
    const { answer, asked } = ask({ "/ocsp": () => "unreachable" });
    expect(await answer).toEqual({ ok: false, failure: { code: "unreachable", detail: "refused" } });
    expect(asked).toHaveLength(1);
  });

  test("that answers HTTP 500 is told as that", async () => {
    expect(await ask({ "/ocsp": () => 500, "/ocsp/*": () => 500 }).answer).toEqual({
      ok: false,
      failure: { code: "unreachable", detail: "HTTP 500" },
    });
  });
});
