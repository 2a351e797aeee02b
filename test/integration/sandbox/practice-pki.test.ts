import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeSandbox } from "../../../sandbox/describe-sandbox.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import { announceSandbox, runningSandbox } from "../../../sandbox/running-sandbox.ts";
import { practiceRootPem } from "../../../sandbox/start-sandbox.ts";
import { openssl, sandboxFixture } from "./sandbox-fixture.ts";

let room: Awaited<ReturnType<typeof sandboxFixture>>;
let files: Awaited<ReturnType<typeof describeSandbox>>["files"];
const path = (name: string): string => join(room.folder, name);

beforeAll(async () => {
  room = await sandboxFixture();
  ({ files } = await describeSandbox(room.sandbox));
  await writeFile(path("issuing.pem"), room.sandbox.issuingCertificatePem);
});
afterAll(() => room.close());
beforeEach(() => room.sandbox.control.reset());

/** The person's certificate (`leaf.pem`) and chain (`chain.pem`) as the API hands them out. */
async function fetchChain(phone: string): Promise<void> {
  room.sandbox.control.setAutoApprove({ phone });
  const { asyncRespID } = (await room.identify()).json;
  const { json } = await room.identificationStatus(asyncRespID);
  await writeFile(path("leaf.pem"), json.certificate);
  await writeFile(path("chain.pem"), json.fullCertificateChain);
}

function verifyLeaf() {
  return openssl([
    "verify",
    "-x509_strict",
    "-CAfile",
    files.rootCertificate,
    "-untrusted",
    path("chain.pem"),
    path("leaf.pem"),
  ]);
}

describe("A person's certificate", () => {
  test("chains to the practice root under openssl's strict rules", async () => {
    await fetchChain("+32470000002");
    expect(await verifyLeaf()).toMatchObject({ status: 0 });
  });

  test("says what itsme's example certificate says", async () => {
    await fetchChain("+32470000002");
    const shown = (
      await openssl(["x509", "-in", path("leaf.pem"), "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"])
    ).output;
    expect(shown).toContain("C=BE,L=Brussel,serialNumber=80990000002,SN=Müller-Straße,GN=Zoë,CN=Zoë Müller-Straße");
    expect(shown).toMatch(/X509v3 Key Usage: critical\s+Digital Signature, Non Repudiation\n/);
    expect(shown).toContain("TLS Web Client Authentication, E-mail Protection, 1.3.6.1.4.1.311.10.3.12");
    expect(shown).toContain("Policy: 0.4.0.194112.1.2");
    expect(shown).toContain(`OCSP - URI:${room.sandbox.baseUrls.ocsp}`);
    expect(shown).toContain(`URI:${room.sandbox.baseUrls.crl}`);
    expect(shown).toContain("Public-Key: (2048 bit)");
    // The qcStatements of the example, octet for octet up to the address at their end.
    expect((await openssl(["asn1parse", "-in", path("leaf.pem")])).output).toContain(
      "301506082B06010505070B023009060704008BEC4901013008060604008E4601013008060604008E4601043013060604008E4601063009060704008E46010601",
    );
  });

  test.each([
    ["+32470000020", "has expired", /certificate has expired/],
    ["+32470000021", "comes from an authority that nobody knows", /unable to get (local )?issuer|self-signed/],
  ])("of %s %s", async (phone, _what, reason) => {
    await fetchChain(phone);
    const verdict = await verifyLeaf();
    expect(verdict.status).not.toBe(0);
    expect(verdict.output).toMatch(reason);
  });
});

