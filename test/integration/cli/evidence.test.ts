import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";

import { encodePem } from "../../../electron/pki/pem.ts";
import { baseDocument } from "../../attacks/base-documents.ts";
import { attach, type EvidencePki, filesOf, makeEvidencePki, textsAbout } from "../../attacks/evidence-documents.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";
import { signRaw } from "../../attacks/sign-raw.ts";
import { folderForTest, runCli } from "./run-cli.ts";

const AT = ["--at", "2026-11-25T00:00:00Z"];
const NAMES = ["bankid-evidence.json", "bankid-manifest.json", "bankid-ocsp.der", "bankid-signature.xml"];
const original = baseDocument();

let made: EvidencePki;
let evidence: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  made = await makeEvidencePki();
  evidence = filesOf(made.people, textsAbout([original.text]));
});

interface Folder {
  readonly folder: string;
  readonly sealed: string;
  readonly document: string;
  readonly package: string;
  readonly trust: readonly string[];
  readonly roots: readonly string[];
}

/** A sealed file, the document with its package, and the certificates to judge them by. */
async function prepared(): Promise<Folder> {
  const folder = await folderForTest();
  const at = (name: string): string => join(folder, name);
  const pem = (der: Uint8Array): string => encodePem("CERTIFICATE", der);
  const sealed = signRaw(attach(original, evidence, { page: "Anna" }), made.pki.other, { field: "Seal" });
  await writeFile(at("sealed.pdf"), bytesOfText(sealed.text));
  await writeFile(at("contract.pdf"), bytesOfText(original.text));
  await writeFile(at("contract-bankid.zip"), zipped(evidence));
  await writeFile(at("trust.pem"), pem(made.pki.root.certificate));
  await writeFile(at("bankid.pem"), pem(made.people.root.certificate.der));
  return {
    folder,
    sealed: at("sealed.pdf"),
    document: at("contract.pdf"),
    package: at("contract-bankid.zip"),
    trust: ["--trust", at("trust.pem")],
    roots: ["--bankid-root", at("bankid.pem")],
  };
}

const zipped = (files: ReadonlyMap<string, Uint8Array>): Uint8Array =>
  zipSync({ "READ-ME.txt": new TextEncoder().encode("How to check"), ...Object.fromEntries(files) });

describe("sealdesk verify", () => {
  test("passes a sealed file with good evidence, and tells person and seal as two things", async () => {
    const { folder, sealed, trust, roots } = await prepared();
    const result = await runCli(["verify", "--offline", ...AT, ...trust, ...roots, sealed], { data: folder });
    expect(result.stderr).toBe("");
    expect(result.stdout).toContain("TOTAL-PASSED, all signatures and the evidence about a person are valid");
    expect(result.stdout).toContain(
      "Signed with BankID (evidence) by Anna Andersson at 2026-11-20T12:00:00.000Z, sealed by Bob.",
    );
    expect(result.status).toBe(0);
  });

  test("adds the key evidence behind the fixed ones, for files that carry some", async () => {
    const { folder, sealed, document, trust, roots } = await prepared();
    const result = await runCli(["verify", "--json", "--offline", ...AT, ...trust, ...roots, sealed, document], {
      data: folder,
    });
    expect(result.lines().map((line) => Object.keys(line))).toEqual([
      ["file", "verdict", "reasons", "signatures", "evidence"],
      ["file", "verdict", "reasons", "signatures"],
    ]);
    const [{ evidence: [first] = [] } = {}] = result.lines() as readonly { readonly evidence?: readonly object[] }[];
    expect(Object.keys(first ?? {})).toEqual([
      "kind",
      "name",
      "verdict",
      "person",
      "provenTime",
      "document",
      "pagesNow",
      "changesAfter",
      "sealedBy",
      "reasons",
    ]);
    expect(first).toMatchObject({
      verdict: "passed",
      person: { name: "Anna Andersson", personalNumber: "198001012384", organisation: null },
      sealedBy: { signature: 1, signer: "Bob", indication: "TOTAL-PASSED", intact: true },
    });
  });

  test("is not satisfied by a good seal when nobody vouches for the person", async () => {
    const { folder, sealed, trust } = await prepared();
    const result = await runCli(["verify", "--offline", ...AT, ...trust, sealed], { data: folder });
    expect(result.status).toBe(1);
    expect(result.stdout).toContain("INDETERMINATE, not everything about signatures and persons is certain");
    expect(result.stdout).toContain("Seal by Bob; it proves nothing about a person.");
  });

  test("fails a good seal over evidence about another document, with status 1", async () => {
    const { folder, trust, roots } = await prepared();
    const other = filesOf(made.people, textsAbout(["another document"]));
    const path = join(folder, "other.pdf");
    const document = signRaw(attach(original, other), made.pki.other, { field: "Seal" });
    await writeFile(path, bytesOfText(document.text));
    const result = await runCli(["verify", "--offline", ...AT, ...trust, ...roots, path], { data: folder });
    expect(result.status).toBe(1);
    expect(result.stdout).toContain("TOTAL-FAILED");
    expect(result.stdout).toContain("[evidence.other-document]");
    expect(result.stdout).not.toContain("Signed with BankID");
  });

  test("believes the roots of the settings", async () => {
    const { folder, sealed, trust } = await prepared();
    const pem = await readFile(join(folder, "bankid.pem"), "utf8");
    await writeFile(join(folder, "settings.json"), JSON.stringify({ bankidRoots: [pem] }));
    const result = await runCli(["verify", "--offline", ...AT, ...trust, sealed], { data: folder });
    expect(result.status).toBe(0);
  });

  test("judges evidence in threads as it does without them", async () => {
    const { folder, sealed, trust, roots } = await prepared();
    const result = await runCli(["verify", "--jobs", "1", "--offline", ...AT, ...trust, ...roots, sealed], {
      data: folder,
    });
    expect(result.status).toBe(0);
    expect(result.stdout).toContain("Signed with BankID (evidence) by Anna Andersson");
  });
});

