import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";

import {
  type BankIdManifest,
  entryFor,
  readManifest,
  writeManifest,
} from "../../../../electron/evidence/bankid/manifest.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const manifest: BankIdManifest = {
  v: 1,
  purpose: "sign-documents",
  order: "0f8fad5b-d9cb-469f-a165-70867728950e",
  time: "2026-11-28T10:00:00.000Z",
  documents: [{ name: "avtal å.pdf", pages: 3, size: 1234, sha256: sha256("a") }],
};

test("it is written in one way, whatever the order of its parts, and read again", () => {
  const text = writeManifest(manifest);
  // Written by hand.
  expect(text).toBe(
    '{"documents":[{"name":"avtal å.pdf","pages":3,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","size":1234}],' +
      '"order":"0f8fad5b-d9cb-469f-a165-70867728950e","purpose":"sign-documents","time":"2026-11-28T10:00:00.000Z","v":1}',
  );
  expect(readManifest(new TextEncoder().encode(text))).toEqual(manifest);
});

describe("other spellings and other data are no manifest", () => {
  const text = writeManifest(manifest);
  test.each([
    ["white space", text.replace(",", ", ")],
    ["a final line feed", `${text}\n`],
    ["a byte order mark", `\uFEFF${text}`],
    ["a name twice", text.replace('"v":1', '"v":1,"v":1')],
    ["an escape that is not needed", text.replace("avtal", String.raw`\u0061vtal`)],
    ["another order", text.replace(/^\{(.*),"v":1\}$/u, '{"v":1,$1}')],
    ["another number", text.replace('"v":1', '"v":1.0')],
    ["an unknown part", text.replace('"v":1', '"v":1,"w":1')],
    ["a missing part", text.replace(',"v":1', "")],
    ["another version", text.replace('"v":1', '"v":2')],
    ["another purpose", text.replace("sign-documents", "sign-everything")],
    ["capital digits", text.replace("ca978112", "CA978112")],
    ["a shorter digest", text.replace("ca978112", "")],
    ["no documents", text.replace(/\[.*\]/u, "[]")],
    ["not JSON", text.slice(1)],
    ["nothing", ""],
  ])("%s", (_title, changed) => {
    expect(changed).not.toBe(text);
    expect(readManifest(changed)).toBeUndefined();
  });

  test("bytes that are no UTF-8", () => {
    expect(readManifest(Uint8Array.of(0xff))).toBeUndefined();
  });
});

test("a file is found by its bytes and not by its name", () => {
  expect(entryFor(manifest, { sha256: sha256("a"), size: 1234 })?.name).toBe("avtal å.pdf");
  expect(entryFor(manifest, { sha256: sha256("a"), size: 1235 })).toBeUndefined();
  expect(entryFor(manifest, { sha256: sha256("b"), size: 1234 })).toBeUndefined();
});

test("a manifest that breaks its own rules is not written", () => {
  expect(() => writeManifest({ ...manifest, documents: [] })).toThrow(/documents/u);
  expect(() => writeManifest({ ...manifest, documents: [{ ...manifest.documents[0]!, name: "\uD800" }] })).toThrow(
    /surrogate/u,
  );
});