describe("The OCSP responder", () => {
  const service = (): readonly string[] => {
    const { ocsp } = room.sandbox.baseUrls;
    return ["-issuer", path("issuing.pem"), "-url", ocsp, "-CAfile", files.rootCertificate];
  };
  const ask = (...more: readonly string[]) => openssl(["ocsp", ...service(), ...more]);

  test("says good for a certificate it issued, signed so that openssl accepts it, with the nonce", async () => {
    await fetchChain("+32470000001");
    const { output } = await ask("-cert", path("leaf.pem"), "-resp_text");
    expect(output).toContain("Response verify OK");
    expect(output).toContain("leaf.pem: good");
    expect(output).toContain("OCSP Nonce");
    expect(output).not.toContain("Nonce Verify error");
  });

  test("also with SHA-256 in the question", async () => {
    await fetchChain("+32470000001");
    expect((await ask("-sha256", "-cert", path("leaf.pem"))).output).toContain("leaf.pem: good");
  });

  test("says revoked for the number made for it, and so does the revocation list", async () => {
    await fetchChain("+32470000022");
    expect((await ask("-cert", path("leaf.pem"))).output).toContain("leaf.pem: revoked");
    const list = Buffer.from(await (await fetch(room.sandbox.baseUrls.crl)).arrayBuffer());
    const shownSerial = (await openssl(["x509", "-in", path("leaf.pem"), "-noout", "-serial"])).output;
    const serial = shownSerial.trim().slice("serial=".length);
    const shown = (await openssl(["crl", "-inform", "der", "-CAfile", path("issuing.pem"), "-noout", "-text"], list))
      .output;
    expect(shown).toContain("verify OK");
    expect(shown).toContain(`Serial Number: ${serial}`);
  });

  test("says what the control operation asks for, and good again afterwards", async () => {
    await fetchChain("+32470000003");
    const { control } = room.sandbox;
    await control.itsme.setCertificateStatus("+32470000003", "revoked");
    expect((await ask("-cert", path("leaf.pem"))).output).toContain("leaf.pem: revoked");
    await control.itsme.setCertificateStatus("+32470000003", "unknown");
    expect((await ask("-cert", path("leaf.pem"))).output).toContain("leaf.pem: unknown");
    await control.itsme.setCertificateStatus("+32470000003", "good");
    expect((await ask("-cert", path("leaf.pem"))).output).toContain("leaf.pem: good");
  });

  test("says unknown for a serial number it never issued", async () => {
    expect((await ask("-serial", "0x44332211")).output).toContain("0x44332211: unknown");
  });

  test("is unauthorized for another issuer and calls rubbish malformed", async () => {
    const other = await openssl(["ocsp", "-issuer", files.tlsCa, "-serial", "1", "-url", room.sandbox.baseUrls.ocsp]);
    expect(other.output).toContain("unauthorized (6)");
    const rubbish = await fetch(room.sandbox.baseUrls.ocsp, { method: "POST", body: new Uint8Array(randomBytes(40)) });
    // OCSPResponse { malformedRequest (1) }, RFC 6960 4.2.1.
    expect(Buffer.from(await rubbish.arrayBuffer()).toString("hex")).toBe("30030a0101");
  });

  test("answers GET with the request in the path", async () => {
    await fetchChain("+32470000001");
    const question = await openssl([
      "ocsp",
      "-issuer",
      path("issuing.pem"),
      "-cert",
      path("leaf.pem"),
      "-no_nonce",
      "-reqout",
      "-",
    ]);
    const address = `${room.sandbox.baseUrls.ocsp}/${encodeURIComponent(question.stdout.toString("base64"))}`;
    await writeFile(path("answer.der"), Buffer.from(await (await fetch(address)).arrayBuffer()));
    expect((await ask("-respin", path("answer.der"), "-cert", path("leaf.pem"))).output).toContain("leaf.pem: good");
  });
});

describe("The timestamp authority", () => {
  async function stamp(...query: readonly string[]) {
    await writeFile(path("data"), "some data");
    const asked = await openssl(["ts", "-query", "-data", path("data"), ...query, "-out", path("query.tsq")]);
    expect(asked.status).toBe(0);
    const reply = await fetch(room.sandbox.baseUrls.tsa, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query" },
      body: new Uint8Array(await readFile(path("query.tsq"))),
    });
    expect(reply.headers.get("content-type")).toBe("application/timestamp-reply");
    await writeFile(path("reply.tsr"), Buffer.from(await reply.arrayBuffer()));
    const anchors = ["-CAfile", files.rootCertificate, "-untrusted", path("issuing.pem")];
    return {
      verified: await openssl(["ts", "-verify", "-queryfile", path("query.tsq"), "-in", path("reply.tsr"), ...anchors]),
      text: (await openssl(["ts", "-reply", "-in", path("reply.tsr"), "-text"])).output,
    };
  }

  test.each(["-sha256", "-sha384", "-sha512"])("stamps a %s imprint and openssl verifies it", async (algorithm) => {
    const { verified } = await stamp(algorithm, "-cert");
    expect(verified).toMatchObject({ status: 0, output: expect.stringContaining("Verification: OK") });
  });

  test("stamps the time of the sandbox clock, and the token holds when that is tomorrow", async () => {
    room.sandbox.control.advanceClock(24 * 3600 * 1000);
    const { text } = await stamp("-sha256", "-cert");
    const shown = Date.parse(/Time stamp: (.*)/.exec(text)?.[1] ?? "");
    expect(Math.abs(shown - room.sandbox.control.now())).toBeLessThan(60_000);
  });

  test.each([
    [["-md5"], "unrecognized or unsupported algorithm"],
    [["-sha256", "-tspolicy", "1.2.3.4"], "policy is not supported"],
  ])("refuses a query with %j", async (query, reason) => {
    const { text } = await stamp(...query);
    expect(text).toContain("Status: Rejected");
    expect(text).toContain(reason);
  });

  test.each([
    ["wrong-nonce", /nonce/i],
    ["wrong-imprint", /message imprint/i],
    ["broken-signature", /signature/i],
  ] as const)("can be told to answer with a %s, which openssl finds", async (flaw, reason) => {
    room.sandbox.control.setTimestampFlaw(flaw);
    const { verified } = await stamp("-sha256", "-cert");
    expect(verified.status).not.toBe(0);
    expect(verified.output).toMatch(reason);
  });
});

