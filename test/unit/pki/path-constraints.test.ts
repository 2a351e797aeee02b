import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateRsaKeyPair } from "../../../electron/pki/algorithms.ts";
import type { PrivateKey } from "../../../electron/pki/algorithms.ts";
import { parseCertificate } from "../../../electron/pki/certificate.ts";
import type { Certificate } from "../../../electron/pki/certificate.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { validatePath } from "../../../electron/pki/path.ts";
import { encodePem } from "../../../electron/pki/pem.ts";
import * as ext from "../../../sandbox/pki/extensions.ts";
import { distinguishedName, issueCertificate } from "../../../sandbox/pki/issue-certificate.ts";
import type { NamePart } from "../../../sandbox/pki/issue-certificate.ts";

const AT = new Date("2026-06-01T00:00:00Z");
let key: PrivateKey;
let folder: string;
let serial = 1;
beforeAll(async () => {
  key = await generateRsaKeyPair(2048);
  folder = mkdtempSync(join(tmpdir(), "sealdesk-path-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Subject = readonly NamePart[];
interface Made {
  readonly subject: Subject;
  readonly extensions?: readonly Uint8Array[];
}

const extension = (oid: string, value: Uint8Array, critical = true): Uint8Array =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

const email = (text: string): Uint8Array => der.implicit(1, ascii(text));
const dns = (text: string): Uint8Array => der.implicit(2, ascii(text));
const uri = (text: string): Uint8Array => der.implicit(6, ascii(text));
const ip = (...octets: readonly number[]): Uint8Array => der.implicit(7, Uint8Array.from(octets));
const directory = (subject: Subject): Uint8Array => der.explicit(4, distinguishedName(subject));
const other = (): Uint8Array =>
  der.implicit(0, der.concatBytes([der.oid("1.3.6.1.4.1.311.20.2.3"), der.explicit(0, der.utf8String("ada@x"))]), true);

const names = (...list: readonly Uint8Array[]): Uint8Array =>
  extension(OID.subjectAltName, der.sequence(...list), false);
const subtrees = (tag: number, list: readonly Uint8Array[]): readonly Uint8Array[] =>
  list.length === 0 ? [] : [der.implicit(tag, der.concatBytes(list.map((base) => der.sequence(base))), true)];
const constraints = (permitted: readonly Uint8Array[], excluded: readonly Uint8Array[] = []): Uint8Array =>
  extension(OID.nameConstraints, der.sequence(...subtrees(0, permitted), ...subtrees(1, excluded)));

const POLICY = { a: "1.3.6.1.4.1.99999.1", b: "1.3.6.1.4.1.99999.2", any: OID.anyPolicy };
const policies = (...oids: readonly string[]): Uint8Array =>
  extension(OID.certificatePolicies, der.sequence(...oids.map((oid) => der.sequence(der.oid(oid)))), false);
const mapping = (from: string, to: string): Uint8Array =>
  extension(OID.policyMappings, der.sequence(der.sequence(der.oid(from), der.oid(to))));
const demand = (explicit: number | null, inhibitMapping: number | null = null): Uint8Array =>
  extension(
    OID.policyConstraints,
    der.sequence(
      ...(explicit === null ? [] : [der.implicit(0, Uint8Array.of(explicit))]),
      ...(inhibitMapping === null ? [] : [der.implicit(1, Uint8Array.of(inhibitMapping))]),
    ),
  );
const inhibitAny = (count: number): Uint8Array => extension(OID.inhibitAnyPolicy, der.integer(count));

const CA = [ext.authority(null), ext.keyUsage("keyCertSign", "crlSign")];
const ROOT: Made = { subject: [["commonName", "Root"]] };
const ORG: Subject = [
  ["country", "BE"],
  ["organization", "Example"],
];
const PERSON: Subject = [...ORG, ["commonName", "Ada"]];
const INTERMEDIATE: Subject = [["commonName", "Issuing"]];

/** Root first; the last one is the person. Every authority is one, and has the same key. */
function chainOf(parts: readonly Made[]): readonly Certificate[] {
  const made: Certificate[] = [];
  for (const [index, { subject, extensions = [] }] of parts.entries()) {
    serial += 1;
    const issuer = parts[Math.max(0, index - 1)]!.subject;
    const isPerson = index === parts.length - 1;
    made.push(
      parseCertificate(
        issueCertificate({
          subject: distinguishedName(subject),
          spki: key.spki,
          issuer: { name: distinguishedName(issuer), key },
          serial: Uint8Array.of(0x41, serial >> 8, serial & 0xff),
          notBefore: new Date("2026-01-01T00:00:00Z"),
          notAfter: new Date("2027-01-01T00:00:00Z"),
          extensions: [...(isPerson ? [ext.keyUsage("nonRepudiation")] : CA), ...extensions],
        }),
      ),
    );
  }
  return made;
}

function ours(chain: readonly Certificate[]): string {
  const result = validatePath({
    target: chain.at(-1)!,
    candidates: chain.slice(1, -1),
    anchors: chain.slice(0, 1),
    at: AT,
    purpose: "document-signing",
  });
  return result.ok ? "valid" : result.problem.code;
}

function openssl(chain: readonly Certificate[]): string {
  const file = (name: string, certificates: readonly Certificate[]): string => {
    const path = join(folder, name);
    writeFileSync(path, certificates.map((certificate) => encodePem("CERTIFICATE", certificate.der)).join(""));
    return path;
  };
  const untrusted = chain.slice(1, -1);
  const args = [
    "verify",
    "-policy_check",
    "-policy",
    OID.anyPolicy,
    "-attime",
    String(AT.getTime() / 1000),
    "-CAfile",
    file("root.pem", chain.slice(0, 1)),
  ];
  const between = untrusted.length === 0 ? [] : ["-untrusted", file("between.pem", untrusted)];
  try {
    execFileSync("openssl", [...args, ...between, file("target.pem", chain.slice(-1))], { stdio: "pipe" });
    return "valid";
  } catch {
    return "constraint";
  }
}

const constrained = (constraint: Uint8Array, subject: Subject, ...sans: readonly Uint8Array[]): readonly Made[] => [
  ROOT,
  { subject: INTERMEDIATE, extensions: [constraint] },
  { subject, extensions: sans.length === 0 ? [] : [names(...sans)] },
];
const BARE: Subject = [["commonName", "Ada"]];

/** What RFC 5280 4.2.1.10 says of each; OpenSSL is asked as well. */
const NAMES: readonly (readonly [string, "valid" | "constraint", readonly Made[]])[] = [
  ["a subject inside the permitted subtree", "valid", constrained(constraints([directory(ORG)]), PERSON)],
  ["a subject outside the permitted subtree", "constraint", constrained(constraints([directory(ORG)]), BARE)],
  ["a subject inside the excluded subtree", "constraint", constrained(constraints([], [directory(ORG)]), PERSON)],
  ["a subject outside the excluded subtree", "valid", constrained(constraints([], [directory(ORG)]), BARE)],
  [
    "an excluded subtree inside a permitted one",
    "constraint",
    constrained(constraints([directory(ORG.slice(0, 1))], [directory(ORG)]), PERSON),
  ],
  [
    "a subtree that ends in the middle of a name",
    "valid",
    constrained(constraints([directory(ORG.slice(0, 1))]), PERSON),
  ],
  [
    "a subject of another case",
    "valid",
    constrained(
      constraints([
        directory([
          ["country", "BE"],
          ["organization", "EXAMPLE"],
        ]),
      ]),
      PERSON,
    ),
  ],
  [
    "a mailbox at the permitted host",
    "valid",
    constrained(constraints([email("example.org")]), BARE, email("ada@example.org")),
  ],
  [
    "a mailbox at a host below the permitted one",
    "constraint",
    constrained(constraints([email("example.org")]), BARE, email("ada@mail.example.org")),
  ],
  [
    "a mailbox below the permitted domain",
    "valid",
    constrained(constraints([email(".example.org")]), BARE, email("ada@mail.example.org")),
  ],
  [
    "a mailbox at the permitted domain itself",
    "constraint",
    constrained(constraints([email(".example.org")]), BARE, email("ada@example.org")),
  ],
  [
    "the one permitted mailbox",
    "valid",
    constrained(constraints([email("ada@example.org")]), BARE, email("ada@Example.org")),
  ],
  [
    "a mailbox of another case",
    "constraint",
    constrained(constraints([email("ada@example.org")]), BARE, email("Ada@example.org")),
  ],
  [
    "an excluded mailbox",
    "constraint",
    constrained(constraints([], [email("example.org")]), BARE, email("ada@example.org")),
  ],
  [
    "a DNS name below the permitted one",
    "valid",
    constrained(constraints([dns("example.org")]), BARE, dns("a.b.example.org")),
  ],
  [
    "a DNS name equal to the permitted one",
    "valid",
    constrained(constraints([dns("example.org")]), BARE, dns("EXAMPLE.org")),
  ],
  [
    "a DNS name that only ends like the permitted one",
    "constraint",
    constrained(constraints([dns("example.org")]), BARE, dns("badexample.org")),
  ],
  [
    "an excluded DNS name",
    "constraint",
    constrained(constraints([], [dns("example.org")]), BARE, dns("www.example.org")),
  ],
  [
    "an address inside the permitted range",
    "valid",
    constrained(constraints([ip(10, 0, 0, 0, 255, 0, 0, 0)]), BARE, ip(10, 9, 8, 7)),
  ],
  [
    "an address outside the permitted range",
    "constraint",
    constrained(constraints([ip(10, 0, 0, 0, 255, 0, 0, 0)]), BARE, ip(11, 9, 8, 7)),
  ],
  [
    "an address of the other family",
    "constraint",
    constrained(constraints([ip(10, 0, 0, 0, 255, 0, 0, 0)]), BARE, ip(...Array.from({ length: 16 }, () => 1))),
  ],
  [
    "a URI at the permitted host",
    "valid",
    constrained(constraints([uri("www.example.org")]), BARE, uri("https://www.example.org:443/x")),
  ],
  [
    "a URI below the permitted domain",
    "valid",
    constrained(constraints([uri(".example.org")]), BARE, uri("https://www.example.org/x")),
  ],
  [
    "a URI elsewhere",
    "constraint",
    constrained(constraints([uri("www.example.org")]), BARE, uri("https://www.example.com/")),
  ],
  [
    "names of kinds that are not constrained",
    "valid",
    constrained(constraints([dns("example.org")]), BARE, email("ada@elsewhere.org")),
  ],
  [
    "one bad name among good ones",
    "constraint",
    constrained(constraints([dns("example.org")]), BARE, dns("a.example.org"), dns("evil.org")),
  ],
  [
    "two authorities, each with its own subtree",
    "constraint",
    [
      ROOT,
      { subject: [["commonName", "One"]], extensions: [constraints([dns("example.org")])] },
      { subject: [["commonName", "Two"]], extensions: [constraints([dns("www.example.org")])] },
      { subject: BARE, extensions: [names(dns("mail.example.org"))] },
    ],
  ],
  [
    "the root's own constraint",
    "constraint",
    [
      { ...ROOT, extensions: [constraints([dns("example.org")])] },
      { subject: BARE, extensions: [names(dns("evil.org"))] },
    ],
  ],
  [
    "an intermediate authority outside the subtree",
    "constraint",
    [
      ROOT,
      { subject: [["commonName", "One"]], extensions: [constraints([directory(ORG)])] },
      { subject: [["commonName", "Two"]] },
      { subject: PERSON },
    ],
  ],
];

const below = (authority: readonly Uint8Array[], person: readonly Uint8Array[]): readonly Made[] => [
  ROOT,
  { subject: INTERMEDIATE, extensions: authority },
  { subject: PERSON, extensions: person },
];
const two = (
  first: readonly Uint8Array[],
  second: readonly Uint8Array[],
  person: readonly Uint8Array[],
): readonly Made[] => [
  ROOT,
  { subject: [["commonName", "One"]], extensions: first },
  { subject: [["commonName", "Two"]], extensions: second },
  { subject: PERSON, extensions: person },
];

/** RFC 5280 6.1. */
const POLICIES: readonly (readonly [string, "valid" | "constraint", readonly Made[]])[] = [
  ["no policies at all", "valid", below([], [])],
  ["policies that do not meet, demanded by nobody", "valid", below([policies(POLICY.a)], [policies(POLICY.b)])],
  ["policies that do not meet, demanded", "constraint", below([policies(POLICY.a), demand(0)], [policies(POLICY.b)])],
  ["policies that meet, demanded", "valid", below([policies(POLICY.a), demand(0)], [policies(POLICY.b, POLICY.a)])],
  ["a person without policies, demanded", "constraint", below([policies(POLICY.a), demand(0)], [])],
  ["an authority without policies, demanded", "constraint", below([demand(0)], [policies(POLICY.a)])],
  [
    "a demand that begins one certificate later",
    "valid",
    two([policies(POLICY.a), demand(2)], [policies(POLICY.a)], [policies(POLICY.a)]),
  ],
  [
    "a demand that begins with the person",
    "constraint",
    two([policies(POLICY.a), demand(1)], [policies(POLICY.b)], [policies(POLICY.b)]),
  ],
  ["an authority for any policy", "valid", below([policies(POLICY.any), demand(0)], [policies(POLICY.b)])],
  [
    "any policy, inhibited",
    "constraint",
    two([policies(POLICY.a), demand(0), inhibitAny(0)], [policies(POLICY.any)], [policies(POLICY.a)]),
  ],
  [
    "any policy, inhibited later",
    "valid",
    two([policies(POLICY.a), demand(0), inhibitAny(1)], [policies(POLICY.any)], [policies(POLICY.a)]),
  ],
  [
    "a mapped policy",
    "valid",
    below([policies(POLICY.a), mapping(POLICY.a, POLICY.b), demand(0)], [policies(POLICY.b)]),
  ],
  [
    "a policy under its old name after mapping",
    "constraint",
    below([policies(POLICY.a), mapping(POLICY.a, POLICY.b), demand(0)], [policies(POLICY.a)]),
  ],
  [
    "a mapping of any policy's",
    "valid",
    below([policies(POLICY.any), mapping(POLICY.a, POLICY.b), demand(0)], [policies(POLICY.b)]),
  ],
  [
    "a mapping that was inhibited",
    "constraint",
    two([policies(POLICY.a), demand(0, 0)], [policies(POLICY.a), mapping(POLICY.a, POLICY.b)], [policies(POLICY.b)]),
  ],
  [
    "a mapping to any policy",
    "constraint",
    below([policies(POLICY.a), mapping(POLICY.a, POLICY.any)], [policies(POLICY.a)]),
  ],
  ["the person's own demand", "constraint", below([], [demand(0)])],
];

describe.each([
  ["name constraints", NAMES],
  ["policies", POLICIES],
] as const)("a path with %s", (_, cases) => {
  test.each(cases)("of %s is %s, for OpenSSL too", (_name, expected, parts) => {
    const chain = chainOf(parts);
    expect({ ours: ours(chain), openssl: openssl(chain) }).toEqual({ ours: expected, openssl: expected });
  });
});

describe("a name constraint that cannot be processed", () => {
  test.each([
    ["other names", constrained(constraints([other()]), BARE, other())],
    ["a URI without a host", constrained(constraints([], [uri("example.org")]), BARE, uri("urn:isbn:0451450523"))],
    ["a mailbox without a host", constrained(constraints([], [email("example.org")]), BARE, email("ada"))],
    [
      "a subtree with a distance",
      constrained(
        extension(
          OID.nameConstraints,
          der.sequence(der.implicit(0, der.sequence(dns("example.org"), der.implicit(0, Uint8Array.of(1))), true)),
        ),
        BARE,
        dns("a.example.org"),
      ),
    ],
    ["rubbish", constrained(extension(OID.nameConstraints, ascii("rubbish")), BARE)],
    ["nothing at all", constrained(extension(OID.nameConstraints, der.sequence()), BARE)],
  ] as const)("for %s refuses the path (RFC 5280 4.2.1.10)", (_, parts) => {
    expect(ours(chainOf(parts))).toBe("constraint");
  });
});

test("a thousand names against a thousand subtrees end soon", () => {
  const many = Array.from({ length: 1000 }, (_, index) => dns(`h${index}.example.org`));
  const started = process.cpuUsage();
  expect(ours(chainOf(constrained(constraints(many), BARE, ...many)))).toBe("constraint");
  const { user } = process.cpuUsage(started);
  expect(user / 1000).toBeLessThan(3_000);
});

describe("an authority with several certificates", () => {
  const request = (target: Certificate, candidates: readonly Certificate[], anchor: Certificate) =>
    validatePath({ target, candidates, anchors: [anchor], at: AT, purpose: "document-signing" });

  test("leads to the anchor by the one that allows it, whatever stands first", () => {
    const forbidden = chainOf(constrained(constraints([dns("example.org")], [directory(BARE)]), BARE));
    const [root, good, target] = chainOf([ROOT, { subject: INTERMEDIATE }, { subject: BARE }]);
    const result = request(target!, [forbidden[1]!, good!], root!);
    expect(result).toEqual({ ok: true, chain: [target, good, root] });
    expect(request(target!, [forbidden[1]!], root!)).toMatchObject({ ok: false, problem: { code: "constraint" } });
  });

  test("that certify each other in heaps end soon, and lead nowhere", () => {
    const subjects = Array.from({ length: 12 }, (_, index): Subject => [["commonName", `CA ${index}`]]);
    const heap = subjects.flatMap((subject) =>
      subjects.map((issuer) => chainOf([{ subject: issuer }, { subject }, { subject: BARE }])[1]!),
    );
    const [, target] = chainOf([{ subject: subjects[0]! }, { subject: BARE }]);
    const [root] = chainOf([ROOT, { subject: BARE }]);
    const started = process.cpuUsage();
    expect(request(target!, heap, root!)).toMatchObject({ ok: false, problem: { code: "no-chain" } });
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3_000);
  });
});