describe("sealdesk evidence verify", () => {
  test("passes a package and the document that was signed", async () => {
    const { folder, document, package: file, roots } = await prepared();
    const result = await runCli(["evidence", "verify", ...AT, ...roots, file, document], { data: folder });
    expect(result.stderr).toBe("");
    expect(result.stdout).toContain("Signed with BankID (evidence) by Anna Andersson at 2026-11-20T12:00:00.000Z");
    expect(result.status).toBe(0);
  });

  test("prints one JSON object", async () => {
    const { folder, document, package: file, roots } = await prepared();
    const result = await runCli(["evidence", "verify", "--json", ...AT, ...roots, file, document], { data: folder });
    expect(result.lines()).toMatchObject([
      {
        file: document,
        package: file,
        evidence: { verdict: "passed", document: { size: original.text.length, pages: 2 }, changesAfter: "none" },
      },
    ]);
  });

  test("passes a document that was signed by somebody else since", async () => {
    const { folder, document, package: file, roots } = await prepared();
    await writeFile(document, bytesOfText(signRaw(original, made.pki.person).text));
    const result = await runCli(["evidence", "verify", ...AT, ...roots, file, document], { data: folder });
    expect(result.status).toBe(0);
  });

  test.each([
    ["another document", "100 EUR", "900 EUR", "evidence.other-document"],
    ["a document with a byte more", "%%EOF\n", "%%EOF\n%", "bytes.after-end"],
  ])("refuses %s", async (_, from, to, code) => {
    const { folder, document, package: file, roots } = await prepared();
    await writeFile(document, bytesOfText(original.text.replace(from, to)));
    const result = await runCli(["evidence", "verify", ...AT, ...roots, file, document], { data: folder });
    expect(result.status).toBe(1);
    expect(result.stdout).toContain(`[${code}`);
  });

  test("says of files that cannot be read that they cannot", async () => {
    const { folder, document, package: file, roots } = await prepared();
    const none = join(folder, "none");
    const results = await Promise.all([
      runCli(["evidence", "verify", ...roots, none, document], { data: folder }),
      runCli(["evidence", "verify", ...AT, ...roots, file, none], { data: folder }),
      runCli(["evidence", "verify", ...roots, document, file], { data: folder }),
    ]);
    expect(results.map(({ status }) => status)).toEqual([1, 1, 1]);
    expect(results[0]?.stdout).toContain("[package.unreadable]");
    expect(results[1]?.stdout).toContain("[file.unreadable]");
    expect(results[2]?.stdout).toContain("[package.unreadable]");
  });
});

describe("sealdesk evidence extract", () => {
  test("writes the four files as they are in the document, from which a package can be made", async () => {
    const { folder, sealed, document, roots } = await prepared();
    const out = join(folder, "out");
    const result = await runCli(["evidence", "extract", sealed, out], { data: folder });
    expect(result.status).toBe(0);
    expect((await readdir(out)).toSorted()).toEqual(NAMES);
    for (const name of NAMES) {
      expect(new Uint8Array(await readFile(join(out, name)))).toEqual(evidence.get(name));
    }
    const file = join(folder, "again.zip");
    const files = await Promise.all(NAMES.map(async (name) => [name, await readFile(join(out, name))] as const));
    await writeFile(file, zipSync(Object.fromEntries(files)));
    expect((await runCli(["evidence", "verify", ...AT, ...roots, file, document], { data: folder })).status).toBe(0);
  });

  test("overwrites nothing, and then writes nothing", async () => {
    const { folder, sealed } = await prepared();
    await writeFile(join(folder, "bankid-signature.xml"), "mine");
    const result = await runCli(["evidence", "extract", sealed, folder], { data: folder });
    expect(result.status).toBe(1);
    expect(await readFile(join(folder, "bankid-signature.xml"), "utf8")).toBe("mine");
    expect(await readdir(folder)).not.toContain("bankid-evidence.json");
  });

  test.skipIf(process.platform === "win32")("a link that leads nowhere is something that is there, too", async () => {
    const { folder, sealed } = await prepared();
    const link = join(folder, "bankid-signature.xml");
    await symlink(join(folder, "gone"), link);
    const result = await runCli(["evidence", "extract", sealed, folder], { data: folder });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(`${link}: there is such a file already; nothing was written`);
    expect((await readdir(folder)).filter((name) => NAMES.includes(name))).toEqual(["bankid-signature.xml"]);
  });

  test("says that a document carries none", async () => {
    const { folder, document } = await prepared();
    const result = await runCli(["evidence", "extract", document, join(folder, "out")], { data: folder });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain("The file carries no evidence.");
    expect(await readdir(folder)).not.toContain("out");
  });
});
