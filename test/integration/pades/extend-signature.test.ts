import { open, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { checkLongTerm } from "../../../electron/pades/conformance/check-long-term.ts";
import { appendDocumentTimestamp } from "../../../electron/pades/document-timestamp.ts";
import { appendUpdate } from "../../../electron/pades/extend/append-update.ts";
import { extendFile } from "../../../electron/pades/extend-signature.ts";
import type { ExtendFileRequest, ExtensionLevel } from "../../../electron/pades/extend-signature.ts";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { isArray, isDict } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PkiTransport } from "../../../electron/pki/pki-transport.ts";
import { RevocationCache } from "../../../electron/pki/revocation-cache.ts";
import { requestTimestamp } from "../../../electron/pki/tsp-client.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { failureWords } from "../../../shared/messages/words.ts";
import { success } from "../../../shared/result.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { practiceSigner } from "./practice-signer.ts";
import type { PracticeSigner } from "./practice-signer.ts";

let practice: PracticeSigner;
let count = 0;
beforeAll(async () => {
  practice = await practiceSigner();
});
afterEach(() => {
  practice.sandbox.control.reset();
  practice.clock.ahead = 0;
});
afterAll(() => practice.close());

async function extend(source: string, level: ExtensionLevel, change: Partial<ExtendFileRequest> = {}) {
  count += 1;
  const staged = `${source}.${count}.pdf`;
  const outcome = await extendFile({
    source,
    staged,
    level,
    transport: practice.http,
    cache: new RevocationCache(),
    timestampUrl: practice.sandbox.baseUrls.tsa,
    anchors: practice.anchors,
    timestampAnchors: practice.anchors,
    now: () => new Date(),
    ...change,
  });
  return { staged, outcome };
}

const verdict = async (path: string) => {
  const report = await verifyFile(path, { trustAnchors: practice.anchors, revocation: "required" });
  return {
    verdict: report.verdict,
    levels: report.signatures.filter(({ type }) => type === "signature").map(({ level }) => level),
    timestamps: report.signatures.filter(({ type }) => type === "document-timestamp").length,
    forbidden: report.signatures.filter(({ changesAfter }) => changesAfter === "forbidden").length,
  };
};

/** A transport that answers some addresses otherwise; the rest goes to the sandbox. */
const spoiling = (
  part: string,
  answer: { readonly status: number; readonly body?: Uint8Array } | "away",
): PkiTransport => ({
  request: async (request) => {
    if (!request.url.includes(part)) {
      return practice.http.request(request);
    }
    return answer === "away"
      ? { ok: false, failure: { code: "provider.unreachable", params: { reason: "timeout" } } }
      : { ok: true, value: { headers: {}, body: new Uint8Array(), ...answer } };
  },
});

