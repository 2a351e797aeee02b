import { randomBytes } from "node:crypto";
import { type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";

import { MAXIMUM_PACKAGE_BYTES, readPackage } from "../../../../electron/verify/evidence/read-package.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const FILES: Zippable = {
  "READ-ME.txt": utf8("How to check"),
  "bankid-evidence.json": utf8('{"v":1}'),
  "bankid-signature.xml": utf8("<Signature/>"),
};

/** The .zip with bytes of the same length exchanged, everywhere or where `from` comes for the nth time. */
function exchanged(zip: Uint8Array, from: string, to: string, only?: number): Uint8Array {
  let count = 0;
  const text = Buffer.from(zip).toString("latin1");
  const changed = text.replaceAll(from, (found) => {
    count += 1;
    return only === undefined || only === count ? to : found;
  });
  expect(changed).not.toBe(text);
  return new Uint8Array(Buffer.from(changed, "latin1"));
}

const codeOf = (bytes: Uint8Array): string => {
  const read = readPackage(bytes);
  return read.ok ? `read ${[...read.value.keys()].join(" ")}` : `${read.failure.code}: ${read.failure.message}`;
};

test("the files of a package are read, compressed or not", () => {
  for (const level of [0, 9] as const) {
    const read = readPackage(zipSync(FILES, { level }));
    expect(read).toEqual({ ok: true, value: new Map(Object.entries(FILES)) });
  }
});

describe("a package is refused", () => {
  test.each<readonly [string, string]>([
    ["with a file that does not belong there", "evil.exe"],
    ["with a path", "../bankid-evidence.json"],
    ["with a folder", "a/bankid-evidence.json"],
    ["with an absolute path", "/etc/bankid-ocsp.der"],
    ["with another case", "BankID-Evidence.json"],
  ])("%s", (_, name) => {
    expect(codeOf(zipSync({ ...FILES, [name]: utf8("x") }))).toMatch(
      /^package\.unreadable: .*belongs into no package/u,
    );
  });

  test("with a file twice", () => {
    const zip = zipSync({ "bankid-evidence.json": utf8("a"), "bankid-evidencE.json": utf8("b") });
    expect(codeOf(exchanged(zip, "bankid-evidencE", "bankid-evidence"))).toMatch(/twice/u);
  });

  test("whose two lists of files differ, so that two programs unpack two things", () => {
    const zip = zipSync(FILES);
    expect(codeOf(exchanged(zip, "bankid-evidence.json", "bankid-manifest.json", 1))).toMatch(/two different things/u);
    expect(codeOf(exchanged(zip, "bankid-evidence.json", "bankid-manifest.json", 2))).toMatch(/two different things/u);
  });

  test("when it is larger than evidence ever is", () => {
    expect(codeOf(new Uint8Array(MAXIMUM_PACKAGE_BYTES + 1))).toMatch(/^package\.too-large/u);
  });

  test("when it swells", () => {
    const bomb = zipSync({ "bankid-ocsp.der": new Uint8Array(64 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(MAXIMUM_PACKAGE_BYTES);
    expect(codeOf(bomb)).toMatch(/larger than evidence ever is/u);
  });

  test("when it swells and lies about it", () => {
    const bomb = zipSync({ "bankid-ocsp.der": new Uint8Array(64 * 1024 * 1024) });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    const entry = Buffer.from(bomb).lastIndexOf(Buffer.from("PK\u0001\u0002", "latin1"));
    view.setUint32(entry + 24, 10, true);
    view.setUint32(22, 10, true);
    expect(codeOf(bomb)).toMatch(/^package\.unreadable/u);
  });

  test.each<readonly [string, () => Uint8Array]>([
    ["when it is empty", () => new Uint8Array()],
    ["when it is no .zip", () => utf8("%PDF-1.7\n%%EOF\n")],
    ["when it is cut off", () => zipSync(FILES).subarray(0, -30)],
    ["when its beginning is missing", () => zipSync(FILES).subarray(30)],
    ["when it is noise", () => new Uint8Array(randomBytes(5000))],
    [
      "when a file says to be encrypted or packed in another way",
      () => {
        const zip = new Uint8Array(zipSync(FILES));
        zip[8] = 14;
        return zip;
      },
    ],
  ])("%s", (_, build) => {
    expect(codeOf(build())).toMatch(/^package\.unreadable/u);
  });
});
