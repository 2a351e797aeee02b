import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { encodePem } from "../../electron/pki/pem.ts";
import type { BankIdControl } from "../../sandbox/bankid/bankid-control.ts";
import { type BankIdFixture, bankidFixture } from "../integration/sandbox/bankid-fixture.ts";
import { haveVectors, vectorBytes, vectorText } from "../unit/evidence/bankid/bankid-vectors.ts";
import { hasTool, runTool } from "./pades/run-tool.ts";

// The sandbox writes BankID's signatures with code of its own: other programs say whether they are what they should be.

const folder = mkdtempSync(join(tmpdir(), "sealdesk-bankid-sandbox-"));
let room: BankIdFixture;
beforeAll(async () => {
  room = await bankidFixture();
  writeFileSync(join(folder, "root.pem"), await room.sandbox.bankidRootPem());
}, 60_000);
afterAll(async () => {
  await room.close();
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string): string => join(folder, name);

async function signed(flaws: Parameters<BankIdControl["setFlaws"]>[0] = {}, format?: string) {
  room.sandbox.control.reset();
  room.control.setFlaws(flaws);
  const body = {
    userVisibleData: "I sign åäö.",
    userNonVisibleData: '{"v":1}',
    ...(format === undefined ? {} : { userVisibleDataFormat: format }),
  };
  const { transactionID } = (await room.phenixId("bankidsign", body)).json;
  room.control.approve(transactionID);
  const { ocspResponse, signature } = (await room.phenixId("bankidcollect", { transactionID })).json;
  return { xml: Buffer.from(signature, "base64").toString("utf8"), ocsp: Buffer.from(ocspResponse, "base64") };
}

/** The xmlsec1 of Debian 12 takes every attribute that is called Id for one; newer ones want to be told. */
async function xmlsecAccepts(xml: string): Promise<boolean> {
  writeFileSync(path("signature.xml"), xml);
  const now = new Date(room.sandbox.control.now()).toISOString().slice(0, 19).replace("T", " ");
  const trust = ["--trusted-pem", path("root.pem"), "--verification-time", now];
  const ids = ["--id-attr:Id", "http://www.bankid.com/signature/v1.0.0/types:bankIdSignedData"];
  return (await runTool("xmlsec1", ["--verify", ...trust, ...ids, path("signature.xml")])).status === 0;
}

/** Every tag with its attributes in turn, without what differs from one signature to the next. */
const skeleton = (xml: string): readonly string[] => xml.match(/<[^>]+>/gu) ?? [];

describe.skipIf(!hasTool("xmlsec1"))(
  "xmlsec1 about the sandbox's signatures (skipped where it is not installed)",
  () => {
    test.each([undefined, "simpleMarkdownV1"])("accepts them up to the root, format %s", async (format) => {
      expect(await xmlsecAccepts((await signed({}, format)).xml)).toBe(true);
    });

    test.each(["changed-text", "changed-certificates", "wrong-value", "not-xml"] as const)(
      "refuses the one with the flaw %s",
      async (signature) => {
        expect(await xmlsecAccepts((await signed({ signature })).xml)).toBe(false);
      },
    );

    test.each(["unknown-root", "expired"] as const)("refuses the signer with the flaw %s", async (signer) => {
      expect(await xmlsecAccepts((await signed({ signer })).xml)).toBe(false);
    });
  },
);

describe.skipIf(!haveVectors)("beside BankID's own signature (skipped without the shared vectors)", () => {
  test("they have the same elements and attributes, one after another", async () => {
    const theirs = skeleton(vectorText("signature.xml"));
    expect(theirs.length).toBeGreaterThan(60);
    expect(skeleton((await signed()).xml)).toEqual(theirs);
  });

  test("the response has the same shape", async () => {
    const shape = async (der: Uint8Array): Promise<readonly string[]> => {
      writeFileSync(path("response.der"), der);
      const { output } = await runTool("openssl", ["ocsp", "-respin", path("response.der"), "-resp_text", "-noverify"]);
      // Up to the first certificate: names of fields, without their values.
      return (output.split("Certificate:")[0] ?? "")
        .split("\n")
        .filter((line) => line.includes(":") && !/^\s+[0-9a-f]{2}:/iu.test(line))
        .map((line) => (line.split(":")[0] ?? "").trim());
    };
    expect(await shape((await signed()).ocsp)).toEqual(await shape(vectorBytes("ocsp.der")));
  });
});

describe("openssl about the sandbox's status responses", () => {
  async function judged(flaws: Parameters<typeof signed>[0] = {}): Promise<string> {
    const { ocsp, xml } = await signed(flaws);
    const [leaf, customers, bank] = [...xml.matchAll(/<X509Certificate>([^<]*)</gu)].map(([, base64 = ""]) =>
      encodePem("CERTIFICATE", Buffer.from(base64, "base64")),
    );
    writeFileSync(path("ocsp.der"), ocsp);
    writeFileSync(path("leaf.pem"), leaf ?? "");
    writeFileSync(path("customers.pem"), customers ?? "");
    writeFileSync(path("chain.pem"), `${customers}${bank}`);
    const question = ["-issuer", path("customers.pem"), "-cert", path("leaf.pem"), "-no_nonce"];
    const trust = ["-CAfile", path("root.pem"), "-verify_other", path("chain.pem")];
    return (await runTool("openssl", ["ocsp", "-respin", path("ocsp.der"), ...question, ...trust])).output;
  }

  test("verifies them, and finds the certificate good", async () => {
    const output = await judged();
    expect(output).toContain("Response verify OK");
    expect(output).toContain(": good");
  });

  test("finds the one with a broken value, and the revoked certificate", async () => {
    expect(await judged({ response: "broken-value" })).not.toContain("Response verify OK");
    expect(await judged({ response: "revoked" })).toContain(": revoked");
  });
});
