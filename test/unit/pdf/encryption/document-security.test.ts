import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memorySource } from "../../../../electron/pdf/memory-source.ts";
import { IncrementalUpdate } from "../../../../electron/pdf/incremental-update.ts";
import { dict, isStream, literal, type PdfObject, ref, stream } from "../../../../electron/pdf/objects.ts";
import { openPdf } from "../../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../../electron/pdf/pdf-file.ts";
import { PdfProblem } from "../../../../electron/pdf/pdf-problem.ts";
import { openRepaired } from "../../../../electron/pdf/repair.ts";
import { rewriteRepaired } from "../../../../electron/pdf/rewrite.ts";
import { serializeObject } from "../../../../electron/pdf/serialize.ts";
import { simplePdf, streamBody } from "../build-pdf.ts";
import { corpusPath, hasCorpus, hasTool } from "../corpus-files.ts";
import { encryptWithQpdf, firstDifference, KINDS, runQpdf } from "./encrypted-files.ts";

const hasQpdf = hasTool("qpdf");
const open = (bytes: Uint8Array, password?: string): PdfFile =>
  openPdf(memorySource(bytes), password === undefined ? {} : { password });
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));
const problem = (code: string): unknown => expect.objectContaining({ name: "PdfProblem", code });

const rich = simplePdf(2, {
  trailer: "/Info 10 0 R/ID[<0102><0304>]",
  objects: {
    1: "<</Type/Catalog/Pages 2 0 R/Deep[[<</A(nested \\(one\\))/B<00FF>/C()>>]]/S 11 0 R/Metadata 12 0 R/Sig 13 0 R>>",
    10: "<</Title(A title)/Author<FEFF00E9>>>",
    11: streamBody("hello stream", "/Note(in a stream dictionary)"),
    12: streamBody("<x:xmpmeta/>", "/Type/Metadata/Subtype/XML"),
    13: "<</Type/Sig/ByteRange[0 1 2 3]/Contents<30820102>/Reason(why)>>",
  },
});

