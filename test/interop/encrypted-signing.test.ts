import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkConformance } from "../../electron/pades/conformance.ts";
import { inspectForSigning } from "../../electron/pades/inspect-for-signing.ts";
import { isDict, isString } from "../../electron/pdf/objects.ts";
import { formFields } from "../../electron/pdf/form-fields.ts";
import { memorySource } from "../../electron/pdf/memory-source.ts";
import { openOptions, openPdf } from "../../electron/pdf/open-pdf.ts";
import { decodeTextString } from "../../electron/pdf/text-string.ts";
import { verifyFile } from "../../electron/verify/verify-file.ts";
import { simplePdf, streamBody } from "../unit/pdf/build-pdf.ts";
import { encryptWithQpdf, firstDifference, KINDS, runQpdf } from "../unit/pdf/encryption/encrypted-files.ts";
import { askMutool, askOpenssl, askPdfsig, askQpdf } from "./pades/outside-judges.ts";
import { hasTool, runTool } from "./pades/run-tool.ts";
import { signAs } from "./pades/sign-as.ts";
import { makePeople } from "./pades/test-people.ts";
import type { TestPeople } from "./pades/test-people.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus/structure");
const missing = ["openssl", "qpdf", "pdfsig", "mutool"].filter((tool) => !hasTool(tool));

/** A page with text, a form with a filled-in field, a description: strings and streams that must stay readable. */
const DOCUMENT = simplePdf(1, {
  trailer: "/Info 10 0 R/ID[<0102030405060708090A0B0C0D0E0F10><0102030405060708090A0B0C0D0E0F10>]",
  objects: {
    1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[12 0 R]/DA(/Helv 0 Tf 0 g)>>>>",
    3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 11 0 R/Resources<<>>/Annots[12 0 R]>>",
    10: "<</Title(Secret title)>>",
    11: streamBody("0 0 m 100 100 l S"),
    12: "<</Type/Annot/Subtype/Widget/FT/Tx/T(Name)/V(Anna)/Rect[10 10 100 30]/F 4/P 3 0 R>>",
  },
});

const REASON = "Gelesen \u2013 gepr\u00FCft";
const rectangle = { x: 40, y: 100, width: 200, height: 60 };
const WAYS = [
  { title: "an empty user password", user: "", given: undefined, further: [] },
  // With object streams, and so with cross-reference streams.
  { title: "the user password", user: "user secret", given: "user secret", further: ["--object-streams=generate"] },
  { title: "the owner password", user: "user secret", given: "owner secret", further: [] },
];

