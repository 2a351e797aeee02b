import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { checkConformance } from "../../../electron/pades/conformance.ts";
import type { PreparedSignature } from "../../../electron/pades/prepared-signature.ts";
import { claimedTime } from "../../../electron/pades/conformance/check-dictionary.ts";
import { signedData } from "../../../electron/pades/cms/signed-data.ts";
import { attribute, signedAttributes } from "../../../electron/pades/cms/signed-attributes.ts";
import { parseCertificate } from "../../../electron/pki/certificate.ts";
import { concatBytes, element, setOf, utcTime } from "../../../electron/pki/der-writer.ts";
import { readDer } from "../../../electron/pki/der-reader.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { ECDSA, makeLocalSigner } from "./local-signer.ts";
import { sign, workspace } from "./prepare.ts";
import type { Workspace } from "./prepare.ts";

const signer = await makeLocalSigner();

async function signed(): Promise<Workspace & { readonly prepared: PreparedSignature }> {
  const where = await workspace(makePdf({ form: "indirect", annotations: "indirect" }));
  const prepared = await sign(where, signer, { reason: "Approved", capacityBytes: 4_096 });
  return { ...where, prepared };
}

async function rulesOf(where: Workspace, level: "B-B" | "B-T" = "B-B"): Promise<readonly string[]> {
  const { violations } = await checkConformance(where.staged, { expectedLevel: level, originalPath: where.source });
  return [...new Set(violations.map(({ rule }) => rule))];
}

/** Changes text of the signed file without changing its length. */
async function replaceInFile(where: Workspace, from: string, to: string): Promise<void> {
  const text = (await readFile(where.staged)).toString("latin1");
  expect(text).toContain(from);
  expect(to).toHaveLength(from.length);
  const at = text.lastIndexOf(from);
  await writeFile(where.staged, Buffer.from(text.slice(0, at) + to + text.slice(at + from.length), "latin1"));
}

/** Puts another CMS into the placeholder. */
async function embed(where: Workspace & { readonly prepared: PreparedSignature }, cms: Uint8Array): Promise<void> {
  const { offset, capacityBytes } = where.prepared.contents;
  const bytes = await readFile(where.staged);
  bytes.write(
    Buffer.from(cms)
      .toString("hex")
      .padEnd(capacityBytes * 2, "0"),
    offset,
    "latin1",
  );
  await writeFile(where.staged, bytes);
}

