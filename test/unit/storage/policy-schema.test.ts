import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../../electron/storage/policy.ts";

/** What administrators' editors check against: another program's reading of the page that we publish. */
const schema: unknown = JSON.parse(readFileSync(new URL("../../../docs/policy.schema.json", import.meta.url), "utf8"));
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema as object);
const bySchema = (policy: unknown): boolean => validate(policy);
const byProgram = (policy: unknown): boolean => parsePolicy(JSON.stringify(policy)).ok;

const good: readonly object[] = [
  {},
  { $schema: "https://example.org/policy.schema.json" },
  { providers: [] },
  { providers: ["itsme", "idnow", "bankid", "fourthline", "certificate"] },
  { practice: true },
  { practice: false },
  { levels: ["B-B"] },
  { levels: ["B-B", "B-T", "B-LT", "B-LTA"] },
  { timestampUrl: "https://tsa.example/tsr" },
  { timestampUrl: "http://tsa.example" },
  { timestampUrl: "HTTPS://tsa.example:8443/?a=b" },
  { trustAnchors: [] },
  { trustAnchors: ["/etc/sealdesk/a.pem", "/etc/sealdesk/b.pem"] },
  { bankidRoots: ["/etc/sealdesk/bankid.pem"] },
  { ownAuthorities: false },
  { ownAuthorities: true },
  { output: {} },
  { output: { folder: "/srv/signed" } },
  { output: { folder: "/srv/signed", besideOriginal: false } },
  { output: { besideOriginal: true } },
  { updates: "off" },
];

const bad: readonly object[] = [
  { version: 2 },
  { version: "1" },
  { version: null },
  { levles: ["B-LT"] },
  { providers: ["itsme", "Itsme"] },
  { providers: "itsme" },
  { providers: null },
  { practice: "no" },
  { practice: 0 },
  { levels: [] },
  { levels: ["B-X"] },
  { levels: [null] },
  { timestampUrl: "ftp://tsa.example" },
  { timestampUrl: "tsa.example" },
  { timestampUrl: "https://" },
  { timestampUrl: "" },
  { timestampUrl: `https://tsa.example/${"a".repeat(2_000)}` },
  { trustAnchors: ["company.pem"] },
  { trustAnchors: ["./company.pem"] },
  { trustAnchors: [""] },
  { trustAnchors: "/etc/sealdesk/a.pem" },
  { trustAnchors: Array.from({ length: 201 }, () => "/a.pem") },
  { bankidRoots: Array.from({ length: 21 }, () => "/a.pem") },
  { bankidRoots: ["root.pem"] },
  { ownAuthorities: "false" },
  { output: { folder: "signed" } },
  { output: { folder: `/${"a".repeat(4_000)}` } },
  { output: { folder: "/srv/signed", besideOriginal: true } },
  { output: { foldre: "/srv/signed" } },
  { output: [] },
  { updates: "on" },
  { updates: false },
  { $schema: 7 },
];

describe("docs/policy.schema.json and the program", () => {
  test.each(good.map((policy) => ({ version: 1, ...policy })))("both take %j", (policy) => {
    expect([bySchema(policy), byProgram(policy)]).toEqual([true, true]);
  });

  test.each(bad.map((policy) => ({ version: 1, ...policy })))("both refuse %j", (policy) => {
    expect([bySchema(policy), byProgram(policy)]).toEqual([false, false]);
  });

  test.each([[], null, "version", 1, true, {}])("both refuse %j, which is no policy at all", (policy) => {
    expect([bySchema(policy), byProgram(policy)]).toEqual([false, false]);
  });

  test("agree on every policy that is put together from the values above, each member apart", () => {
    const values = new Map<string, unknown[]>();
    for (const policy of [...good, ...bad]) {
      for (const [name, value] of Object.entries(policy)) {
        values.set(name, [...(values.get(name) ?? []), value]);
      }
    }
    let compared = 0;
    for (const [name, ofName] of values) {
      for (const [other, ofOther] of values) {
        for (const value of ofName) {
          const policy = { version: 1, [other]: ofOther[compared % ofOther.length], [name]: value };
          expect([policy, bySchema(policy)]).toEqual([policy, byProgram(policy)]);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  test("the example of the documents is a good policy for both", () => {
    const page = readFileSync(new URL("../../../docs/policy.md", import.meta.url), "utf8");
    const [, example = ""] = /```json\n([\s\S]*?)```/u.exec(page) ?? [];
    expect([bySchema(JSON.parse(example)), parsePolicy(example).ok]).toEqual([true, true]);
  });
});