describe("The organisation's seal", () => {
  test("chains to the practice root under openssl's strict rules, and its key fits", async () => {
    const chain = ["-x509_strict", "-CAfile", files.rootCertificate, "-untrusted", files.sealChain, files.sealChain];
    expect(await openssl(["verify", ...chain])).toMatchObject({ status: 0 });
    const [ofCertificate, ofKey] = await Promise.all([
      openssl(["x509", "-in", files.sealChain, "-noout", "-pubkey"]),
      openssl(["pkey", "-in", files.sealKey, "-pubout"]),
    ]);
    expect(ofCertificate.stdout.toString()).toContain("BEGIN PUBLIC KEY");
    expect(ofCertificate.stdout.toString()).toBe(ofKey.stdout.toString());
    expect((await stat(files.sealKey)).mode & 0o777).toBe(0o600);
  });

  test("names an organisation and nobody, and says that it signs", async () => {
    const shown = (
      await openssl(["x509", "-in", files.sealChain, "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"])
    ).output;
    expect(shown).toContain(
      "C=SE,O=Sealdesk Practice,organizationIdentifier=NTRSE-000000-0000,CN=Practice organisation seal",
    );
    expect(shown).toMatch(/X509v3 Key Usage: critical\s+Digital Signature, Non Repudiation\n/);
    expect(shown).toContain("Policy: 2.999.1.3");
    expect(shown).not.toContain("CA:TRUE");
  });
});

describe("The folder", () => {
  test("holds what a client needs, the key for the owner only", async () => {
    expect(await readFile(files.rootCertificate, "utf8")).toBe(room.sandbox.rootCertificatePem);
    expect(await readFile(files.tlsCa, "utf8")).toBe(room.sandbox.tlsCaPem);
    expect((await stat(files.clientKey)).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(await describeSandbox(room.sandbox))).not.toContain("PRIVATE KEY");
  });

  test("tells another program where the sandbox is, while it runs and not afterwards", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sealdesk-sandbox-"));
    try {
      expect(await runningSandbox(folder)).toBeNull();
      const one = await sandboxFixture({ folder });
      await announceSandbox(one.sandbox, process.pid);
      expect((await runningSandbox(folder))?.baseUrls).toEqual(one.sandbox.baseUrls);
      // A second program uses it, plays the person in it, and leaves it running when it ends.
      const practice = await connectPractice(folder);
      expect(practice.seal).toEqual(await one.sandbox.practiceSeal());
      await practice.approveAll("+32470000003");
      await practice.close();
      const { asyncRespID } = (await one.identify()).json;
      expect((await one.identificationStatus(asyncRespID)).status).toBe(200);
      await expect(practice.approveAll("+32999")).rejects.toThrow("nobody in the sandbox has the phone number");
      await one.close();
      expect(await runningSandbox(folder)).toBeNull();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("gives the same root, ports and persons after a restart, and new addresses when a port is taken", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sealdesk-sandbox-"));
    const rootFirst = await practiceRootPem(folder);
    const person = async () => {
      const one = await sandboxFixture({ folder, autoApprove: { phone: "+32470000002" } });
      const { asyncRespID } = (await one.identify()).json;
      const { userCode, certificate } = (await one.identificationStatus(asyncRespID)).json;
      await one.close();
      return { ...one.sandbox.baseUrls, root: one.sandbox.rootCertificatePem, userCode, certificate };
    };
    try {
      const first = await person();
      expect(first.root).toBe(rootFirst);
      expect(await person()).toEqual(first);
      const squatter = createServer();
      await new Promise<void>((resolve) => squatter.listen(Number(new URL(first.tsa).port), "127.0.0.1", resolve));
      const moved = await person();
      await new Promise((resolve) => squatter.close(resolve));
      expect(moved.tsa).not.toBe(first.tsa);
      expect(moved.root).toBe(first.root);
      expect(moved.userCode).toBe(first.userCode);
      const shown = (await openssl(["x509", "-noout", "-text"], moved.certificate)).output;
      expect(shown).toContain(`OCSP - URI:${moved.ocsp}`);
      expect(shown).not.toContain(first.ocsp);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