describe.skipIf(!hasQpdf)("with qpdf (skipped when it is not installed)", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-encryption-"));
    writeFileSync(join(folder, "rich.pdf"), rich);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const passwords = { user: "h\u00E4ns", owner: "own\u00E9r" };

  const encrypt = (kind: (typeof KINDS)[number], further: readonly string[], user = passwords.user): Buffer => {
    const target = join(folder, "encrypted.pdf");
    encryptWithQpdf(join(folder, "rich.pdf"), target, kind, { ...passwords, user }, further);
    return readFileSync(target);
  };
  const decrypt = (bytes: Uint8Array, password: string): PdfFile => {
    const [source, target] = [join(folder, "to-decrypt.pdf"), join(folder, "decrypted.pdf")];
    writeFileSync(source, bytes);
    runQpdf([`--password=${password}`, "--decrypt", "--stream-data=preserve", source, target]);
    return open(readFileSync(target));
  };

  describe.each(KINDS)("$title", (kind) => {
    test.each(["disable", "generate"])("reads what qpdf reads, with either password (object streams: %s)", (mode) => {
      const bytes = encrypt(kind, [`--object-streams=${mode}`]);
      const expected = decrypt(bytes, passwords.user);
      for (const as of ["user", "owner"] as const) {
        const file = open(bytes, passwords[as]);
        expect(file.encryption).toMatchObject({ handler: "standard", algorithm: kind.algorithm, authenticated: as });
        expect(firstDifference(file, expected)).toBeUndefined();
      }
    });

    test.each(["disable", "generate"])(
      "is repaired and rewritten, still encrypted (object streams: %s)",
      async (mode) => {
        const bytes = encrypt(kind, [`--object-streams=${mode}`]);
        const broken = Buffer.from(bytes.toString("latin1").replace(/startxref\s+\d+/u, "startxref\n1"), "latin1");
        expect(() => open(broken)).toThrow(PdfProblem);
        const repaired = openRepaired(memorySource(broken), { password: passwords.user });
        const expected = decrypt(bytes, passwords.user);
        expect(firstDifference(repaired, expected)).toBeUndefined();
        const target = join(folder, "rewritten.pdf");
        rmSync(target, { force: true });
        await rewriteRepaired(repaired, target);
        const rewritten = readFileSync(target);
        expect(open(rewritten).encryption?.authenticated).toBeNull();
        expect(firstDifference(open(rewritten, passwords.owner), expected)).toBeUndefined();
        expect(firstDifference(decrypt(rewritten, passwords.user), expected)).toBeUndefined();
        // Without the password, neither read nor written.
        const locked = async (): Promise<void> => rewriteRepaired(openRepaired(memorySource(broken)), `${target}.no`);
        await expect(locked()).rejects.toMatchObject({ name: "PdfProblem", code: "encrypted" });
      },
    );

    test("stays locked without the password", () => {
      for (const password of [undefined, "", "wrong"]) {
        const file = open(encrypt(kind, []), password);
        expect(file.encrypted).toBe(true);
        expect(file.encryption).toMatchObject({ handler: "standard", authenticated: null });
        expect(() => file.streamBytes(findStream(file))).toThrow(problem("encrypted"));
        expect(() => new IncrementalUpdate(file)).toThrow(problem("encrypted"));
      }
    });

    test("opens by itself when the user password is empty, even when a wrong one is given", () => {
      const bytes = encrypt(kind, [], "");
      expect(open(bytes).encryption?.authenticated).toBe("user");
      expect(open(bytes, "wrong").encryption?.authenticated).toBe("user");
      expect(open(bytes, passwords.owner).encryption?.authenticated).toBe("owner");
    });

    test.each(["disable", "generate"])("appends objects that qpdf decrypts (object streams: %s)", (mode) => {
      const bytes = encrypt(kind, [`--object-streams=${mode}`]);
      const file = open(bytes, passwords.user);
      const update = new IncrementalUpdate(file);
      const [text, data, signature] = [update.allocate(), update.allocate(), update.allocate()];
      const added = ["a (literal) \r\n string", "x".repeat(16), ""];
      const plain = stream({ Note: literal(latin1("note")) }, latin1("plain data"));
      update.set(
        text,
        added.map((value) => literal(latin1(value))),
      );
      update.set(data, plain);
      update.setRaw(signature, [
        "<</Type/Sig/ByteRange[0 0 0 0]/Contents<",
        { mark: "contents", bytes: latin1("3003616263") },
        ">/Reason ",
        { object: literal(latin1("because")) },
        ">>",
      ]);
      // An object that was there and is written again keeps its strings.
      update.set(file.catalogRef, dict(new Map([...file.catalog.entries, ["Added", [text, data, signature]]])));
      const rendered = update.render();
      expect(update.render().bytes).toEqual(rendered.bytes);
      expect(Buffer.from(rendered.bytes).indexOf("plain data")).toBe(-1);
      const continued = Buffer.concat([bytes, rendered.bytes]);
      const ours = open(continued, passwords.owner);
      const theirs = decrypt(continued, passwords.owner);
      expect(firstDifference(ours, theirs)).toBeUndefined();
      const again = open(continued, passwords.user);
      const written = (object: PdfObject): string => Buffer.from(serializeObject(object)).toString("latin1");
      const asHex = (value: string): string => `<${Buffer.from(value, "latin1").toString("hex").toUpperCase()}>`;
      expect(written(again.fetch(text))).toBe(`[${added.map(asHex).join(" ")}]`);
      const read = again.fetch(data);
      expect(isStream(read) && Buffer.from(again.streamBytes(read)).toString("latin1")).toBe("plain data");
      expect(written(again.fetch(signature))).toBe(
        `<</Type /Sig/ByteRange [0 0 0 0]/Contents <3003616263>/Reason ${asHex("because")}>>`,
      );
      // The revision before is what it was.
      expect(firstDifference(again.atRevision(0), open(bytes, passwords.user))).toBeUndefined();
      expect(
        Buffer.from(rendered.bytes)
          .subarray(rendered.marks.get("contents")! - rendered.base)
          .toString("latin1"),
      ).toMatch(/^3003616263>/u);
      expect(runQpdf([`--password=${passwords.user}`, "--check", writeTemporary(folder, continued)])).toBe("");
    });
  });
});

function writeTemporary(folder: string, bytes: Uint8Array): string {
  const path = join(folder, "check.pdf");
  writeFileSync(path, bytes);
  return path;
}

