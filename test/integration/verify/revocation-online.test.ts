import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjectName } from "../../../electron/pki/certificate.ts";
import type { Certificate } from "../../../electron/pki/certificate.ts";
import { carefulTransport } from "../../../electron/pki/careful-transport.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { OID } from "../../../electron/pki/oids.ts";
import type { PkiTransport } from "../../../electron/pki/pki-transport.ts";
import { RevocationCache } from "../../../electron/pki/revocation-cache.ts";
import type { ValidationNetwork } from "../../../electron/verify/validation-network.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { VerifyOptions } from "../../../electron/verify/verify-file.ts";
import * as ext from "../../../sandbox/pki/extensions.ts";
import { practiceScheme } from "../../../sandbox/pki/issue-certificate.ts";
import { issuedAddresses } from "../../../sandbox/pki/practice-pki.ts";
import { failed } from "../../../shared/result.ts";
import { baseDocument } from "../../attacks/base-documents.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";
import { signRaw } from "../../attacks/sign-raw.ts";
import { makeTimestamp } from "../../attacks/test-cms.ts";
import { BASE, makeSmallPki, NOW, smallNetwork } from "../../unit/pki/small-pki.ts";
import type { Holder, OcspChange, SmallPki } from "../../unit/pki/small-pki.ts";

