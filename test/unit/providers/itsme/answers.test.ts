import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  readIdentificationStart,
  readIdentificationStatus,
  readSignStart,
  readSignStatus,
} from "../../../../electron/providers/itsme/answers.ts";
import { failureOfCode } from "../../../../electron/providers/itsme/error-codes.ts";
import { readSigner } from "../../../../electron/providers/itsme/signer-certificate.ts";

const folder = new URL("../../../../../shared/providers/vectors/", import.meta.url);
const available = existsSync(folder);
const vector = (name: string) => readFileSync(new URL(name, folder));
const answer = (body: Uint8Array, status = 200) => ({ status, headers: {}, body });

interface SyntheticCase {
  readonly name: string;
  readonly endpoint: string;
  readonly http: number;
  readonly body: unknown;
}

describe.skipIf(!available)("itsme's own examples (skipped without the shared vectors)", () => {
  test("the start of an identification", () => {
    expect(readIdentificationStart(answer(vector("itsme-identification-response.json")))).toEqual({
      kind: "started",
      session: "4kpr55zdi2mk9ns27awgngkltoenfy04gi9b",
      pageUrl: "https://uatmerchant.itsme.be/qes/identify_yourself?language=FR&q=ss4liz8kjk1xxz8taj3nbxae7zqty6eq",
    });
  });

  test("the identified person, whose chain holds together in March 2021 and has expired since", () => {
    const read = readIdentificationStatus(answer(vector("itsme-identification-status-response.json")));
    expect(read).toMatchObject({ kind: "identified", userCode: "9o8f04wm1g0bdc8gmgcuxp2ehgn7txh0x2kq" });
    if (read.kind !== "identified") {
      return;
    }
    const then = readSigner(read.certificatePem, read.chainPem, new Date("2021-03-01T00:00:00Z"));
    expect(then.ok && then.value).toHaveLength(3);
    const now = readSigner(read.certificatePem, read.chainPem, new Date("2026-11-22T00:00:00Z"));
    expect(now).toMatchObject({ ok: false, failure: { params: { reason: "expired" } } });
  });

  test("the start of a signature", () => {
    expect(readSignStart(answer(vector("itsme-sign-start-response.json")))).toEqual({
      kind: "started",
      session: "hjg3ngu3tvvv71k9qg1vyokc2mwmqgqk43iv",
      pageUrl: "https://uatmerchant.itsme.be/qes/prove_its_you_poka?q=34u5jh2dltb1xhsu0g4bshnlziycdhow&language=FR",
    });
  });

  test("the signature value", () => {
    const read = readSignStatus(answer(vector("itsme-sign-status-response.json")));
    expect(read).toMatchObject({ kind: "signed", values: [{ id: "myDoc" }] });
    const value = read.kind === "signed" ? (read.values[0]?.value ?? "") : "";
    expect(Buffer.from(value, "base64")).toHaveLength(256);
  });

  const expected: Readonly<Record<string, string>> = {
    "identification bad redirect": "itsme.unauthorized-url",
    "identification unsupported language": "itsme.invalid-language",
    "user not eligible": "itsme.not-allowed-to-sign",
    "identification still running": "pending",
    "certificate creation refused": "itsme.rejected",
    "certificate creation timed out": "itsme.expired",
    "sign session unknown": "no code",
    "sign start too many hashes": "itsme.batch-too-large",
    "sign start batch not in contract": "ONLY_SINGLE_HASH_SUPPORTED",
    "sign status pending": "pending",
    "signer refused in app": "itsme.sign-rejected",
    "sign action expired in app": "itsme.sign-expired",
    "technical failure": "itsme.temporary",
  };

  test("every body of the error tables has its own meaning", () => {
    const { cases } = JSON.parse(vector("itsme-synthetic-errors.json").toString()) as { cases: SyntheticCase[] };
    const found = cases.map(({ name, endpoint, http, body }) => {
      const bytes = body === null ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body));
      const isSigning = endpoint.endsWith("/sign_document");
      const read = isSigning
        ? readSignStatus(answer(bytes, http))
        : endpoint.endsWith("/status")
          ? readIdentificationStatus(answer(bytes, http))
          : readIdentificationStart(answer(bytes, http));
      if (read.kind !== "refused") {
        return [name, read.kind];
      }
      const { code } = read;
      if (code === null || code === "ONLY_SINGLE_HASH_SUPPORTED") {
        return [name, code ?? "no code"];
      }
      return [name, failureOfCode(code, isSigning ? "signing" : "identification").code];
    });
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});

test("words of the prototype chain are unknown codes, not functions", () => {
  expect(failureOfCode("CONSTRUCTOR", "signing").code).toBe("itsme.unknown-code");
  expect(failureOfCode("constructor", "signing").code).toBe("itsme.unknown-code");
  expect(failureOfCode("__proto__", "signing").code).toBe("itsme.unknown-code");
});