describe.skipIf(missing.length > 0)(
  `signing encrypted documents (not here: ${missing.join(", ") || "nothing"})`,
  () => {
    let folder = "";
    let people: TestPeople;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "sealdesk-encrypted-"));
      people = await makePeople(folder);
      await writeFile(join(folder, "plain.pdf"), DOCUMENT);
    }, 60_000);
    afterAll(() => rm(folder, { recursive: true, force: true }));

    describe.each(KINDS)("with $title", (kind) => {
      test.each(WAYS)(
        "opened with $title: other programs and we find both signatures good",
        async ({ user, given, further }) => {
          const work = await mkdtemp(join(folder, "case-"));
          const [source, once, twice] = ["source", "once", "twice"].map((name) => join(work, `${name}.pdf`)) as [
            string,
            string,
            string,
          ];
          encryptWithQpdf(join(folder, "plain.pdf"), source, kind, { user, owner: "owner secret" }, further);
          const claimedTime = new Date("2026-11-22T09:15:00Z");
          const overrides = { claimedTime, ...(given === undefined ? {} : { password: given }) };
          const placement = { kind: "rectangle", page: 1, rectangle } as const;
          const first = await signAs(people.first, source, once, { placement, reason: REASON, overrides });
          const second = await signAs(people.second, once, twice, { placement: { kind: "invisible" }, overrides });
          if (!first.ok || !second.ok) {
            throw new Error(`not signed: ${JSON.stringify([first, second])}`);
          }

          const pdfsig = await askPdfsig(twice, folder, user);
          const expected = { valid: true, subFilter: "ETSI.CAdES.detached" };
          expect(pdfsig.get(first.value.field)).toMatchObject({ ...expected, totalDocument: false });
          expect(pdfsig.get(second.value.field)).toMatchObject({ ...expected, totalDocument: true });
          expect(await askMutool(twice, people.first.name, user)).toEqual(["edits"]);
          expect(await askMutool(twice, people.second.name, user)).toEqual(["unchanged"]);
          expect(await askOpenssl(twice, first.value, people.rootPem)).toBe("CMS Verification successful");
          expect(await askOpenssl(twice, second.value, people.rootPem)).toBe("CMS Verification successful");
          expect(await askQpdf(twice, user)).toEqual({ status: 0, warnings: 0 });
          const drawn = await runTool("mutool", ["draw", "-p", user, "-F", "trace", twice]);
          // mutool is built without colour management here; everything else it says would be about the file.
          expect(drawn.output.match(/^(?:warning|error): (?!ICC support).*/gmu)).toBeNull();

          const report = await verifyFile(twice, { trustAnchors: [], ...openOptions(given) });
          expect(report.signatures.map(({ field, intact, changesAfter }) => ({ field, intact, changesAfter }))).toEqual(
            [
              { field: first.value.field, intact: true, changesAfter: "allowed" },
              { field: second.value.field, intact: true, changesAfter: "none" },
            ],
          );
          const gate = { expectedLevel: "B-B", ...openOptions(given) } as const;
          expect((await checkConformance(once, { ...gate, originalPath: source })).violations).toEqual([]);
          expect((await checkConformance(twice, { ...gate, originalPath: once })).violations).toEqual([]);

          // The same again is the same: what was approved still fits.
          const again = await signAs(people.first, source, join(work, "again.pdf"), {
            placement,
            reason: REASON,
            overrides,
          });
          expect(again.ok && again.value.documentDigest).toBe(first.value.documentDigest);

          // Decrypted by qpdf, everything reads as we read it, and the reason is what was given.
          const decrypted = join(work, "decrypted.pdf");
          runQpdf([`--password=${user}`, "--decrypt", "--stream-data=preserve", twice, decrypted]);
          const theirs = openPdf(memorySource(await readFile(decrypted)));
          expect(
            firstDifference(openPdf(memorySource(await readFile(twice)), openOptions(given)), theirs),
          ).toBeUndefined();
          const signature = theirs.get(formFields(theirs).find(({ name }) => name === first.value.field)!.dict, "V");
          const reason = isDict(signature) ? theirs.get(signature, "Reason") : null;
          expect(isString(reason) && decodeTextString(reason.bytes)).toBe(REASON);
        },
      );
    });

    test.skipIf(!existsSync(corpus)).each([
      ["dss__restricted_fields.pdf", undefined, "field"],
      ["dss__edition_protected_signing_allowed_with_field.pdf", undefined, "field"],
      ["pdfbox__sign_me_protected.pdf", " ", "rectangle"],
    ] as const)("other people's encrypted file %s is signed", async (name, password, kind) => {
      const source = join(corpus, name);
      const staged = join(folder, `signed-${name}`);
      const file = openPdf(memorySource(await readFile(source)), openOptions(password));
      const [empty] = inspectForSigning(file).emptyFields;
      const overrides = password === undefined ? {} : { password };
      const field = { kind: "field", field: empty?.name ?? "" } as const;
      const placement = kind === "field" ? field : ({ kind: "rectangle", page: 1, rectangle } as const);
      const signed = await signAs(people.first, source, staged, { placement, reason: REASON, overrides });
      if (!signed.ok) {
        throw new Error(JSON.stringify(signed));
      }
      const verdicts = await askPdfsig(staged, folder, password ?? "");
      expect(verdicts.get(signed.value.field)).toMatchObject({ valid: true, totalDocument: true });
      const [before, after] = [await askQpdf(source, password), await askQpdf(staged, password)];
      expect(after.warnings).toBeLessThanOrEqual(before.warnings);
      const report = await verifyFile(staged, { trustAnchors: [], ...openOptions(password) });
      expect(report.signatures).toMatchObject([{ intact: true, coverage: "whole-file", changesAfter: "none" }]);
      // Where the permissions allow filling in only, a new field is refused.
      const another = await signAs(people.first, source, staged, { placement: { kind: "invisible" }, overrides });
      expect(another.ok ? null : another.failure.code).toBe(kind === "field" ? "document.signing-not-permitted" : null);
    });

    test("without the password nothing is signed, and the verifier says what it needs", async () => {
      const source = join(folder, "locked.pdf");
      encryptWithQpdf(join(folder, "plain.pdf"), source, KINDS[6]!, { user: "secret", owner: "other" });
      for (const overrides of [{}, { password: "wrong" }]) {
        const signed = await signAs(people.first, source, join(folder, "never.pdf"), {
          placement: { kind: "invisible" },
          overrides,
        });
        expect(signed).toMatchObject({ ok: false, failure: { code: "document.encrypted" } });
        const report = await verifyFile(source, { trustAnchors: [], ...overrides });
        expect(report).toMatchObject({ verdict: "UNREADABLE", reasons: [{ code: "document.encrypted" }] });
      }
    });

    test.each([
      ["--modify=none", "document.signing-not-permitted", undefined],
      ["--modify=form", "document.signing-not-permitted", undefined],
      ["--modify=none", null, "owner"],
    ])("permissions are kept: %s", async (modify, code, password) => {
      const source = join(folder, "restricted.pdf");
      const kind = { ...KINDS[6]!, options: ["256", modify] };
      encryptWithQpdf(join(folder, "plain.pdf"), source, kind, { user: "", owner: "owner" });
      const signed = await signAs(people.first, source, join(folder, "restricted-signed.pdf"), {
        placement: { kind: "invisible" },
        overrides: password === undefined ? {} : { password },
      });
      expect(signed.ok ? null : signed.failure.code).toBe(code);
    });
  },
);