let pki: SmallPki;
let folder: string;
let count = 0;
beforeAll(async () => {
  pki = await makeSmallPki();
  folder = await mkdtemp(join(tmpdir(), "sealdesk-online-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Routes = Parameters<typeof smallNetwork>[0];
const online = (change: OcspChange = {}): Routes => ({
  "/ocsp": ({ body }) => pki.ocsp(body, change),
  "/crl/root.crl": () => pki.crl(pki.root),
  "/crl/issuing.crl": () => pki.crl(pki.issuing),
  "/ca/issuing.cer": () => pki.issuing.certificate.der,
});
const AWAY = "unreachable" as const;
const away: Routes = { "/ocsp": () => AWAY, "/crl/root.crl": () => AWAY, "/crl/issuing.crl": () => AWAY };

/** For makers of CMS that want a name and a number: the real ones stand in the signer identifier. */
const identity = (who: Holder) => ({
  key: who.key,
  certificate: who.certificate.der,
  subject: "",
  issuer: "",
  serial: 1,
});
const cmsOf = (who: Holder, certificates: readonly Certificate[] = [who.certificate, pki.issuing.certificate]) => ({
  scheme: practiceScheme,
  signerIdentifier: der.sequence(pki.issuing.name, der.integer(who.certificate.serialNumber)),
  certificates: certificates.map((certificate) => certificate.der),
});

async function signedBy(who: Holder, certificates?: readonly Certificate[]): Promise<string> {
  count += 1;
  const path = join(folder, `${count}.pdf`);
  const signed = signRaw(baseDocument(), identity(who), { cms: cmsOf(who, certificates) });
  await writeFile(path, bytesOfText(signed.text));
  return path;
}

function networkOf(transport: PkiTransport, change: Partial<ValidationNetwork> = {}): ValidationNetwork {
  return { transport, cache: new RevocationCache(), now: () => NOW, fetchIssuers: false, ...change };
}

async function judge(path: string, routes: Routes | null, change: Partial<ValidationNetwork & VerifyOptions> = {}) {
  const { transport, asked } = smallNetwork(routes ?? {});
  const report = await verifyFile(path, {
    trustAnchors: change.trustAnchors ?? [pki.root.certificate],
    at: NOW,
    ...(routes === null ? {} : { network: networkOf(transport, change) }),
    ...(change.signal === undefined ? {} : { signal: change.signal }),
  });
  const [signature] = report.signatures;
  const about = signature?.reasons.filter(({ code }) => /revocation/u.test(code)) ?? [];
  return {
    asked: asked.map((request) => request.path),
    verdict: report.verdict,
    subIndication: signature?.subIndication,
    codes: about.map(({ code }) => code),
    message: about.map(({ message }) => message).join(" "),
  };
}

const PASSED = { verdict: "TOTAL-PASSED", codes: [] };
const LATER = { verdict: "INDETERMINATE", subIndication: "TRY_LATER" };

describe("a signature without validation data of its own", () => {
  test("passes when the services of the whole chain say good", async () => {
    const seen = await judge(await signedBy(pki.person), online());
    expect(seen).toMatchObject(PASSED);
    expect(seen.asked.sort()).toEqual(["/crl/root.crl", "/ocsp"]);
  });

  test("passes by the list when the responder is away", async () => {
    expect(await judge(await signedBy(pki.person), { ...online(), "/ocsp": () => AWAY })).toMatchObject(PASSED);
  });

  test("waits for a service that does not answer, and names it (EN 319 102-1 5.2.6.4)", async () => {
    const seen = await judge(await signedBy(pki.person), {
      ...online(),
      "/ocsp": () => AWAY,
      "/crl/issuing.crl": () => 500,
    });
    expect(seen).toMatchObject({ ...LATER, codes: ["revocation.not-checked"] });
    expect(seen.message).toContain('OCSP of "Ada" at pki.test: unreachable (refused)');
  });

  test("waits as much when the network is not to be asked: looking less makes no verdict better", async () => {
    const seen = await judge(await signedBy(pki.person), null);
    expect(seen).toMatchObject({ ...LATER, codes: ["revocation.not-checked"] });
    expect(seen.message).toContain("the network was not asked");
  });

  test("does not pass when the certificate was revoked", async () => {
    const revoked = online({ status: { kind: "revoked", at: NOW.getTime() - 3600_000 } });
    expect(await judge(await signedBy(pki.person), revoked)).toMatchObject({
      verdict: "INDETERMINATE",
      subIndication: "REVOKED_NO_POE",
      codes: ["revocation.revoked"],
    });
    const byList = {
      ...online(),
      "/ocsp": () => AWAY,
      "/crl/issuing.crl": () => pki.crl(pki.issuing, [pki.person.certificate]),
    };
    expect(await judge(await signedBy(pki.person), byList)).toMatchObject({ codes: ["revocation.revoked"] });
    const authority = { ...online(), "/crl/root.crl": () => pki.crl(pki.root, [pki.issuing.certificate]) };
    expect(await judge(await signedBy(pki.person), authority)).toMatchObject({ codes: ["revocation.revoked"] });
  });

  test.each([
    ["that does not know the certificate", online({ status: { kind: "unknown" } })],
    [
      "whose answer is of yesterday",
      {
        ...away,
        ...online(),
        "/crl/issuing.crl": () => AWAY,
        "/ocsp": ({ body }) => pki.ocsp(body, { at: new Date("2026-11-21T10:00:00Z") }),
      },
    ],
    [
      "that is a stranger",
      { ...online(), "/crl/issuing.crl": () => AWAY, "/ocsp": ({ body }) => pki.ocsp(body, { by: pki.stranger }) },
    ],
  ] satisfies readonly (readonly [string, Routes])[])("does not pass by a responder %s", async (_, routes) => {
    expect(await judge(await signedBy(pki.person), routes)).toMatchObject(LATER);
  });
});

describe("a certificate that names", () => {
  const holder = (...extensions: readonly Uint8Array[]): Promise<Holder> =>
    pki.makeHolder("Bo", pki.issuing, [ext.keyUsage("nonRepudiation"), ...extensions]);

  test("no service passes with a remark: there is nobody to ask", async () => {
    expect(await judge(await signedBy(await holder()), online())).toMatchObject({
      verdict: "TOTAL-PASSED",
      codes: ["revocation.not-available"],
    });
  });

  test("a service by ldap alone waits, since there is one", async () => {
    const ldap = ext.crlDistributionPoint("ldap://directory.test/cn=CA?certificateRevocationList");
    expect(await judge(await signedBy(await holder(ldap)), online())).toMatchObject(LATER);
  });

  test("a service of its own computer passes with a remark where that is away, and fails where it says so", async () => {
    const local = "http://127.0.0.1:8443";
    const path = await signedBy(await holder(...issuedAddresses(local)));
    const remark = { verdict: "TOTAL-PASSED", codes: ["revocation.not-available"] };
    const others = { "/crl/root.crl": () => pki.crl(pki.root) };
    expect(await judge(path, { ...others, "/ocsp": () => AWAY, "/crl/issuing.crl": () => AWAY })).toMatchObject(remark);
    // Somebody else's program on that port.
    expect(await judge(path, others)).toMatchObject(remark);
    expect(await judge(path, online())).toMatchObject(PASSED);
    const revoked = online({ status: { kind: "revoked", at: NOW.getTime() - 1000 } });
    expect(await judge(path, revoked)).toMatchObject({ codes: ["revocation.revoked"] });
    expect(await judge(path, online({ status: { kind: "unknown" } }))).toMatchObject(LATER);
  });
});

describe("the network", () => {
  test("is not asked about a stranger's certificate", async () => {
    const path = await signedBy(pki.person);
    for (const trustAnchors of [[], [pki.strangerRoot.certificate]]) {
      expect(await judge(path, online(), { trustAnchors })).toMatchObject({
        asked: [],
        subIndication: "NO_CERTIFICATE_CHAIN_FOUND",
      });
    }
  });

  test("gives a missing issuer only where that is wanted: who made the document could learn of it", async () => {
    const path = await signedBy(pki.person, [pki.person.certificate]);
    expect(await judge(path, online())).toMatchObject({ asked: [], subIndication: "NO_CERTIFICATE_CHAIN_FOUND" });
    const seen = await judge(path, online(), { fetchIssuers: true });
    expect(seen).toMatchObject(PASSED);
    expect(seen.asked).toContain("/ca/issuing.cer");
  });

  test("is asked each question once for many documents, and a dead service once", async () => {
    const paths = [await signedBy(pki.person), await signedBy(pki.person), await signedBy(pki.person)];
    const cache = new RevocationCache();
    const first = await judge(paths[0]!, online(), { cache });
    const second = await judge(paths[1]!, online(), { cache });
    expect([first.asked.length, second.asked.length, second.verdict]).toEqual([2, 0, "TOTAL-PASSED"]);
    let calls = 0;
    const dead: PkiTransport = {
      request: async () => {
        calls += 1;
        return failed({ code: "provider.unreachable", params: { host: "pki.test", reason: "timeout" } });
      },
    };
    let now = 0;
    const network = networkOf(carefulTransport(dead, () => now));
    const verdicts: string[] = [];
    for (const path of paths) {
      verdicts.push((await verifyFile(path, { trustAnchors: [pki.root.certificate], at: NOW, network })).verdict);
    }
    expect(verdicts).toEqual(["INDETERMINATE", "INDETERMINATE", "INDETERMINATE"]);
    // The questions of the first document go out together.
    expect(calls).toBeLessThanOrEqual(2);
    const before = calls;
    now += 61_000;
    await verifyFile(paths[0]!, { trustAnchors: [pki.root.certificate], at: NOW, network });
    expect(calls).toBeGreaterThan(before);
  });

  const never: PkiTransport = {
    request: ({ signal }) =>
      new Promise((resolve) => {
        const end = (): void => resolve(failed({ code: "provider.cancelled", params: { host: "pki.test" } }));
        if (signal?.aborted === true) end();
        signal?.addEventListener("abort", end, { once: true });
      }),
  };

  test("has a time limit for each document", async () => {
    const started = performance.now();
    const report = await verifyFile(await signedBy(pki.person), {
      trustAnchors: [pki.root.certificate],
      at: NOW,
      network: networkOf(never, { timeLimitMilliseconds: 100 }),
    });
    expect(report).toMatchObject({ verdict: "INDETERMINATE", signatures: [{ subIndication: "TRY_LATER" }] });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("is left at once when the verification is cancelled", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const report = await verifyFile(await signedBy(pki.person), {
      trustAnchors: [pki.root.certificate],
      at: NOW,
      network: networkOf(never),
      signal: stop.signal,
    });
    expect(report).toMatchObject({ verdict: "INDETERMINATE", reasons: [{ code: "verification.cancelled" }] });
  });
});

describe("a document timestamp", () => {
  async function stamped(): Promise<string> {
    const authority = await pki.makeHolder("Stamps", pki.issuing, [
      ext.keyUsage("digitalSignature"),
      ext.extendedKeyUsage([OID.timeStamping], true),
      ...issuedAddresses(BASE),
    ]);
    count += 1;
    const path = join(folder, `${count}.pdf`);
    const signed = signRaw(baseDocument(), identity(authority), {
      type: "DocTimeStamp",
      subFilter: "ETSI.RFC3161",
      value: (digest) => makeTimestamp(digest, identity(authority), "2026-11-22T09:00:00Z", cmsOf(authority)),
    });
    await writeFile(path, bytesOfText(signed.text));
    return path;
  }

  test("proves its time when its authority is known not to be revoked, and waits until then", async () => {
    const path = await stamped();
    expect(await judge(path, online())).toMatchObject(PASSED);
    expect(await judge(path, null)).toMatchObject({ ...LATER, codes: ["timestamp.revocation-unknown"] });
    expect(await judge(path, away)).toMatchObject({ ...LATER, codes: ["timestamp.revocation-unknown"] });
  });
});

test("a fetched list of 100,000 entries is no reason to wait", async () => {
  const entry = (serial: bigint) => der.sequence(der.integer(serial), der.utcTime(new Date("2026-01-01T00:00:00Z")));
  const many = der.concatBytes(Array.from({ length: 100_000 }, (_, index) => entry(2n ** 120n + BigInt(index))));
  const { encodeScheme } = await import("../../../electron/pki/signature-scheme.ts");
  const { signed } = await import("../../../sandbox/pki/issue-certificate.ts");
  const body = der.sequence(
    der.integer(1),
    encodeScheme(practiceScheme),
    pki.issuing.name,
    der.utcTime(NOW),
    der.utcTime(new Date(NOW.getTime() + 3600_000)),
    der.element(0x30, many),
  );
  const list = signed(body, pki.issuing.key);
  const path = await signedBy(pki.person);
  const routes = { ...online(), "/ocsp": () => AWAY, "/crl/issuing.crl": () => list };
  await judge(path, routes);
  const before = process.cpuUsage();
  expect(await judge(path, routes)).toMatchObject(PASSED);
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1000;
  console.info(
    `list of 100,000 entries, ${subjectName(pki.person.certificate)}: ${milliseconds.toFixed(0)} ms of processor time`,
  );
  // Measured far below a fifth of a second; the limit leaves room for a busy machine.
  expect(milliseconds).toBeLessThan(1_000);
});