function findStream(file: PdfFile) {
  for (const num of file.revisions[0]!.entries.keys()) {
    try {
      const object = file.fetch(ref(num));
      if (isStream(object) && object.dict.entries.get("Type") !== undefined && file.entry(num)?.kind === "offset") {
        return object;
      }
    } catch {
      // Something with strings.
    }
  }
  throw new Error("there is no stream");
}

describe.skipIf(!hasCorpus)("on the corpus (skipped when the folder is absent)", () => {
  test.each([
    ["structure/pdfbox__sign_me_protected.pdf", "AES-128", " ", "owner"],
    ["structure/dss__restricted_fields.pdf", "AES-256", undefined, "user"],
    ["structure/dss__edition_protected_signing_allowed_with_field.pdf", "AES-128", undefined, "user"],
    ["structure/qpdf__leading-junk.pdf", "RC4", undefined, "user"],
  ])("%s opens", (path, algorithm, password, authenticated) => {
    const file = open(readFileSync(corpusPath(path)), password);
    expect(file.encryption).toMatchObject({ algorithm, authenticated });
    // A content stream inflates only when the key is right.
    const contents = [...file.pages()]
      .map((page) => file.get(page.dict, "Contents"))
      .filter((object) => isStream(object));
    expect(contents.length).toBeGreaterThan(0);
    expect(contents.every((content) => file.streamBytes(content).length > 0)).toBe(true);
  });
});

function outcome(action: () => unknown): string {
  try {
    action();
    return "read";
  } catch (error) {
    return error instanceof PdfProblem ? "PdfProblem" : String(error);
  }
}

describe("an encryption dictionary", () => {
  const withEncrypt = (encrypt: string): PdfFile =>
    open(simplePdf(1, { trailer: `/Encrypt 9 0 R/ID[<01><02>]`, objects: { 9: encrypt, 10: streamBody("x") } }));

  test.each([
    ["public-key", "<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4>>"],
    ["public-key", "<</Filter/Other/SubFilter/adbe.pkcs7.s4/V 1>>"],
    ["unknown", "<</Filter/Other/V 4>>"],
    ["unknown", "<</Filter/Standard/V 4>>"],
    ["unknown", "<</Filter/Standard/V 5/R 7>>"],
    ["unknown", "[]"],
    ["unknown", "17"],
  ])("of kind %s is told from others: %s", (handler, encrypt) => {
    const file = withEncrypt(encrypt);
    expect(file.encryption).toMatchObject({ handler, algorithm: "unknown", authenticated: null });
    const object = file.fetch(ref(10));
    expect(() => isStream(object) && file.streamBytes(object)).toThrow(problem("encryption-unsupported"));
  });

  test("of any shape leads to an answer or to a PdfProblem", () => {
    const values = ["null", "-1", "0", "2", "6", "1e5", "99999999999", "true", "()", `<${"00".repeat(32)}>`, "/AESV3"];
    values.push(`<${"41".repeat(48)}>`, "[9 0 R]", "9 0 R", "10 0 R", "77 0 R", "<</StdCF<</CFM/AESV3>>>>", "/StdCF");
    const keys = "V R Length P O U OE UE Perms CF StmF StrF EFF EncryptMetadata Filter SubFilter".split(" ");
    const base: Record<string, string> = {
      Filter: "/Standard",
      V: "5",
      R: "6",
      P: "-4",
      O: values[11]!,
      U: values[11]!,
    };
    Object.assign(base, { OE: values[9]!, UE: values[9]!, Perms: values[9]!, CF: values[16]!, StmF: "/StdCF" });
    const shapes: readonly Record<string, string>[] = [
      base,
      { ...base, V: "4", R: "4", CF: "<</StdCF<</CFM/AESV2>>>>" },
      { ...base, V: "2", R: "3", Length: "128" },
      { ...base, V: "1", R: "2" },
    ];
    let tried = 0;
    for (const shape of shapes) {
      for (const key of keys) {
        for (const value of values) {
          const body = Object.entries({ ...shape, [key]: value }).map(([entry, text]) => `/${entry} ${text}`);
          tried += 1;
          expect(outcome(() => withEncrypt(`<<${body.join("")}>>`).fetch(ref(10)))).toMatch(/^(?:read|PdfProblem)$/u);
        }
      }
    }
    expect(tried).toBe(4 * 16 * 18);
  });
});