describe("a signed document", () => {
  test("climbs from B-B to B-T, B-LT and B-LTA and is renewed twice, only ever growing", async () => {
    let path = await practice.sign("B-B");
    const steps: (readonly [ExtensionLevel, number])[] = [
      ["B-T", 1],
      ["B-LT", 1],
      ["B-LTA", 2],
      ["B-LTA", 3],
      ["B-LTA", 4],
    ];
    for (const [level, timestamps] of steps) {
      const before = await readFile(path);
      const { staged, outcome } = await extend(path, level);
      expect(outcome).toMatchObject({ ok: true, value: { level, shortfall: null, missing: [] } });
      expect((await readFile(staged)).subarray(0, before.length).equals(before)).toBe(true);
      expect(await verdict(staged)).toEqual({
        verdict: level === "B-T" ? "INDETERMINATE" : "TOTAL-PASSED",
        levels: [level],
        timestamps,
        forbidden: 0,
      });
      expect(level === "B-T" ? [] : await checkLongTerm(staged, level)).toEqual([]);
      path = staged;
    }
  });

  test("with a signature timestamp needs no document timestamp for B-LT, and the missing issuer is fetched", async () => {
    const { staged, outcome } = await extend(await practice.sign("B-T"), "B-LT");
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-LT" } });
    expect(await verdict(staged)).toEqual({ verdict: "TOTAL-PASSED", levels: ["B-LT"], timestamps: 0, forbidden: 0 });
  });

  test("that is certified against every change may still be proven for the long term, and renewed", async () => {
    const certified = await practice.sign("B-B", { certification: "no-changes" });
    const archived = await extend(certified, "B-LTA");
    const renewed = await extend(archived.staged, "B-LTA");
    expect([archived.outcome, renewed.outcome]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await verdict(renewed.staged)).toMatchObject({ verdict: "TOTAL-PASSED", levels: ["B-LTA"], forbidden: 0 });
  });

  test("that is signed twice reaches B-LTA with both signatures", async () => {
    const first = await practice.sign("B-T");
    const second = await practice.sign("B-T", { document: await readFile(first) });
    const { staged } = await extend(second, "B-LTA");
    expect(await verdict(staged)).toEqual({
      verdict: "TOTAL-PASSED",
      levels: ["B-LTA", "B-LTA"],
      timestamps: 1,
      forbidden: 0,
    });
  });

  test("holds each piece of evidence once, compressed, without /VRI, and declares the extension below PDF 2.0", async () => {
    const first = await extend(await practice.sign("B-T"), "B-LTA");
    const later = new Date(Date.now() + 2 * 3600_000);
    const clock = (): Date => later;
    practice.clock.ahead = 2 * 3600_000;
    const { staged, outcome } = await extend(first.staged, "B-LTA", { now: clock });
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-LTA" } });
    expect(await checkLongTerm(staged, "B-LTA")).toEqual([]);
    const file = openPdf(openFileSource(staged));
    const store = file.get(file.catalog, "DSS");
    const lengths = isDict(store)
      ? ["Certs", "OCSPs", "CRLs"].map((key) => {
          const list = file.get(store, key);
          return isArray(list) ? list.length : 0;
        })
      : [];
    expect(isDict(store) && store.entries.has("VRI")).toBe(false);
    expect(isDict(file.get(file.catalog, "Extensions"))).toBe(true);
    file.close();
    // Five certificates. Renewed after the answers had run out: only the last timestamp's chain is asked about again.
    expect(lengths).toEqual([5, 3, 2]);
  });

  test.each([1, 2, 3])(
    "that allows changes only at level %i may be archived (ISO 32000-2 table 257)",
    async (level) => {
      const lock = `/Lock << /Type /SigFieldLock /Action /All /P ${level} >>`;
      const document = makePdf({ form: "with-signature-field", fieldEntries: lock });
      const { staged, outcome } = await extend(await practice.sign("B-T", { document, field: "Approval" }), "B-LTA");
      expect(outcome).toMatchObject({ ok: true, value: { level: "B-LTA" } });
      expect(await verdict(staged)).toEqual({
        verdict: "TOTAL-PASSED",
        levels: ["B-LTA"],
        timestamps: 1,
        forbidden: 0,
      });
    },
  );
});

describe("the verifier", () => {
  test("does not call a store complete whose answers are older than the signature", async () => {
    const source = await practice.sign("B-T");
    practice.clock.ahead = -3 * 3600_000;
    const now = (): Date => new Date(Date.now() - 3 * 3600_000);
    // Collected as if three hours ago: every answer had run out when the document was signed.
    const { staged } = await extend(source, "B-LT", { now });
    const report = await verifyFile(staged, { trustAnchors: practice.anchors });
    expect(report.signatures[0]).toMatchObject({ level: "B-T", intact: true, indication: "INDETERMINATE" });
  });

  test("does not call it archived when the archive timestamp came before the data", async () => {
    const stamped = await practice.sign("B-T");
    const timestamp = async (imprint: Uint8Array) => {
      const url = practice.sandbox.baseUrls.tsa;
      const order = { url, imprint, digestAlgorithm: "SHA-256", anchors: "none" } as const;
      const token = await requestTimestamp(practice.http, order);
      return token.ok ? success(token.value.token) : token;
    };
    expect(await appendDocumentTimestamp({ path: stamped, timestamp })).toEqual({ ok: true, value: null });
    const { staged } = await extend(stamped, "B-LT");
    expect((await verdict(staged)).levels).toEqual(["B-LT"]);
  });

  test("does not believe a timestamp whose authority was revoked before anything proves it older", async () => {
    const source = await practice.sign("B-T");
    const { staged } = await extend(source, "B-LT", {
      // The revocation is newer than what was proven at collecting, so it is stored; later it is held against the token.
      transport: practice.withStatus({ kind: "revoked", at: Date.now() + 60_000 }),
    });
    const later = new Date(Date.now() + 120_000);
    const report = await verifyFile(staged, { trustAnchors: practice.anchors, at: later });
    expect(report.signatures[0]?.reasons.map(({ code }) => code)).toContain("timestamp.certificate-revoked");
    expect(report.signatures[0]).toMatchObject({ indication: "INDETERMINATE", provenTime: null });
  });
});

