import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { verifyFile, type VerifyOptions } from "../../../electron/verify/verify-file.ts";
import type { FileReport, SignatureReport } from "../../../shared/verification.ts";
import {
  append,
  dict,
  dictOf,
  grown,
  hasOpenssl,
  name,
  PAGE_TEXT,
  PART,
  plainDocument,
  ref,
  sign,
  Signers,
  stream,
  text,
  update,
  withEntry,
} from "./signed-sample.ts";

const latin1 = (content: string): Uint8Array => new Uint8Array(Buffer.from(content, "latin1"));

describe.skipIf(!hasOpenssl)(
  `a document signed by OpenSSL${hasOpenssl ? "" : " (skipped: openssl is not installed)"}`,
  () => {
    let signers: Signers;
    let signed: Uint8Array;
    let count = 0;

    beforeAll(() => {
      signers = new Signers();
      signed = sign(signers, plainDocument());
    });
    afterAll(() => signers[Symbol.dispose]());

    const verify = (bytes: Uint8Array, options: Partial<VerifyOptions> = {}): Promise<FileReport> => {
      count += 1;
      return verifyFile(signers.write(`${count}.pdf`, bytes), { trustAnchors: [signers.root], ...options });
    };
    const first = async (bytes: Uint8Array, options: Partial<VerifyOptions> = {}): Promise<SignatureReport> => {
      const { signatures, reasons } = await verify(bytes, options);
      const [signature] = signatures;
      if (signature === undefined) {
        throw new Error(`no signature was found: ${JSON.stringify(reasons)}`);
      }
      return signature;
    };
    const codes = ({ reasons }: { readonly reasons: SignatureReport["reasons"] }): readonly string[] =>
      reasons.map(({ code }) => code);

    describe("as it was signed", () => {
      test("passes with the root trusted, and says that nobody can be asked about revocation", async () => {
        const report = await verify(signed);
        expect(report.verdict).toBe("TOTAL-PASSED");
        expect(report.signatures).toHaveLength(1);
        expect(report.signatures[0]).toMatchObject({
          field: "Signature1",
          signer: "Ada person",
          intact: true,
          coverage: "whole-file",
          changesAfter: "none",
          claimedTime: "2026-01-01T12:00:00Z",
          provenTime: null,
          subIndication: null,
        });
        expect(codes(report.signatures[0] ?? { reasons: [] })).toContain("revocation.not-available");
      });

      test("is intact, but nobody's, without a trusted root", async () => {
        expect(await first(signed, { trustAnchors: [] })).toMatchObject({
          intact: true,
          indication: "INDETERMINATE",
          subIndication: "NO_CERTIFICATE_CHAIN_FOUND",
        });
      });

      test("waits for revocation data where the policy requires it", async () => {
        expect(await first(signed, { revocation: "required" })).toMatchObject({
          indication: "INDETERMINATE",
          subIndication: "TRY_LATER",
        });
      });

      test("does not pass once the certificate has expired", async () => {
        const at = new Date(Date.now() + 25 * 24 * 3600 * 1000);
        expect(await first(signed, { at })).toMatchObject({
          intact: true,
          indication: "INDETERMINATE",
          subIndication: "OUT_OF_BOUNDS_NO_POE",
        });
      });

      test("does not pass when the certificate is for logging in", async () => {
        const report = await first(sign(signers, plainDocument(), { who: "login" }));
        expect(report).toMatchObject({
          intact: true,
          indication: "INDETERMINATE",
          subIndication: "SIG_CONSTRAINTS_FAILURE",
        });
      });
    });

    // Above 4 MiB the digest is taken in the same pass that looks for marks of signatures.
    describe("and large", () => {
      const SIZE = 6 * 1024 * 1024;
      let big: Uint8Array;
      beforeAll(() => {
        const grew = update(plainDocument(), (pending) =>
          pending.set(pending.allocate(), stream({}, new Uint8Array(SIZE).fill(0x41))),
        );
        big = sign(signers, grew);
      });
      const twice = () => sign(signers, big, { field: "Signature2", rectangle: "10 50 90 80" });
      const changedAt = (bytes: Uint8Array, offset: number) => bytes.with(offset, 0x42);

      test("passes, and so do two signatures of which only the last has the whole file", async () => {
        expect((await verify(big)).verdict).toBe("TOTAL-PASSED");
        const { verdict, signatures } = await verify(twice());
        expect(verdict).toBe("TOTAL-PASSED");
        expect(signatures.map(({ coverage }) => coverage)).toEqual(["entire-revision", "whole-file"]);
      });

      test.each([5_000, 600_000, SIZE])("fails when the byte at %d is another", async (offset) => {
        expect(big[offset]).toBe(0x41);
        const report = await first(changedAt(big, offset));
        expect(report).toMatchObject({ intact: false, indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE" });
        const { signatures } = await verify(changedAt(twice(), offset));
        expect(signatures.map(({ subIndication }) => subIndication)).toEqual(["HASH_FAILURE", "HASH_FAILURE"]);
      });

      test("fails when its claimed time is another, and when the last bytes are gone", async () => {
        const seconds = Buffer.from(big).lastIndexOf("D:20260101120000") + 15;
        expect(await first(big.with(seconds, 0x39))).toMatchObject({ intact: false, subIndication: "HASH_FAILURE" });
        expect((await verify(big.subarray(0, -3))).verdict).not.toBe("TOTAL-PASSED");
      });
    });

    describe("with honest changes after it", () => {
      test("passes when a second person signs, and so does the second signature", async () => {
        const twice = sign(signers, signed, { field: "Signature2", rectangle: "10 50 90 80" });
        const report = await verify(twice);
        expect(report.verdict).toBe("TOTAL-PASSED");
        expect(report.signatures.map(({ field, coverage, changesAfter }) => [field, coverage, changesAfter])).toEqual([
          ["Signature1", "entire-revision", "allowed"],
          ["Signature2", "whole-file", "none"],
        ]);
      });

      test("passes when the empty field is signed", async () => {
        const report = await verify(sign(signers, signed, { existing: true }));
        expect(report.verdict).toBe("TOTAL-PASSED");
        expect(codes(report.signatures.find(({ field }) => field === "Signature1") ?? { reasons: [] })).toContain(
          "changes.signature",
        );
      });

      test("passes when information and metadata are written anew", async () => {
        const changed = update(signed, (pending) => {
          pending.set(ref(PART.info), dict({ Title: text("Contract 2") }));
          pending.set(ref(PART.metadata), stream({ Type: name("Metadata"), Subtype: name("XML") }, latin1("<y/>")));
        });
        expect(await first(changed)).toMatchObject({
          intact: true,
          changesAfter: "allowed",
          indication: "TOTAL-PASSED",
        });
      });

      test("stays intact when validation data is added, which then must say something about the signer", async () => {
        const changed = update(signed, (pending, file) => {
          const certificate = pending.allocate();
          pending.set(certificate, stream({}, signers.root.der));
          pending.set(file.catalogRef, withEntry(file.catalog, "DSS", dict({ Certs: [certificate] })));
        });
        expect(await first(changed)).toMatchObject({
          intact: true,
          changesAfter: "allowed",
          subIndication: "TRY_LATER",
        });
        expect(await first(changed, { revocation: "not-checked" })).toMatchObject({ indication: "TOTAL-PASSED" });
      });
    });

    describe("with changes that nobody may make", () => {
      const cases: readonly (readonly [string, string, (bytes: Uint8Array) => Uint8Array])[] = [
        [
          "new page content",
          "changes.object",
          (bytes) =>
            update(bytes, (pending) => pending.set(ref(PART.contents), stream({}, latin1("BT (Pay 999 EUR) Tj ET")))),
        ],
        [
          "a page that points to other content",
          "changes.page",
          (bytes) =>
            update(bytes, (pending, file) => {
              const other = pending.allocate();
              pending.set(other, stream({}, latin1("BT (Pay 999 EUR) Tj ET")));
              pending.set(ref(PART.page), withEntry(dictOf(file, PART.page), "Contents", other));
            }),
        ],
        [
          "another page tree",
          "changes.object",
          (bytes) =>
            update(bytes, (pending, file) => {
              const page = pending.allocate();
              pending.set(page, dictOf(file, PART.page));
              pending.set(ref(PART.pages), dict({ Type: name("Pages"), Kids: [ref(PART.page), page], Count: 2 }));
            }),
        ],
        [
          "an action when the document is opened",
          "changes.catalog",
          (bytes) =>
            update(bytes, (pending, file) => {
              const action = dict({ S: name("JavaScript"), JS: text("app.alert(1)") });
              pending.set(file.catalogRef, withEntry(file.catalog, "OpenAction", action));
            }),
        ],
        ["bytes behind the end", "bytes.after-end", (bytes) => append(bytes, "3 0 obj\n<< /Type /Page >>\nendobj\n")],
        [
          "an object that no cross-reference knows",
          "revision.unexplained-bytes",
          (bytes) => hideObject(update(bytes, (pending) => pending.set(ref(PART.info), dict({ Title: text("x") })))),
        ],
      ];

      test.each(cases)("fails: %s", async (_, code, change) => {
        const report = await verify(change(signed));
        expect(report.verdict).toBe("TOTAL-FAILED");
        const all = [...codes(report), ...report.signatures.flatMap(codes)];
        expect(all.some((found) => found === code || found.startsWith("pdf.") || found === "format.damaged")).toBe(
          true,
        );
        expect(report.signatures.every(({ intact }) => !intact)).toBe(true);
      });

      test.each<readonly [string, string, (bytes: Uint8Array) => Uint8Array]>([
        [
          "an annotation over the text",
          "changes.covers-content",
          (bytes) =>
            update(bytes, (pending, file) => {
              const note = pending.allocate();
              pending.set(
                note,
                dict({
                  Type: name("Annot"),
                  Subtype: name("FreeText"),
                  Rect: [0, 0, 300, 200],
                  Contents: text("Pay 1"),
                }),
              );
              const page = dictOf(file, PART.page);
              pending.set(ref(PART.page), withEntry(page, "Annots", grown(page, "Annots", note.num)));
            }),
        ],
        [
          "a filled form field",
          "changes.appearance-missing",
          (bytes) =>
            update(bytes, (pending, file) =>
              pending.set(ref(PART.total), withEntry(dictOf(file, PART.total), "V", text("999"))),
            ),
        ],
        [
          "an object that the page was waiting for",
          "changes.appearing-object",
          (bytes) =>
            update(bytes, (pending) =>
              pending.set(
                ref(PART.missing),
                stream({ Type: name("XObject"), Subtype: name("Form") }, latin1("0 0 300 200 re f")),
              ),
            ),
        ],
        [
          "a text field beside the others",
          "changes.new-field",
          (bytes) =>
            update(bytes, (pending, file) => {
              const field = pending.allocate();
              pending.set(field, dict({ FT: name("Tx"), T: text("New"), V: text("1") }));
              const form = dictOf(file, PART.form);
              pending.set(ref(PART.form), withEntry(form, "Fields", grown(form, "Fields", field.num)));
            }),
        ],
        [
          "a visible field with a drawing that nobody signed",
          "changes.unsigned-field",
          (bytes) =>
            update(bytes, (pending, file) => {
              const drawing = pending.allocate();
              pending.set(drawing, stream({ Type: name("XObject"), Subtype: name("Form") }, latin1("0 0 90 20 re f")));
              const field = pending.allocate();
              pending.setRaw(field, [
                `<< /FT /Sig /T (New) /Type /Annot /Subtype /Widget /Rect [50 95 140 115] /P 3 0 R /AP << /N ${drawing.num} 0 R >> >>`,
              ]);
              const page = dictOf(file, PART.page);
              const form = dictOf(file, PART.form);
              pending.set(ref(PART.page), withEntry(page, "Annots", grown(page, "Annots", field.num)));
              pending.set(ref(PART.form), withEntry(form, "Fields", grown(form, "Fields", field.num)));
            }),
        ],
        [
          "a new drawing in the empty field, without a signature",
          "changes.not-judged",
          (bytes) =>
            update(bytes, (pending, file) => {
              const drawing = pending.allocate();
              pending.set(drawing, stream({ Type: name("XObject"), Subtype: name("Form") }, latin1("0 0 90 20 re f")));
              pending.set(ref(PART.place), withEntry(dictOf(file, PART.place), "AP", dict({ N: drawing })));
            }),
        ],
        [
          "page content under another generation number, so that the page loses it",
          "changes.freed-object",
          (bytes) => update(bytes, (pending) => pending.set(ref(PART.contents, 1), stream({}, latin1(PAGE_TEXT)))),
        ],
        [
          "a mark as large as the page",
          "changes.covering-mark",
          (bytes) => sign(signers, bytes, { field: "Big", rectangle: "0 0 300 190" }),
        ],
      ])("is not called intact: %s", async (_, code, change) => {
        const signature = await first(change(signed));
        expect(codes(signature)).toContain(code);
        expect(signature).toMatchObject({ intact: false, changesAfter: "forbidden" });
        expect(signature.indication).not.toBe("TOTAL-PASSED");
      });

      test("fails when metadata that also draws a page is replaced", async () => {
        const shared = sign(
          signers,
          update(plainDocument(), (pending, file) => {
            const page = dictOf(file, PART.page);
            pending.set(ref(PART.page), withEntry(page, "Contents", [ref(PART.contents), ref(PART.metadata)]));
          }),
        );
        expect((await verify(shared)).verdict).toBe("TOTAL-PASSED");
        const attacked = update(shared, (pending) =>
          pending.set(
            ref(PART.metadata),
            stream({ Type: name("Metadata"), Subtype: name("XML") }, latin1("0 0 300 200 re f")),
          ),
        );
        const signature = await first(attacked);
        expect(signature).toMatchObject({ intact: false, indication: "TOTAL-FAILED", subIndication: "FORMAT_FAILURE" });
        expect(codes(signature)).toContain("changes.shared-object");
      });

      test("fails when a later object has an entry twice", async () => {
        const twice = update(signed, (pending, file) => {
          const page = pending.allocate();
          pending.set(page, dictOf(file, PART.page));
          pending.setRaw(ref(PART.catalog), [
            "<< /Type /Catalog /Pages 99 0 R /Pages 2 0 R /Metadata 6 0 R /AcroForm 7 0 R >>",
          ]);
        });
        const signature = await first(twice);
        expect(signature).toMatchObject({ intact: false, indication: "TOTAL-FAILED" });
        expect(codes(signature)).toContain("changes.duplicate-key");
      });

      test("fails when a field that is also a list of the page's pictures is signed", async () => {
        // The page draws /AP: what signing writes under that key would be painted.
        const prepared = update(plainDocument(), (pending, file) => {
          const page = dictOf(file, PART.page);
          pending.set(ref(PART.page), withEntry(page, "Resources", dict({ XObject: ref(PART.place) })));
        });
        const attacked = sign(signers, sign(signers, prepared), { existing: true });
        const report = await verify(attacked);
        const signature = report.signatures.find(({ field }) => field === "Signature1");
        expect(signature).toMatchObject({ intact: false, indication: "TOTAL-FAILED" });
        expect(signature && codes(signature)).toContain("changes.shared-object");
      });

      test("fails when the signature's own dictionary is rewritten", async () => {
        const spoofed = update(signed, (pending, file) => {
          const field = file.size - 1;
          const value = dictOf(file, field).entries.has("FT") ? field - 1 : field;
          pending.set(ref(value), withEntry(dictOf(file, value), "Reason", text("I agree to everything")));
        });
        const report = await verify(spoofed);
        expect(report.verdict).toBe("TOTAL-FAILED");
        expect(report.signatures.every(({ intact }) => !intact)).toBe(true);
      });
    });

    describe("that certifies", () => {
      const certified = (level: number): Uint8Array =>
        sign(signers, plainDocument(), {
          entries: `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /V /1.2 /P ${level} >> >>]`,
        });

      test("with no changes permitted, fails when somebody signs later", async () => {
        const signature = await first(sign(signers, certified(1), { field: "Signature2" }));
        expect(codes(signature)).toContain("changes.not-permitted");
        expect(signature).toMatchObject({ intact: false, indication: "TOTAL-FAILED" });
      });

      test("with filling in permitted, allows an existing field, not a new visible one", async () => {
        expect((await verify(sign(signers, certified(2), { existing: true }))).verdict).toBe("TOTAL-PASSED");
        const sneaky = await first(sign(signers, certified(2), { field: "Sneaky", rectangle: "0 0 300 200" }));
        expect(sneaky).toMatchObject({ intact: false, indication: "TOTAL-FAILED" });
      });
    });

    describe("with a damaged signature", () => {
      const edit = (bytes: Uint8Array, from: RegExp, to: (found: string) => string): Uint8Array => {
        const source = Buffer.from(bytes).toString("latin1");
        const changed = source.replace(from, (found) => to(found).padEnd(found.length).slice(0, found.length));
        expect(changed).not.toBe(source);
        return latin1(changed);
      };

      test.each<readonly [string, string, (bytes: Uint8Array) => Uint8Array]>([
        ["one byte of the content is changed", "HASH_FAILURE", (bytes) => edit(bytes, /Pay 100/u, () => "Pay 900")],
        [
          "the byte range starts later",
          "FORMAT_FAILURE",
          (bytes) => edit(bytes, /\/ByteRange \[0 /u, () => "/ByteRange [1 "),
        ],
        ["the byte range is missing", "FORMAT_FAILURE", (bytes) => edit(bytes, /\/ByteRange/u, () => "/ByteRAnge")],
        [
          "the byte range has three numbers",
          "FORMAT_FAILURE",
          (bytes) => edit(bytes, /\/ByteRange \[0 \d+/u, (found) => found.replace(/ \d+$/u, "")),
        ],
        [
          "the value is empty",
          "FORMAT_FAILURE",
          (bytes) => edit(bytes, /\/Contents <[0-9a-f]+>/u, () => "/Contents <>"),
        ],
        [
          "the value is all zeroes",
          "FORMAT_FAILURE",
          (bytes) =>
            edit(bytes, /\/Contents <[0-9a-f]+>/u, (found) => found.replaceAll(/[0-9a-f](?=[0-9a-f]*>)/gu, "0")),
        ],
        ["the value is no CMS", "FORMAT_FAILURE", (bytes) => edit(bytes, /\/Contents <30/u, () => "/Contents <31")],
      ])("fails when %s", async (_, subIndication, change) => {
        const report = await verify(change(signed));
        expect(report.verdict).toBe("TOTAL-FAILED");
        expect(report.signatures[0]).toMatchObject({ intact: false, indication: "TOTAL-FAILED", subIndication });
      });

      test("never says that a signed file whose structure is broken has no signature", async () => {
        const report = await verify(edit(signed, /startxref\n\d+\n%%EOF\n$/u, () => "startxref\n1\n%%EOF\n"));
        expect(report.verdict).toBe("TOTAL-FAILED");
        expect(codes(report)).toContain("format.damaged");
      });

      test("fails wherever it is cut off", async () => {
        for (const part of [0.2, 0.5, 0.9, 0.999]) {
          const report = await verify(signed.slice(0, Math.floor(signed.length * part)));
          // The first revision, which was not signed, may still be readable; what follows it is then told.
          expect(["TOTAL-FAILED", "UNREADABLE", "INDETERMINATE"]).toContain(report.verdict);
          expect(report.signatures.some(({ intact }) => intact)).toBe(false);
        }
      });

      test("never passes with one changed byte outside the value", async () => {
        const gap = Buffer.from(signed).indexOf("/Contents <30") + "/Contents ".length;
        const gapEnd = Buffer.from(signed).indexOf(">", gap) + 1;
        const passed: number[] = [];
        for (let offset = 0; offset < signed.length; offset += 13) {
          const inside = offset >= gap && offset < gapEnd;
          const { verdict } = inside
            ? { verdict: "" }
            : await verify(signed.with(offset, (signed[offset] ?? 0) ^ 0x05));
          if (verdict === "TOTAL-PASSED") {
            passed.push(offset);
          }
        }
        expect(passed).toEqual([]);
      });
    });

    test("answers for files that are none", async () => {
      expect((await verify(new Uint8Array())).verdict).toBe("UNREADABLE");
      expect((await verify(latin1("hello"))).verdict).toBe("UNREADABLE");
      expect((await verify(plainDocument())).verdict).toBe("NO-SIGNATURE");
      const missing = await verifyFile(signers.path("not-there.pdf"), { trustAnchors: [] });
      expect(missing).toMatchObject({ verdict: "UNREADABLE", reasons: [{ code: "file.unreadable" }] });
    });

    test("stops when it is told to", async () => {
      const report = await verify(signed, { signal: AbortSignal.abort() });
      expect(report).toMatchObject({ verdict: "INDETERMINATE", reasons: [{ code: "verification.cancelled" }] });
    });
  },
);

/** Puts an object between those of the last update and moves what follows, as an incremental saving attack does. */
function hideObject(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes).toString("latin1");
  const table = source.lastIndexOf("\nxref\n") + 1;
  const hidden = "3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n";
  const moved = `${source.slice(0, table)}${hidden}${source.slice(table)}`;
  return latin1(moved.replace(/startxref\n\d+\n%%EOF\n$/u, `startxref\n${table + hidden.length}\n%%EOF\n`));
}
