import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";

import {
  type EvidenceContent,
  MAXIMUM_EVIDENCE_BYTES,
  readEvidenceFiles,
  writeEvidenceFiles,
} from "../../../../electron/evidence/bankid/evidence-files.ts";
import { writeManifest } from "../../../../electron/evidence/bankid/manifest.ts";

const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
const hiddenData = writeManifest({
  v: 1,
  purpose: "sign-documents",
  order: "0f8fad5b-d9cb-469f-a165-70867728950e",
  time: "2026-11-28T10:00:00.000Z",
  documents: [{ name: "å.pdf", pages: null, size: 1, sha256: createHash("sha256").update("a").digest("hex") }],
});
const content: EvidenceContent = {
  evidence: { signature: base64("<a/>"), ocspResponse: base64("ocsp") },
  visibleText: 'Jag "undertecknar"\n',
  visibleFormat: null,
  hiddenData,
};
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);
const written = (of = content): Map<string, Uint8Array> =>
  new Map(writeEvidenceFiles(of).map(({ name, bytes }) => [name, bytes]));

test("there are four files: the truth as canonical JSON, and three copies of what it holds", () => {
  const files = written();
  expect([...files.keys()]).toEqual([
    "bankid-evidence.json",
    "bankid-signature.xml",
    "bankid-ocsp.der",
    "bankid-manifest.json",
  ]);
  // Written by hand, but for the manifest, whose own test has it.
  expect(text(files.get("bankid-evidence.json"))).toBe(
    `{"hiddenData":${JSON.stringify(hiddenData)},"kind":"bankid","ocspResponse":"b2NzcA==","signature":"PGEvPg==","v":1,` +
      String.raw`"visibleFormat":null,"visibleText":"Jag \"undertecknar\"\n"}`,
  );
  expect(text(files.get("bankid-signature.xml"))).toBe("<a/>");
  expect(text(files.get("bankid-ocsp.der"))).toBe("ocsp");
  expect(text(files.get("bankid-manifest.json"))).toBe(hiddenData);
});

test("the truth is the document's data, the copies supplement it, each with its media type", () => {
  expect(writeEvidenceFiles(content).map(({ mediaType, relationship }) => [relationship, mediaType])).toEqual([
    ["Data", "application/json"],
    ["Supplement", "application/xml"],
    ["Supplement", "application/ocsp-response"],
    ["Supplement", "application/json"],
  ]);
});

test("what was written is read again, Base64 with line ends as it was transmitted", () => {
  const broken = { ...content, evidence: { ...content.evidence, signature: "PGEv\r\nPg==" } };
  const read = readEvidenceFiles(written(broken).set("READ-ME.txt", utf8("another file")));
  expect(read).toMatchObject({ ok: true, value: broken });
});

test("evidence that is not Base64 is not written", () => {
  expect(() => writeEvidenceFiles({ ...content, evidence: { signature: "PGEvPg=", ocspResponse: "" } })).toThrow(
    TypeError,
  );
});

describe("it is no evidence", () => {
  test.each(["bankid-evidence.json", "bankid-signature.xml", "bankid-ocsp.der", "bankid-manifest.json"])(
    "without %s",
    (name) => {
      const files = written();
      files.delete(name);
      expect(readEvidenceFiles(files)).toEqual({ ok: false, failure: { code: "missing", file: name } });
    },
  );

  test.each(["bankid-signature.xml", "bankid-ocsp.der", "bankid-manifest.json"])(
    "when %s says something else than the truth",
    (name) => {
      const files = written();
      const changed = new Uint8Array(files.get(name) ?? []);
      changed[0] = 0x20;
      expect(readEvidenceFiles(files.set(name, changed))).toEqual({
        ok: false,
        failure: { code: "differs", file: name },
      });
    },
  );

  const truth = text(written().get("bankid-evidence.json"));
  test.each([
    ["white space", truth.replace('"kind"', ' "kind"')],
    ["a byte order mark", `\uFEFF${truth}`],
    ["a name twice", truth.replace('"v":1', '"v":1,"v":1')],
    ["another version", truth.replace('"v":1', '"v":2')],
    ["another kind", truth.replace('"bankid"', '"other"')],
    ["an unknown part", truth.replace('"v":1', '"v":1,"w":1')],
    ["a missing part", truth.replace('"v":1,', "")],
    ["another order", truth.replace(/"v":1,(?<format>"visibleFormat":null)/u, '$<format>,"v":1')],
    ["a lone surrogate", truth.replace("Jag", String.raw`\ud800`)],
    ["nothing", ""],
    ["another type", "[]"],
  ])("when the truth has %s", (_title, changed) => {
    expect(changed).not.toBe(truth);
    expect(readEvidenceFiles(written().set("bankid-evidence.json", utf8(changed)))).toEqual({
      ok: false,
      failure: { code: "unreadable", file: "bankid-evidence.json" },
    });
  });

  test("when the signed data are no manifest, though all agree", () => {
    const other = written({ ...content, hiddenData: "{}" });
    expect(readEvidenceFiles(other)).toEqual({
      ok: false,
      failure: { code: "unreadable", file: "bankid-manifest.json" },
    });
  });

  test("when it is larger than evidence ever is", () => {
    const large = new Uint8Array(MAXIMUM_EVIDENCE_BYTES);
    expect(readEvidenceFiles(written().set("bankid-ocsp.der", large))).toEqual({
      ok: false,
      failure: { code: "too-large" },
    });
  });

  test("when the signature has two spellings: Base64 that decoders fill up", () => {
    const files = written();
    files.set("bankid-evidence.json", utf8(truth.replace("PGEvPg==", "PGEvPh==")));
    expect(readEvidenceFiles(files)).toEqual({
      ok: false,
      failure: { code: "differs", file: "bankid-signature.xml" },
    });
  });
});
