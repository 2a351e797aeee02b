import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { contract, eSignOrder, idnowFixture } from "./idnow-fixture.ts";
import { openssl } from "./sandbox-fixture.ts";

const run = promisify(execFile);
let room: Awaited<ReturnType<typeof idnowFixture>>;
let work: string;
beforeAll(async () => {
  room = await idnowFixture();
  work = await mkdtemp(join(tmpdir(), "sealdesk-idnow-"));
  await writeFile(join(work, "root.pem"), room.sandbox.rootCertificatePem);
  await writeFile(join(work, "issuing.pem"), room.sandbox.issuingCertificatePem);
});
afterAll(async () => {
  await rm(work, { recursive: true, force: true });
  await room.close();
});
beforeEach(() => room.sandbox.control.reset());

const withPdfsig = await run("pdfsig", ["-v"], { timeout: 10_000 }).then(
  () => true,
  () => false,
);

const documentsOf = async (id: string): Promise<readonly Buffer[]> =>
  (await room.call("GET", `getESignPDF/${id}`)).json.PDFs.map(({ Base64Data }) => Buffer.from(Base64Data, "base64"));

async function signed(change: object = {}): Promise<readonly Buffer[]> {
  const id = await room.put(change);
  room.idnow.sign(id);
  return documentsOf(id);
}

