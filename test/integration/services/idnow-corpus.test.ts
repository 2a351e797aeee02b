import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { FailureCode } from "../../../shared/failure.ts";
import type { Placement } from "../../../shared/placement.ts";
import { openIdnowWorld, orderDetails, willingPerson } from "./idnow-world.ts";
import type { IdnowWorld } from "./idnow-world.ts";
import { makeWorld, openInstance, unchangedOriginals } from "./signing-world.ts";

/** Documents of other programs' test suites, each with a structure of its own, on the whole way to IDnow and back. */
const CORPUS = fileURLToPath(new URL("../../../../shared/corpus/structure/", import.meta.url));
const files = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => name.endsWith(".pdf")) : [];

/** What may be refused, and why; everything else has to come back signed. */
const REFUSED: ReadonlyMap<string, FailureCode> = new Map([
  // A signing service cannot open what is encrypted; the last of them asks for a password even before that.
  ["dss__edition_protected_signing_allowed_with_field.pdf", "provider.document-encrypted"],
  ["dss__restricted_fields.pdf", "provider.document-encrypted"],
  ["qpdf__leading-junk.pdf", "provider.document-encrypted"],
  ["pdfbox__sign_me_protected.pdf", "document.encrypted"],
  // A letter of its header is damaged.
  ["libpdf__PDFBOX-6040-nodeloop.pdf", "document.not-a-pdf"],
  // The page tree is a circle.
  ["qpdf__pages-loop.pdf", "document.damaged"],
  // Signed already, and some of its objects are defined twice.
  ["pdfium__two_signatures.pdf", "document.hidden-parts"],
  // Halves of two files, one behind the other. The page's annotations are object 22: in the first half a list of one
  // annotation, in the second half a dictionary of fonts, one of which is the root of the document (object 50). Signing
  // puts a list with nothing but the mark in its place and changes that root. For a program that reads the first half
  // an annotation is gone, so the alarm is no false one.
  ["plc__invalid_xref.pdf", "returned.changed"],
]);

/** `qpdf --check` calls them damaged: a clean copy is sent, so the bytes of the original are not kept. */
const REWRITTEN: ReadonlySet<string> = new Set([
  "libpdf__xref-off-by-one.pdf",
  "pdfium__bug_455199.pdf",
  "pdfium__bug_xrefv4_loop.pdf",
  "pdfjs__helloworld-bad.pdf",
  "pdfjs__xref_command_missing.pdf",
  "pyh__minimal-startxref-obo5.pdf",
  "qpdf__append-xref-loop.pdf",
]);

/** Empty signature fields, by their own names in these files. */
const FIELDS: readonly (readonly [string, string])[] = [
  ["apr__formfields-scanned-withfields.pdf", "Signature1"],
  ["dss__documentEmptySignature.pdf", "signature"],
  ["jsp__service-agreement.pdf", "JaneDoe"],
  ["pdfbox__acroform.pdf", "Signature"],
  ["pyh__minimal-two-fields.pdf", "Sig2"],
  ["pyh__struct-tree-circular-ref.pdf", "Sig1"],
];

describe.skipIf(files.length === 0)(
  `documents of other programs at IDnow${files.length === 0 ? " (skipped: the corpus is not here)" : ""}`,
  () => {
    let idnow: IdnowWorld;
    let environment: SigningEnvironment;
    beforeAll(async () => {
      idnow = await openIdnowWorld();
      idnow.sandbox.control.idnow.setAccount({ level: "B-B" });
      environment = await idnow.environment();
    });
    afterAll(() => idnow.close());

    /** The code of the refusal, before or after sending; null: delivered. */
    async function sign(name: string, placement: Placement = { kind: "invisible" }) {
      const world = await makeWorld([]);
      copyFileSync(join(CORPUS, name), join(world.folder, name));
      (world.originals as Map<string, Buffer>).set(name, readFileSync(join(CORPUS, name)));
      const instance = openInstance(world, environment, { person: willingPerson });
      const request = { provider: "idnow", level: "B-B", details: orderDetails, placement } as const;
      const reviewed = await instance.review(request);
      if (reviewed.ok) {
        await instance.sign(request);
      }
      instance.close();
      const told = instance.progress.at(-1)?.told;
      const failure = reviewed.ok ? (told?.kind === "failed" ? told.failure : null) : reviewed.failure;
      return { world, told, refusal: failure?.code ?? null };
    }

    /** What was sent and one good signature of the person behind it. Resolves to its field. */
    async function expectSigned(name: string, placement?: Placement): Promise<readonly string[]> {
      const { world, told, refusal } = await sign(name, placement);
      expect(refusal).toBeNull();
      expect(told).toMatchObject({ kind: "delivered", level: "B-B" });
      const [made = "", ...more] = await world.made();
      expect(more).toEqual([]);
      const output = join(world.folder, made);
      const [before, after] = [readFileSync(join(CORPUS, name)), await readFile(output)];
      expect(after.subarray(0, before.length).equals(before)).toBe(!REWRITTEN.has(name));
      const { trustAnchors } = environment;
      const report = await verifyFile(output, { trustAnchors, revocation: "not-checked" });
      const earlier = (await verifyFile(join(CORPUS, name), { trustAnchors })).signatures.map(({ field }) => field);
      const added = report.signatures.filter(({ field }) => !earlier.includes(field));
      expect(added).toMatchObject([
        { type: "signature", signer: "Zoë Müller-Straße", level: "B-B", intact: true, indication: "TOTAL-PASSED" },
      ]);
      expect(await unchangedOriginals(world)).toBe(true);
      return added.map(({ field }) => field);
    }

    test.for([...REFUSED])("%s is refused (%s), and nothing is written", async ([name, code]) => {
      const { world, refusal } = await sign(name);
      expect(refusal).toBe(code);
      expect(await world.made()).toEqual([]);
      expect(await unchangedOriginals(world)).toBe(true);
    });

    test.for(files.filter((name) => !REFUSED.has(name)))("%s comes back signed", async (name) => {
      expect(await expectSigned(name)).toHaveLength(1);
    });

    test.for(FIELDS)("%s comes back signed in its field %s", async ([name, field]) => {
      expect(await expectSigned(name, { kind: "field", field })).toEqual([field]);
    });
  },
);
