import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openToOthers } from "../../../electron/storage/guarded-file.ts";
import { readPolicyFile } from "../../../electron/storage/policy-file.ts";
import { policyPlace } from "../../../electron/storage/policy-place.ts";
import { parsePolicy, problemLine } from "../../../electron/storage/policy.ts";

const errors = (text: string): readonly string[] => {
  const parsed = parsePolicy(text);
  return parsed.ok ? [] : parsed.failure.map(problemLine);
};

describe("the content", () => {
  test("a policy with every rule is read as it was written", () => {
    const policy = {
      version: 1,
      providers: ["itsme", "certificate"],
      practice: false,
      levels: ["B-LT", "B-LTA"],
      timestampUrl: "https://tsa.example/tsr",
      trustAnchors: ["/etc/ssl/company.pem"],
      bankidRoots: ["/etc/ssl/bankid.pem"],
      ownAuthorities: false,
      output: { folder: "/srv/signed", besideOriginal: false },
      updates: "off",
    };
    expect(parsePolicy(JSON.stringify(policy))).toMatchObject({ ok: true, value: { rules: policy } });
  });

  test("a rule that is not known is an error at its line, so that a misspelt one is not without effect", () => {
    expect(errors('{\n "version": 1,\n "levles": ["B-LT"],\n "output": {\n  "foldre": "/a" } }')).toEqual([
      "line 3, levles: there is no such rule",
      "line 5, output.foldre: there is no such rule",
    ]);
  });

  test.each([
    ['{"version": 1, "__proto__": {"practice": false}}', "line 1, __proto__: there is no such rule"],
    ['{"providers": []}', "line 1, version: expected 1, the only version that is understood here"],
    ['{"version": 2}', "line 1, version: expected 1, the only version that is understood here"],
    [
      '{"version": 1,\n"levels": ["B-T",\n"B-X"]}',
      'line 3, levels[1]: Invalid option: expected one of "B-B"|"B-T"|"B-LT"|"B-LTA"',
    ],
    ['{"version": 1, "levels": []}', "line 1, levels: expected at least one level"],
    ['{"version": 1, "practice": "no"}', "line 1, practice: Invalid input: expected boolean, received string"],
    ['{"version": 1, "timestampUrl": "ftp://a"}', "line 1, timestampUrl: expected an http or https address"],
    ['{"version": 1, "trustAnchors": ["a.pem"]}', "line 1, trustAnchors[0]: expected an absolute path"],
    [
      '{"version": 1,\n"output": {"folder": "/a", "besideOriginal": true}}',
      'line 2, output: "folder" and "besideOriginal": true contradict each other',
    ],
    ['{"version": 1,\n"version": 1}', 'line 2: no JSON: "version" stands here a second time (column 1)'],
    ['{"version": 1\n"practice": false}', 'line 2: no JSON: "," or "}" was expected (column 1)'],
  ])("%j is refused with its place", (text, error) => {
    expect(errors(text)).toEqual([error]);
  });
});

describe("the file", () => {
  const file = (content: string | Uint8Array, mode = 0o644): string => {
    const folder = mkdtempSync(path.join(tmpdir(), "sealdesk-policy-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const own = path.join(folder, "policy.json");
    writeFileSync(own, content);
    chmodSync(own, mode);
    return own;
  };
  const read = (own: string, guard: "others" | "none" = "others") =>
    readPolicyFile({ path: own, guard, isNamed: true });

  test.skipIf(process.platform === "win32").each([0o664, 0o646, 0o666])(
    "mode %o is refused: ordinary users could write the rules",
    (mode) => {
      const own = file('{"version": 1}', mode);
      const what = "the file can be written to by others than its owner (chmod go-w)";
      expect(read(own)).toEqual({ ok: false, failure: [{ line: null, member: "", what }] });
      expect(read(own, "none")).toMatchObject({ ok: true, value: { rules: { version: 1 } } });
    },
  );

  test("only root's word is the administrator's", () => {
    expect(openToOthers({ mode: 0o100644, uid: 1000 }, "root")).toBe("does not belong to root (chown root)");
    expect(openToOthers({ mode: 0o100644, uid: 0 }, "root")).toBeNull();
    expect(openToOthers({ mode: 0o100664, uid: 0 }, "root")).toContain("by others than its owner");
    expect(openToOthers({ mode: 0o100644, uid: 1000 }, "others")).toBeNull();
  });

  test.skipIf(process.platform === "win32")(
    "who can write to its folder could take it away, so that is refused, too",
    () => {
      const own = file('{"version": 1}');
      chmodSync(path.dirname(own), 0o777);
      const outcome = readPolicyFile({ path: own, guard: "root", isNamed: false });
      expect(outcome).toMatchObject({ ok: false, failure: [{ what: expect.stringContaining("its folder") }] });
    },
  );

  test("none where none has to be forbids nothing; one that was named has to be there", () => {
    const missing = path.join(tmpdir(), "sealdesk-no-such-folder", "policy.json");
    expect(readPolicyFile({ path: missing, guard: "root", isNamed: false })).toEqual({ ok: true, value: null });
    expect(read(missing)).toMatchObject({ ok: false, failure: [{ what: "the file is not there" }] });
  });

  test("a byte order mark is left out, and other encodings than UTF-8 are refused", () => {
    expect(read(file('\u{FEFF}{"version": 1}'))).toMatchObject({ ok: true, value: { rules: { version: 1 } } });
    const utf16 = Buffer.from('\u{FEFF}{"version": 1}', "utf16le");
    expect(read(file(utf16))).toMatchObject({ ok: false, failure: [{ what: "the file is not in UTF-8" }] });
  });

  test("a folder in its place is refused", () => {
    const own = file("{}");
    chmodSync(path.dirname(own), 0o755);
    expect(read(path.dirname(own))).toMatchObject({ ok: false });
  });
});

describe("the place", () => {
  test.each([
    ["win32", { ProgramData: String.raw`D:\Data` }, String.raw`D:\Data\Sealdesk\policy.json`],
    ["darwin", {}, "/Library/Application Support/Sealdesk/policy.json"],
    ["linux", {}, "/etc/sealdesk/policy.json"],
  ] as const)("on %s it is the machine's own", (platform, environment, expected) => {
    expect(policyPlace(platform, environment, true).path).toBe(expected);
  });

  test("only a program that is run from its source can be pointed elsewhere", () => {
    const environment = { SEALDESK_POLICY: "/home/anna/policy.json" };
    expect(policyPlace("linux", environment, true)).toMatchObject({ path: "/etc/sealdesk/policy.json", guard: "root" });
    expect(policyPlace("linux", environment, false)).toMatchObject({ path: "/home/anna/policy.json", guard: "others" });
  });
});