/** What poppler says of a document's signatures, one block of lines each. */
async function pdfsig(document: Uint8Array): Promise<readonly string[]> {
  const path = join(work, "document.pdf");
  await writeFile(path, document);
  const { stdout } = await run("pdfsig", ["-nocert", path], { timeout: 30_000 });
  return stdout.split(/^Signature #\d+:$/mu).slice(1);
}

const named = (Firstname: string, Surname: string, Mobile: string) => ({
  Mobile,
  Address: { Firstname, Surname, Country: "DE" },
});

describe("A signed document", () => {
  test("is the document that was sent and one update behind it", async () => {
    const [document = Buffer.alloc(0)] = await signed();
    expect(document.subarray(0, contract.length).equals(contract)).toBe(true);
    expect(document.length).toBeGreaterThan(contract.length);
    const file = openPdf(memorySource(document));
    expect(file.revisions).toHaveLength(2);
    file.close();
  });

  test.skipIf(!withPdfsig)("is valid for poppler and names the person of the order", async () => {
    const [document = Buffer.alloc(0)] = await signed(named("Zoë", "Müller-Straße", "+491700000001"));
    const [only, ...more] = await pdfsig(document);
    expect(more).toHaveLength(0);
    expect(only).toContain("Signer Certificate Common Name: Zoë Müller-Straße");
    expect(only).toContain("Signature Type: ETSI.CAdES.detached");
    expect(only).toContain("Total document signed");
    expect(only).toContain("Signature Validation: Signature is Valid.");
  });

  test.skipIf(!withPdfsig)("is signed by each of several signers as the one before left it", async () => {
    const first = await room.put(named("Erika", "Mustermann", "+491700000001"));
    const second = await room.put({
      ...named("Max", "Mustermann", "+491700000002"),
      eSignPDF: null,
      MultiSignOptions: {
        FirstOrderID: first,
        SignParameters: { Filename: "contract.pdf", SignaturePosX: 320, SignaturePosY: 100 },
      },
    });
    room.idnow.sign(first);
    room.idnow.sign(second);
    const [one = Buffer.alloc(0)] = await documentsOf(first);
    const [both = Buffer.alloc(0)] = await documentsOf(second);
    expect(both.subarray(0, one.length).equals(one)).toBe(true);
    const blocks = await pdfsig(both);
    expect(blocks.map((block) => /Common Name: (.*)/u.exec(block)?.[1])).toEqual([
      "Erika Mustermann",
      "Max Mustermann",
    ]);
    for (const block of blocks) expect(block).toContain("Signature is Valid.");
  });

  test("of several comes in the order in which they were sent, or not when that is to be played", async () => {
    const Data = eSignOrder.eSignPDF.Data;
    const other = Buffer.from(
      Buffer.from(Data, "base64").toString("latin1").replace("Between us", "Among them"),
      "latin1",
    );
    const id = await room.put({
      eSignPDF: [
        { Data, Filename: "a.pdf" },
        { Data: other.toString("base64"), Filename: "b.pdf", SignatureTag: "SIGN-HERE" },
      ],
    });
    room.idnow.sign(id);
    const [a, b] = await documentsOf(id);
    expect([a?.includes("Between us"), b?.includes("Among them")]).toEqual([true, true]);
    room.idnow.setFlaws({ pdfOrder: "reversed" });
    expect(await documentsOf(id)).toEqual([b, a]);
    room.idnow.setFlaws({ pdfOrder: "one-missing" });
    expect(await documentsOf(id)).toEqual([a]);
  });

  test.skipIf(!withPdfsig).each(["re-saved", "changed-byte", "other-file"] as const)(
    "can be one that is not ours though its signature is valid: %s",
    async (pdf) => {
      room.idnow.setFlaws({ pdf });
      const [document = Buffer.alloc(0)] = await signed();
      expect(document.subarray(0, contract.length).equals(contract)).toBe(false);
      expect((await pdfsig(document))[0]).toContain("Signature is Valid.");
    },
  );

  test.skipIf(!withPdfsig)("can be ours with a broken signature, with somebody else's, or with none", async () => {
    room.idnow.setFlaws({ pdf: "broken-value" });
    const [broken = Buffer.alloc(0)] = await signed();
    expect(broken.subarray(0, contract.length).equals(contract)).toBe(true);
    expect((await pdfsig(broken))[0]).toContain("Digest Mismatch");
    room.idnow.setFlaws({ pdf: "ours", signer: "somebody-else" });
    const [strange = Buffer.alloc(0)] = await signed();
    expect((await pdfsig(strange))[0]).toContain("Common Name: Somebody Else");
    room.idnow.setFlaws({ pdf: "unsigned", signer: "person" });
    expect((await signed())[0]?.equals(contract)).toBe(true);
  });

  test("can come with its Base64 cut off", async () => {
    const id = await room.put();
    room.idnow.sign(id);
    const [whole = Buffer.alloc(0)] = await documentsOf(id);
    room.idnow.setFlaws({ base64: "truncated" });
    const [half = Buffer.alloc(0)] = await documentsOf(id);
    expect(half.length).toBeLessThan(whole.length);
  });

  test("is not there before it is signed, nor for an order without documents", async () => {
    const id = await room.put();
    expect((await room.call("GET", `getESignPDF/${id}`)).status).toBe(400);
    const hash = await room.put({ eSignPDF: null, eSignHash: { Hash: Buffer.alloc(32).toString("base64") } });
    room.idnow.sign(hash);
    expect((await room.call("GET", `getESignPDF/${hash}`)).status).toBe(400);
    expect((await room.call("GET", `getESignHash/${id}`)).status).toBe(400);
  });

  test("of an advanced signature has an audit log, that of a qualified one has none", async () => {
    const id = await room.put({ Add: 128 });
    expect((await room.call("GET", `getESignAuditLogPDF/${id}`)).status).toBe(400);
    room.idnow.sign(id);
    expect((await room.call("GET", `getESignAuditLogPDF/${id}`)).text.slice(0, 5)).toBe("%PDF-");
    const qualified = await room.put();
    room.idnow.sign(qualified);
    expect((await room.call("GET", `getESignAuditLogPDF/${qualified}`)).status).toBe(400);
  });
});

test("Signers who share a phone number cannot sign", async () => {
  const first = await room.put();
  const second = await room.put({ eSignPDF: null, MultiSignOptions: { FirstOrderID: first } });
  room.idnow.identify(second);
  await room.call("POST", `requestSign/${second}`);
  const { json } = await room.call("GET", `getStatus/${second}/ExtendedList/IncludeSubKind`);
  expect(json.Status.at(-1)).toMatchObject({ Kind: 29, SubKind: 65 });
});

describe("A signed hash", () => {
  const data = Buffer.from("the document that stays here");
  const signHash = async (change: object = {}): Promise<Buffer> => {
    const eSignHash = { Hash: createHash("sha256").update(data).digest("base64"), Filename: "contract.pdf" };
    const id = await room.put({ eSignPDF: null, eSignHash, ...change });
    room.idnow.sign(id);
    const [hash] = (await room.call("GET", `getESignHash/${id}`)).json.Hashes;
    return Buffer.from(hash?.["contract.pdf"] ?? "", "base64");
  };

  test("is a detached CMS that OpenSSL accepts for the document, under the practice root", async () => {
    const cms = await signHash();
    await writeFile(join(work, "hash.p7s"), cms);
    await writeFile(join(work, "data.bin"), data);
    const args = ["cms", "-verify", "-binary", "-inform", "DER", "-in", join(work, "hash.p7s")];
    const more = ["-content", join(work, "data.bin"), "-CAfile", join(work, "root.pem"), "-purpose", "any"];
    const answer = await openssl([...args, ...more, "-out", join(work, "out.bin")]);
    expect(answer.output).toContain("successful");
    const printed = await openssl([
      "cms",
      "-cmsout",
      "-print",
      "-noout",
      "-inform",
      "DER",
      "-in",
      join(work, "hash.p7s"),
    ]);
    expect(printed.output).toContain("id-smime-aa-signingCertificateV2");
    await writeFile(join(work, "data.bin"), `${data.toString()}.`);
    expect((await openssl([...args, ...more])).output).toContain("verification failure");
  });

  test("is the bare RSA value when the account wants that", async () => {
    room.idnow.setAccount({ hashAnswer: "raw" });
    // As long as the modulus of a 2048-bit key.
    expect(await signHash()).toHaveLength(256);
  });

  test("is by the certificate that was told before there was an order", async () => {
    const person = { firstname: "Berta", surname: "Before", country: "DE" };
    const pem = await room.idnow.certificateChain(person);
    expect(pem.match(/BEGIN CERTIFICATE/gu)).toHaveLength(3);
    await writeFile(join(work, "told.pem"), pem);
    const key = await openssl(["x509", "-in", join(work, "told.pem"), "-pubkey", "-noout"]);
    await writeFile(join(work, "told.key"), key.stdout);
    room.idnow.setAccount({ hashAnswer: "raw" });
    await writeFile(join(work, "value.bin"), await signHash(named("Berta", "Before", "+491700000011")));
    await writeFile(join(work, "data.bin"), data);
    const files = ["-verify", join(work, "told.key"), "-signature", join(work, "value.bin"), join(work, "data.bin")];
    const check = async () => (await openssl(["dgst", "-sha256", ...files])).output;
    expect(await check()).toContain("Verified OK");
    room.idnow.setFlaws({ hash: "wrong-value" });
    await writeFile(join(work, "value.bin"), await signHash(named("Berta", "Before", "+491700000011")));
    expect(await check()).not.toContain("Verified OK");
  });
});

test("The signer's certificate is good for the practice responder until it is revoked", async () => {
  const id = await room.put(named("Rita", "Revoked", "+491700000009"));
  room.idnow.sign(id);
  const [document = Buffer.alloc(0)] = await documentsOf(id);
  const hex = /\/Contents\s*<([0-9A-F]+)>/u.exec(document.toString("latin1"))?.[1] ?? "";
  await writeFile(join(work, "signature.p7s"), Buffer.from(hex, "hex"));
  const bag = await openssl(["pkcs7", "-inform", "DER", "-in", join(work, "signature.p7s"), "-print_certs"]);
  const all = bag.stdout.toString().match(/subject=.*?-----END CERTIFICATE-----/gsu) ?? [];
  const leaf = all.find((one) => one.includes("Rita")) ?? "";
  await writeFile(join(work, "leaf.pem"), leaf.slice(leaf.indexOf("-----BEGIN")));
  const ask = () =>
    openssl([
      "ocsp",
      "-issuer",
      join(work, "issuing.pem"),
      "-cert",
      join(work, "leaf.pem"),
      "-url",
      room.sandbox.baseUrls.ocsp,
      "-CAfile",
      join(work, "root.pem"),
      "-VAfile",
      join(work, "issuing.pem"),
    ]);
  expect((await ask()).output).toContain("leaf.pem: good");
  await room.idnow.setCertificateStatus(id, "revoked");
  expect((await ask()).output).toContain("leaf.pem: revoked");
});

test.skipIf(!withPdfsig)("Stamps go onto the pages before the signature, at each hit of a tag", async () => {
  const Stamping = [
    { Tag: "Between us", OffsetPosX: 200, Content: "Seen by [SIGNEE]\non [DATE]" },
    { PosX: 60, PosY: 300, Width: 120, Height: 40, Content: "Copy (1)" },
  ];
  const [document = Buffer.alloc(0)] = await signed({ eSignPDF: { ...eSignOrder.eSignPDF, Stamping } });
  expect(document.subarray(0, contract.length).equals(contract)).toBe(true);
  expect((await pdfsig(document))[0]).toContain("Signature is Valid.");
  const { stdout } = await run("pdftotext", [join(work, "document.pdf"), "-"], { timeout: 30_000 });
  expect(stdout).toContain("Seen by Erika Mustermann");
  expect(stdout).toContain(`on ${new Date().toISOString().slice(0, 4)}`);
  expect(stdout).toContain("Copy (1)");
  room.idnow.setAccount({ trustService: "sign-me" });
  await expect(signed({ eSignPDF: { ...eSignOrder.eSignPDF, Stamping } })).rejects.toThrow("Namirial accounts only");
});