describe("what services do not give", () => {
  const missing = async (transport: PkiTransport, level: ExtensionLevel = "B-LTA") =>
    extend(await practice.sign("B-T"), level, { transport });

  test("is told by name, and the document is left at the level it has", async () => {
    const { staged, outcome } = await missing(spoiling("/crl/", "away"));
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        level: "B-T",
        appended: 0,
        missing: [{ certificate: "Sealdesk Practice Issuing CA", means: "CRL", reason: "unreachable (timeout)" }],
        shortfall: { code: "level.not-reached", params: { reached: "B-T", wanted: "B-LTA" } },
      },
    });
    expect((await verdict(staged)).levels).toEqual(["B-T"]);
  });

  test("is no loss where another source has it: a list for a responder", async () => {
    for (const answer of ["away", { status: 500 }, { status: 200, body: Buffer.from("<html>") }] as const) {
      const { outcome } = await missing(spoiling("/ocsp", answer), "B-LT");
      expect(outcome).toMatchObject({ ok: true, value: { level: "B-LT" } });
    }
  });

  test("names the certificate whose issuer cannot be found", async () => {
    const { outcome } = await missing(spoiling("/ca/", { status: 404 }), "B-LT");
    // The timestamp's CMS brings the issuing authority along, and the anchor is known.
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-LT" } });
    const alone = await extend(await practice.sign("B-B"), "B-LT", {
      transport: spoiling("/ca/", { status: 404 }),
      anchors: [],
    });
    expect(alone.outcome).toMatchObject({
      ok: true,
      value: { missing: [{ certificate: "Sealdesk Practice Issuing CA", reason: "issuer not found (HTTP 404)" }] },
    });
  });

  test.each([
    ["answers garbage", { operation: "tsa", body: "<html>" }, "timestamp.invalid"],
    ["answers HTTP 500", { operation: "tsa", status: 500 }, "timestamp.unreachable"],
    ["hangs up", { operation: "tsa", drop: true }, "timestamp.unreachable"],
  ] as const)("when the timestamp authority %s: the document stays B-LT and whole", async (_, fault, code) => {
    const source = await practice.sign("B-T");
    practice.sandbox.control.addFault(fault);
    const { staged, outcome } = await extend(source, "B-LTA");
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-LT", shortfall: { code } } });
    expect(await verdict(staged)).toMatchObject({ verdict: "TOTAL-PASSED", levels: ["B-LT"], timestamps: 0 });
  });

  test.each(["wrong-imprint", "wrong-nonce", "broken-signature"] as const)(
    "a timestamp with a %s never gets into the document",
    async (flaw) => {
      const source = await practice.sign("B-B");
      practice.sandbox.control.setTimestampFlaw(flaw);
      const { staged, outcome } = await extend(source, "B-T");
      expect(outcome).toMatchObject({
        ok: true,
        value: { level: "B-B", appended: 0, shortfall: { code: "timestamp.invalid" } },
      });
      expect((await readFile(staged)).equals(await readFile(source))).toBe(true);
    },
  );

  test.each([
    [
      "whose certificate is made for something else",
      "wrong-purpose",
      "timestamp.invalid",
      /not made for timestamps only/u,
    ],
    ["that refuses", "refused", "timestamp.refused", /“unacceptedPolicy”/u],
  ] as const)("a timestamp authority %s is told with its reason, and the document is as it was", async (...row) => {
    const [, flaw, code, words] = row;
    const source = await practice.sign("B-B");
    practice.sandbox.control.setTimestampFlaw(flaw);
    const { staged, outcome } = await extend(source, "B-T");
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-B", appended: 0, shortfall: { code } } });
    expect(outcome.ok && outcome.value.shortfall && failureWords(outcome.value.shortfall).join(" ")).toMatch(words);
    expect((await readFile(staged)).equals(await readFile(source))).toBe(true);
  });

  test("a timestamp authority that never answers is given up at the time limit, or at once when cancelled", async () => {
    const source = await practice.sign("B-B");
    practice.sandbox.control.addFault({ operation: "tsa", times: 2, delayMilliseconds: 60_000 });
    const impatient: PkiTransport = {
      request: (request) => practice.http.request({ ...request, timeoutMilliseconds: 150 }),
    };
    const { staged, outcome } = await extend(source, "B-T", { transport: impatient });
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-B", shortfall: { code: "timestamp.unreachable" } } });
    expect((await readFile(staged)).equals(await readFile(source))).toBe(true);
    const stop = new AbortController();
    const patient = extend(source, "B-T", { signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    const started = performance.now();
    await patient;
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test("a timestamp by an authority whose certificate has run out is refused", async () => {
    const source = await practice.sign("B-B");
    practice.clock.ahead = 6 * 365 * 24 * 3600_000;
    const { outcome } = await extend(source, "B-T");
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-B", shortfall: { code: "timestamp.invalid" } } });
  });

  test("a token larger than its room is asked for once more", async () => {
    const source = await practice.sign("B-T");
    let asked = 0;
    const outcome = await appendDocumentTimestamp({
      path: source,
      capacityBytes: 512,
      timestamp: async (imprint) => {
        asked += 1;
        const url = practice.sandbox.baseUrls.tsa;
        const token = await requestTimestamp(practice.http, {
          url,
          imprint,
          digestAlgorithm: "SHA-256",
          anchors: "none",
        });
        return token.ok ? { ok: true, value: token.value.token } : token;
      },
    });
    expect(outcome).toEqual({ ok: true, value: null });
    expect(asked).toBe(2);
    expect(await verdict(source)).toMatchObject({ timestamps: 1, forbidden: 0 });
  });
});

describe("nothing is built on", () => {
  test("a signature whose bytes were changed", async () => {
    const path = await practice.sign("B-T");
    const bytes = await readFile(path);
    bytes[bytes.indexOf("/MediaBox") + 11] = 0x31;
    await writeFile(path, bytes);
    const { outcome } = await extend(path, "B-LTA");
    expect(outcome).toMatchObject({ ok: false, failure: { code: "extension.broken-signature" } });
    expect((await readdir(dirname(path))).filter((name) => name.endsWith(`.${count}.pdf`))).toEqual([]);
  });

  test("a document without a signature", async () => {
    const path = `${await practice.sign("B-B")}.plain.pdf`;
    await writeFile(path, makePdf());
    expect((await extend(path, "B-T")).outcome).toEqual({ ok: false, failure: { code: "extension.no-signature" } });
  });

  test("a certificate that was revoked before the signature is proven", async () => {
    const path = await practice.sign("B-B");
    const at = Date.now() - 60_000;
    const { outcome } = await extend(path, "B-LT", { transport: practice.withStatus({ kind: "revoked", at }) });
    expect(outcome).toMatchObject({ ok: false, failure: { code: "revocation.revoked" } });
  });

  test("a certificate that its responder does not know", async () => {
    const path = await practice.sign("B-T");
    const { outcome } = await extend(path, "B-LT", { transport: practice.withStatus({ kind: "unknown" }) });
    const unknown = [
      { certificate: "Ada Practice", means: "OCSP", reason: "unknown" },
      { certificate: "Sealdesk Practice Timestamps", means: "OCSP", reason: "unknown" },
    ];
    expect(outcome).toMatchObject({ ok: true, value: { level: "B-T", appended: 0, missing: unknown } });
  });
});

describe("a file that another program writes to meanwhile", () => {
  test("is refused, and keeps what the other program wrote", async () => {
    const path = await practice.sign("B-T");
    const handle = await open(path, "a");
    const { size } = await handle.stat();
    await handle.write("x");
    await handle.close();
    expect(await appendUpdate(path, size, Buffer.from("y"))).toBe(false);
    expect((await readFile(path)).at(-1)).toBe(0x78);
  });
});
