import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { parseCertificate } from "../../../electron/pki/certificate.ts";
import { decodePem } from "../../../electron/pki/pem.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { annex, contract, fourthlineFixture } from "./fourthline-fixture.ts";
import { openssl } from "./sandbox-fixture.ts";

const run = promisify(execFile);
const hour = 3_600_000;
let room: Awaited<ReturnType<typeof fourthlineFixture>>;
let work: string;
beforeAll(async () => {
  room = await fourthlineFixture();
  work = await mkdtemp(join(tmpdir(), "sealdesk-fourthline-"));
  await writeFile(join(work, "root.pem"), room.sandbox.rootCertificatePem);
  await writeFile(join(work, "issuing.pem"), room.sandbox.issuingCertificatePem);
});
afterAll(async () => {
  await rm(work, { recursive: true, force: true });
  await room.close();
});
beforeEach(async () => {
  room.sandbox.control.reset();
  room.fourthline.setSettings({ workMilliseconds: 0, verificationMilliseconds: 0 });
  await room.logIn();
});

const withPdfsig = await run("pdfsig", ["-v"], { timeout: 10_000 }).then(
  () => true,
  () => false,
);

/** The one document of a signature that went through. */
async function signed(reference?: string, flow?: "completed" | "pending"): Promise<Buffer> {
  const { id, documents } = await room.signed(reference, flow);
  expect(await room.status(id)).toBe("signed");
  return (await room.document(id, documents[0])).bytes;
}

async function saved(document: Uint8Array): Promise<string> {
  const path = join(work, "document.pdf");
  await writeFile(path, document);
  return path;
}