describe("the gate for our own output", () => {
  test("lets a right signature pass", async () => {
    expect(await rulesOf(await signed())).toEqual([]);
  });

  test("finds a changed byte in the signed range", async () => {
    const where = await signed();
    await replaceInFile(where, "(Approved)", "(Rejected)");
    expect(await rulesOf(where)).toEqual(["signature"]);
  });

  test("finds a changed byte of the original", async () => {
    const where = await signed();
    await replaceInFile(where, "lower left, origin", "LOWER left, origin");
    expect(await rulesOf(where)).toEqual(["signature", "original-bytes"]);
  });

  test.each([
    ["/Filter /Adobe.PPKLite", "/Filter /Adobe.PPKMS  ", "filter"],
    ["/ETSI.CAdES.detached", "/adbe.pkcs7.detached", "sub-filter"],
    ["/M (D:20261122101500+01'00')", "/M (D:20261122101500       )", "signing-time-entry"],
    ["/M (D:20261122101500+01'00')", "/M (D:20261322101500+01'00')", "signing-time-entry"],
    ["/SigFlags 3", "/SigFlags 1", "signature-flags"],
    ["/Name (Anna Larsson)", "/Cert (Anna Larsson)", "no-certificate-entry"],
  ])("finds %s turned into %s", async (from, to, rule) => {
    const where = await signed();
    await replaceInFile(where, from, to);
    expect(await rulesOf(where)).toEqual(expect.arrayContaining([rule]));
  });

  test("finds bytes behind the signed range", async () => {
    const where = await signed();
    await writeFile(where.staged, Buffer.concat([await readFile(where.staged), Buffer.from("\n%%EOF\n")]));
    expect(await rulesOf(where)).not.toEqual([]);
  });

  test("finds padding that is not zero", async () => {
    const where = await signed();
    const bytes = await readFile(where.staged);
    const { offset, capacityBytes } = where.prepared.contents;
    bytes.write("FF", offset + capacityBytes * 2 - 2, "latin1");
    await writeFile(where.staged, bytes);
    expect(await rulesOf(where)).toEqual(["padding"]);
  });

  test("finds an empty placeholder", async () => {
    const where = await signed();
    await embed(where, new Uint8Array());
    expect(await rulesOf(where)).not.toEqual([]);
  });

  test("finds a signing-time attribute, which a CAdES baseline CMS would bring along", async () => {
    const where = await signed();
    const certificate = parseCertificate(signer.certificate);
    const ours = signedAttributes(Buffer.from(where.prepared.documentDigest, "hex"), certificate);
    const more = setOf([
      ...readDer(ours).children.map((child) => child.raw),
      attribute(OID.signingTime, utcTime(new Date("2026-11-22T09:15:00Z"))),
    ]);
    const value = signer.key.sign(ECDSA, more);
    const parts = { signer: certificate, chain: [signer.certificate], scheme: ECDSA, timestampToken: null };
    await embed(where, signedData({ ...parts, digest: "SHA-256", signedAttributes: more, value }));
    expect(await rulesOf(where)).toEqual(["attribute-not-allowed"]);
  });

  test("finds that the signer's certificate is missing", async () => {
    const where = await signed();
    const certificate = parseCertificate(signer.certificate);
    const ours = signedAttributes(Buffer.from(where.prepared.documentDigest, "hex"), certificate);
    const { certificate: another } = await makeLocalSigner("Somebody Else");
    const value = signer.key.sign(ECDSA, ours);
    const parts = { signer: certificate, scheme: ECDSA, timestampToken: null, signedAttributes: ours, value };
    await embed(where, signedData({ ...parts, digest: "SHA-256", chain: [another] }));
    expect(await rulesOf(where)).not.toEqual([]);
  });

  test("finds a timestamp that the level promises and the signature lacks", async () => {
    expect(await rulesOf(await signed(), "B-T")).toEqual(["level"]);
  });

  test("finds lengths that are BER and not DER", async () => {
    const where = await signed();
    const bytes = await readFile(where.staged);
    const { offset } = where.prepared.contents;
    const padded = Buffer.from(bytes.subarray(offset, offset + 8_192).toString("latin1"), "hex");
    const [, wrapped] = readDer(padded, { allowTrailing: true }).children;
    const inner = wrapped?.content ?? new Uint8Array();
    const long = concatBytes([Uint8Array.of(0xa0, 0x83, 0, inner.length >> 8, inner.length & 255), inner]);
    const oid = readDer(padded, { allowTrailing: true }).children[0]?.raw ?? new Uint8Array();
    await embed(where, element(0x30, concatBytes([oid, long])));
    expect(await rulesOf(where)).not.toEqual([]);
  });

  test("does not throw for a file that is no PDF any more", async () => {
    const where = await signed();
    await writeFile(where.staged, "not a PDF");
    expect(await rulesOf(where)).toEqual(["readable"]);
  });
});

describe("the claimed time of /M", () => {
  test.each([
    ["D:20261122101500+01'00'", "2026-11-22T09:15:00.000Z"],
    ["D:20261122101500+01'00", "2026-11-22T09:15:00.000Z"],
    ["D:20261122101500Z", "2026-11-22T10:15:00.000Z"],
    ["D:20261122054500-03'30'", "2026-11-22T09:15:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(claimedTime(text)?.toISOString()).toBe(expected);
  });

  test.each(["D:20261122101500", "20261122101500Z", "D:20260230101500Z", "D:20261122251500Z", "D:2026"])(
    "%s is none",
    (text) => {
      expect(claimedTime(text)).toBeNull();
    },
  );
});