/** What poppler says of a document's signatures, one block of lines each. */
async function pdfsig(document: Uint8Array): Promise<readonly string[]> {
  const { stdout } = await run("pdfsig", ["-nocert", await saved(document)], { timeout: 30_000 });
  return stdout.split(/^Signature #\d+:$/mu).slice(1);
}

/** What the program says, which knows the practice root and the time of checking. */
async function judged(document: Uint8Array, at = new Date(room.sandbox.control.now())) {
  const trustAnchors = decodePem(room.sandbox.rootCertificatePem, "CERTIFICATE").map((der) => parseCertificate(der));
  return verifyFile(await saved(document), { trustAnchors, at });
}

/** The certificate that made a signature, as OpenSSL prints it. */
async function certificateOf(document: Buffer, index = 0): Promise<string> {
  const contents = [...document.toString("latin1").matchAll(/\/Contents\s*<([0-9A-Fa-f]+)>/gu)];
  const bytes = Buffer.from(contents[index]?.[1] ?? "", "hex");
  await writeFile(join(work, "signature.p7s"), bytes);
  const bag = await openssl(["pkcs7", "-inform", "DER", "-in", join(work, "signature.p7s"), "-print_certs"]);
  const all = bag.stdout.toString().match(/subject=.*?-----END CERTIFICATE-----/gsu) ?? [];
  const leaf = all.find((one) => !/subject=[^\n]*Sealdesk Practice (?:Issuing|Root)/u.test(one)) ?? "";
  await writeFile(join(work, "leaf.pem"), leaf.slice(leaf.indexOf("-----BEGIN")));
  const options = ["-noout", "-subject", "-dates", "-nameopt", "multiline,utf8,-esc_msb"];
  return (await openssl(["x509", "-in", join(work, "leaf.pem"), ...options])).stdout.toString();
}

describe("A signed document", () => {
  test("is the document that was sent and one update behind it", async () => {
    const document = await signed();
    expect(document.subarray(0, contract.length).equals(contract)).toBe(true);
    const file = openPdf(memorySource(document));
    expect(file.revisions).toHaveLength(2);
    file.close();
  });

  test.skipIf(!withPdfsig)("is valid for poppler and covers the whole file", async () => {
    const [only, ...more] = await pdfsig(await signed("practice-infocert"));
    expect(more).toHaveLength(0);
    expect(only).toContain("Signer Certificate Common Name: José María Gabriel Müller-Núñez");
    expect(only).toContain("Signature Type: ETSI.CAdES.detached");
    expect(only).toContain("Total document signed");
    expect(only).toContain("Signature Validation: Signature is Valid.");
  });

  test("names the person and the identity document, in a certificate of about an hour", async () => {
    room.fourthline.setPerson("customer-7", {
      givenNames: "Erika Maria",
      surname: "Mustermann",
      country: "DE",
      documentType: "PAS",
      documentNumber: "C01X00T47",
    });
    const printed = await certificateOf(await signed("customer-7"));
    expect(printed).toMatch(/givenName\s+= Erika Maria\n/u);
    expect(printed).toMatch(/surname\s+= Mustermann\n/u);
    expect(printed).toMatch(/commonName\s+= Erika Maria Mustermann\n/u);
    // ETSI EN 319 412-1 5.1.3: PAS, country, hyphen, number of the passport.
    expect(printed).toMatch(/serialNumber\s+= PASDE-C01X00T47\n/u);
    const [from, until] = ["notBefore", "notAfter"].map((name) =>
      Date.parse(new RegExp(`${name}=(.*)`, "u").exec(printed)?.[1] ?? ""),
    );
    expect((until ?? 0) - (from ?? 0)).toBe(hour + 60_000);
  });

  test("has a certificate and key of its own for each signature", async () => {
    const keys: string[] = [];
    for (const reference of ["customer-1", "customer-1"]) {
      await certificateOf(await signed(reference));
      keys.push((await openssl(["x509", "-in", join(work, "leaf.pem"), "-noout", "-pubkey"])).stdout.toString());
    }
    expect(keys[0]).toContain("BEGIN PUBLIC KEY");
    expect(keys[0]).not.toBe(keys[1]);
  });

  test("is judged at the time of its timestamp: the certificate has expired long ago", async () => {
    const document = await signed();
    const nextDay = new Date(room.sandbox.control.now() + 24 * hour);
    const report = await judged(document, nextDay);
    expect(report.verdict).toBe("TOTAL-PASSED");
    expect(report.signatures).toMatchObject([{ level: "B-T", intact: true, coverage: "whole-file" }]);
    room.fourthline.setFlaws({ timestamp: "none" });
    const without = await signed();
    expect((await judged(without)).verdict).toBe("TOTAL-PASSED");
    expect((await judged(without, nextDay)).verdict).toBe("INDETERMINATE");
  });

  test("is the same one however often it is fetched", async () => {
    const { id, documents } = await room.signed();
    await room.status(id);
    const first = await room.document(id, documents[0]);
    expect((await room.document(id, documents[0])).bytes.equals(first.bytes)).toBe(true);
  });

  test("is good for the practice responder until its certificate is revoked", async () => {
    const { id, documents } = await room.signed();
    await room.status(id);
    await certificateOf((await room.document(id, documents[0])).bytes);
    const files = ["-issuer", join(work, "issuing.pem"), "-cert", join(work, "leaf.pem")];
    const trust = ["-CAfile", join(work, "root.pem"), "-VAfile", join(work, "issuing.pem")];
    const ask = () => openssl(["ocsp", ...files, "-url", room.sandbox.baseUrls.ocsp, ...trust]);
    expect((await ask()).output).toContain("leaf.pem: good");
    await room.fourthline.setCertificateStatus(id, "revoked");
    expect((await ask()).output).toContain("leaf.pem: revoked");
  });
});

describe("In the pending flow", () => {
  test.skipIf(!withPdfsig)("Fourthline countersigns what the person signed, and both are valid", async () => {
    const document = await signed("customer-1", "pending");
    const blocks = await pdfsig(document);
    expect(blocks.map((block) => /Common Name: (.*)/u.exec(block)?.[1])).toEqual([
      // The third name was cut off in the machine-readable zone.
      "Anna Maria de Vries",
      "Fourthline practice countersignature",
    ]);
    for (const block of blocks) expect(block).toContain("Signature is Valid.");
    const report = await judged(document, new Date(room.sandbox.control.now() + 24 * hour));
    expect(report.verdict).toBe("TOTAL-PASSED");
    expect(report.signatures.map(({ level, changesAfter }) => [level, changesAfter])).toEqual([
      ["B-T", "allowed"],
      ["B-T", "none"],
    ]);
  });

  test("the countersignature comes at the time when the identity check ended", async () => {
    room.fourthline.setSettings({ verificationMilliseconds: null });
    const { id, documents } = await room.signed("customer-1", "pending");
    await room.status(id);
    room.sandbox.control.advanceClock(3 * hour);
    await room.logIn();
    room.fourthline.finishVerification(id, "match");
    const { signatures } = await judged((await room.document(id, documents[0])).bytes);
    const [person, fourthline] = signatures.map(({ provenTime }) => Date.parse(provenTime ?? ""));
    // One-time certificates last an hour: the person's signature has a timestamp of its own.
    expect((fourthline ?? 0) - (person ?? 0)).toBeGreaterThan(3 * hour - 60_000);
  });

  test("the countersignature can be left out", async () => {
    room.fourthline.setFlaws({ countersignature: "none" });
    expect((await judged(await signed("customer-1", "pending"))).signatures).toHaveLength(1);
  });
});

describe("What comes back can be", () => {
  test.each(["re-saved", "changed-byte", "other-file"] as const)(
    "signed validly and yet not what was sent: %s",
    async (pdf) => {
      room.fourthline.setFlaws({ pdf });
      const document = await signed();
      expect(document.subarray(0, contract.length).equals(contract)).toBe(false);
      expect((await judged(document)).verdict).toBe("TOTAL-PASSED");
    },
  );

  test("ours with a broken signature, or with none", async () => {
    room.fourthline.setFlaws({ pdf: "broken-value" });
    const broken = await signed();
    expect(broken.subarray(0, contract.length).equals(contract)).toBe(true);
    expect((await judged(broken)).verdict).toBe("TOTAL-FAILED");
    room.fourthline.setFlaws({ pdf: "unsigned" });
    expect((await signed()).equals(contract)).toBe(true);
  });

  test("signed by somebody else", async () => {
    room.fourthline.setFlaws({ signer: "somebody-else" });
    expect(await certificateOf(await signed())).toMatch(/commonName\s+= Somebody Else\n/u);
  });

  test("another document of the same order", async () => {
    room.fourthline.setFlaws({ documents: "swapped" });
    const id = await room.create();
    await room.upload(id, [
      ["Contract", contract],
      ["Annex", annex],
    ]);
    await room.uploadMobile(id);
    const { documents } = (await room.call("details", id)).json;
    await room.approve(id);
    await room.status(id);
    await room.confirm(id);
    await room.status(id);
    const { bytes } = await room.document(id, documents[0]?.documentId);
    expect(bytes.subarray(0, annex.length).equals(annex)).toBe(true);
    expect((await judged(bytes)).verdict).toBe("TOTAL-PASSED");
  });

  test("the document in another wrapping: parts of a form, or JSON", async () => {
    const { id, documents } = await room.signed();
    await room.status(id);
    const { bytes } = await room.document(id, documents[0]);
    room.fourthline.setFlaws({ answer: "multipart" });
    const parts = await room.document(id, documents[0]);
    expect(parts.headers["content-type"]).toMatch(/^multipart\/mixed; boundary=/u);
    const [, boundary = ""] = String(parts.headers["content-type"]).split("boundary=");
    expect(parts.text.split(`--${boundary}`)).toHaveLength(4);
    expect(parts.bytes.includes(bytes)).toBe(true);
    room.fourthline.setFlaws({ answer: "json" });
    const json = (await room.document(id, documents[0])).json as unknown as { readonly document: string };
    expect(Buffer.from(json.document, "base64").equals(bytes)).toBe(true);
  });

  test("a message instead of the document, or half of it", async () => {
    const { id, documents } = await room.signed();
    await room.status(id);
    const whole = await room.document(id, documents[0]);
    room.fourthline.setFlaws({ answer: "message" });
    const message = await room.document(id, documents[0]);
    expect([message.status, message.headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
    room.fourthline.setFlaws({ answer: "truncated" });
    expect((await room.document(id, documents[0])).bytes.length).toBe(whole.bytes.length >> 1);
  });
});
