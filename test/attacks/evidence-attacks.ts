import { deflateSync } from "node:zlib";

import type { EvidenceReport, FileReport } from "../../shared/verification.ts";
import {
  GOOD,
  makeBankIdPeople,
  makeHolder,
  PERSON,
  personExtensions,
  REVOKED,
  SIGNED_AT,
  UNKNOWN,
} from "../unit/evidence/bankid/made-evidence.ts";
import { WRAPPING_ATTACKS } from "../unit/evidence/bankid/wrapping-attacks.ts";
import { baseDocument, BODIES, OBJECT, SIGNED_TEXT } from "./base-documents.ts";
import {
  attach,
  type AttachOptions,
  type EvidencePki,
  filesFor,
  filesOf,
  textsAbout,
  withPage,
} from "./evidence-documents.ts";
import { makeEvidence } from "../unit/evidence/bankid/made-evidence.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw } from "./sign-raw.ts";

/** A file that looks as if a person had signed what it shows. */
export interface EvidenceAttack {
  readonly name: string;
  /** One of the reasons, of the file, of its evidence or of a signature, begins like this. */
  readonly reason: string;
  /** What may be said of the person; "failed" when absent. */
  readonly verdict?: EvidenceReport["verdict"];
  readonly build: () => RawDocument;
}

const DAY = 24 * 3600_000;
const original = baseDocument();
const OTHER_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>";
/** The body of an object that has no end. */
const BROKEN = "<< /Type";
const overwritten = stream("BT /F1 18 Tf 50 150 Td (Pay 900 EUR) Tj ET");

export async function evidenceAttacks({ pki, people }: EvidencePki): Promise<readonly EvidenceAttack[]> {
  const evidence = filesOf(people, textsAbout([original.text]));
  const seal = (document: RawDocument): RawDocument => signRaw(document, pki.other, { field: "Seal" });
  const sealed = (options: AttachOptions, files = evidence, document = original): RawDocument =>
    seal(attach(document, files, options));
  const other = baseDocument({ [PART.content]: stream("BT /F1 18 Tf 50 150 Td (Pay 1 EUR) Tj ET") });
  const strangers = await makeBankIdPeople();
  const [stranger, expired, impostor] = await Promise.all([
    makeHolder({ name: PERSON, issuer: null, extensions: personExtensions() }),
    makeHolder({
      name: PERSON,
      issuer: people.customer,
      extensions: personExtensions(),
      until: new Date(SIGNED_AT.getTime() - DAY),
    }),
    makeHolder({ name: PERSON, issuer: people.customer, extensions: personExtensions() }),
  ]);
  /** Objects of the document written anew by the update that adds the evidence. */
  const replacing = (
    name: string,
    reason: string,
    objects: Readonly<Record<number, string>>,
    more: AttachOptions = {},
    verdict?: EvidenceReport["verdict"],
  ): EvidenceAttack => ({
    name,
    reason,
    ...(verdict === undefined ? {} : { verdict }),
    build: () => sealed({ ...more, objects: () => objects }),
  });
  const attached = (name: string, reason: string, options: AttachOptions): EvidenceAttack => ({
    name,
    reason,
    build: () => sealed(options),
  });
  /** Evidence that is wrong in itself, well attached and sealed. */
  const wrong = (name: string, reason: string, files: () => ReadonlyMap<string, Uint8Array>): EvidenceAttack => ({
    name,
    reason,
    build: () => sealed({}, new Map(files())),
  });
  const texts = textsAbout([original.text]);
  const answered = (order: Parameters<typeof filesOf>[2]) => () => filesOf(people, texts, order);
  const without = (name: string) => new Map([...evidence].filter(([file]) => file !== name));
  const replaced = (name: string, bytes: Uint8Array) => new Map(evidence).set(name, bytes);
  const truth = "bankid-evidence.json";
  const hiddenTable = withHiddenTable();
  const only = (name: string, change: (text: string) => string) => (text: string, file: string) =>
    file === name ? change(text) : text;
  const pageOf = original.size + evidence.size * 2;
  const pages = (kids: string, count: number): string => `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`;
  const catalogWith = (text: string) => (made: Readonly<Record<number, string>>) => ({
    [PART.catalog]: swap(made[PART.catalog] ?? "", "<<", `<< ${text}`),
  });

  return [
    // Another document than the one that was signed
    {
      name: "evidence about another document",
      reason: "evidence.other-document",
      build: () => sealed({}, filesOf(people, textsAbout([other.text]))),
    },
    {
      name: "a digit of the document changed before the evidence was attached",
      reason: "evidence.other-document",
      build: () => {
        const changed = { ...original, text: swap(original.text, SIGNED_TEXT, "Pay 900 EUR") };
        return sealed({}, evidence, changed);
      },
    },
    {
      name: "a digit of the document changed under the seal",
      reason: "evidence.other-document",
      build: () => {
        const document = sealed({});
        return { ...document, text: swap(document.text, SIGNED_TEXT, "Pay 900 EUR") };
      },
    },
    {
      name: "the right digest of another number of bytes",
      reason: "evidence.other-document",
      build: () => sealed({}, filesOf(people, textsAbout([original.text], { size: original.text.length - 1 }))),
    },
    {
      name: "a beginning that is no document",
      reason: "evidence.no-revision",
      build: () => sealed({}, filesOf(people, textsAbout([original.text.slice(0, -3)]))),
    },
    {
      name: "a beginning without its cross-reference",
      reason: "evidence.other-document",
      build: () => sealed({}, filesOf(people, textsAbout([original.text.slice(0, 900)]))),
    },
    {
      name: "a document of another number of pages",
      reason: "evidence.pages-differ",
      build: () => sealed({}, filesOf(people, textsAbout([original.text], { pages: 1 }))),
    },
    {
      name: "a document that was changed after the person had signed, before the evidence was attached",
      reason: "changes.object",
      build: () => sealed({}, evidence, revise(original, { [PART.content]: overwritten })),
    },
    {
      name: "a document that was changed between evidence and seal",
      reason: "changes.object",
      build: () => seal(revise(attach(original, evidence), { [PART.content]: overwritten })),
    },

    // The document replaced by the update that brings the evidence
    replacing("a page's content overwritten", "changes.object", { [PART.content]: overwritten }),
    replacing("a page shows other content", "changes.page", {
      [PART.page]: swap(BODIES[PART.page] ?? "", "/Contents 4 0 R", "/Contents 22 0 R"),
    }),
    replacing("a page's box", "changes.page", {
      [PART.page]: swap(BODIES[PART.page] ?? "", "[0 0 300 200]", "[0 0 300 140]"),
    }),
    replacing("pages in another order", "changes.object", { [PART.pages]: pages("21 0 R 3 0 R", 2) }),
    replacing("a page taken out", "changes.object", { [PART.pages]: pages("3 0 R", 1) }),
    replacing("a box for all pages", "changes.object", {
      [PART.pages]: swap(BODIES[PART.pages] ?? "", "<<", "<< /CropBox [0 0 300 140]"),
    }),
    replacing(
      "a page in front",
      "changes.object",
      { [PART.pages]: pages(`${pageOf} 0 R 3 0 R 21 0 R`, 3) },
      { page: "Anna" },
    ),
    replacing(
      "a page in the middle",
      "changes.object",
      { [PART.pages]: pages(`3 0 R ${pageOf} 0 R 21 0 R`, 3) },
      { page: "Anna" },
    ),
    replacing(
      "a page in the place of another",
      "changes.object",
      { [PART.pages]: pages(`3 0 R ${pageOf} 0 R`, 2) },
      { page: "Anna" },
    ),
    replacing(
      "a page twice",
      "changes.object",
      { [PART.pages]: pages(`3 0 R 21 0 R ${pageOf} 0 R ${pageOf} 0 R`, 4) },
      { page: "Anna" },
    ),
    replacing("a page of the document again", "changes.object", { [PART.pages]: pages("3 0 R 21 0 R 3 0 R", 3) }),
    replacing(
      "a wrong number of pages",
      "changes.object",
      { [PART.pages]: pages(`3 0 R 21 0 R ${pageOf} 0 R`, 2) },
      { page: "Anna" },
    ),
    replacing(
      "two pages",
      "changes.object",
      { [PART.pages]: pages(`3 0 R 21 0 R ${pageOf} 0 R ${pageOf + 3} 0 R`, 4), [pageOf + 3]: OTHER_PAGE },
      { page: "Anna" },
    ),
    replacing(
      "a branch of pages",
      "changes.page-appended",
      {
        [PART.pages]: pages(`3 0 R 21 0 R ${pageOf + 3} 0 R`, 3),
        [pageOf + 3]: `<< /Type /Pages /Parent 2 0 R /Kids [${pageOf} 0 R] /Count 1 >>`,
      },
      { page: "Anna" },
    ),
    {
      name: "a page that came after the evidence",
      reason: "changes.object",
      build: () => {
        const document = attach(original, evidence);
        const page = document.size;
        return seal(revise(document, { [PART.pages]: withPage(body(document, PART.pages), page), [page]: OTHER_PAGE }));
      },
    },
    {
      name: "a page that came before the evidence",
      reason: "changes.object",
      build: () => {
        const page = original.size;
        const document = revise(original, {
          [PART.pages]: withPage(body(original, PART.pages), page),
          [page]: OTHER_PAGE,
        });
        return sealed({}, evidence, document);
      },
    },
    replacing(
      "a field's value and drawing",
      "changes.",
      {
        [OBJECT.textField]: swap(BODIES[OBJECT.textField] ?? "", "(100)", "(900)"),
        [OBJECT.textAppearance]: swap(BODIES[OBJECT.textAppearance] ?? "", "(100)", "(900)"),
      },
      {},
      undefined,
    ),
    replacing("a box ticked", "changes.", {
      [OBJECT.checkBox]: swap(swap(BODIES[OBJECT.checkBox] ?? "", "/V /Off", "/V /Yes"), "/AS /Off", "/AS /Yes"),
    }),
    replacing(
      "an annotation over the text",
      "changes.",
      {
        [PART.page]: swap(BODIES[PART.page] ?? "", "/Annots [", `/Annots [${pageOf} 0 R `),
        [pageOf]: `<< /Type /Annot /Subtype /Square /F 4 /Rect [40 140 200 170] /IC [1 1 1] /AP << /N ${pageOf + 1} 0 R >> >>`,
        [pageOf + 1]: stream("1 g 0 0 160 30 re f", "/Type /XObject /Subtype /Form /BBox [0 0 160 30]"),
      },
      {},
      "undecided",
    ),
    replacing("a note beside the text", "changes.", {
      [PART.page]: swap(BODIES[PART.page] ?? "", "/Annots [", `/Annots [${pageOf} 0 R `),
      [pageOf]: "<< /Type /Annot /Subtype /Text /F 4 /Rect [270 170 290 190] /Contents (and not more) >>",
    }),
    {
      name: "a layer switched off",
      reason: "changes.catalog",
      build: () =>
        sealed({
          objects: (made) => ({ [PART.catalog]: swap(made[PART.catalog] ?? "", "/ON [15 0 R]", "/OFF [15 0 R]") }),
        }),
    },
    replacing("a font replaced", "changes.object", {
      [OBJECT.font]: "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>",
    }),
    replacing("what a font's letters mean", "changes.object", { [OBJECT.toUnicode]: stream("other") }),
    replacing(
      "a drawing that did not exist",
      "changes.appearing-object",
      { [OBJECT.dangling]: stream("1 g 0 0 300 200 re f", "/Type /XObject /Subtype /Form /BBox [0 0 300 200]") },
      {},
      "undecided",
    ),
    replacing(
      "a link's goal",
      "changes.",
      { [OBJECT.link]: swap(BODIES[OBJECT.link] ?? "", "https://example.org/", "https://example.com/") },
      {},
      "undecided",
    ),
    {
      name: "an action when the document is opened",
      reason: "changes.catalog",
      build: () => sealed({ objects: catalogWith("/OpenAction << /S /JavaScript /JS (app.alert) >>") }),
    },
    {
      name: "labels of pages",
      reason: "changes.not-judged",
      verdict: "undecided",
      build: () => sealed({ objects: catalogWith("/PageLabels << /Nums [0 << /S /r >>] >>") }),
    },
    {
      name: "another catalog",
      reason: "changes.catalog-replaced",
      build: () =>
        sealed({
          objects: (made) => ({ [pageOf + 9]: made[PART.catalog] ?? "" }),
          revision: { root: `${pageOf + 9} 0 R` },
        }),
    },
    {
      name: "a page's content taken away",
      reason: "changes.freed-object",
      verdict: "undecided",
      build: () => sealed({ revision: { free: [PART.content] } }),
    },
    {
      name: "an object that no cross-reference knows",
      reason: "revision.unexplained-bytes",
      build: () => sealed({ revision: { hidden: `4 0 obj\n${overwritten}\nendobj\n` } }),
    },
    {
      name: "a stowaway in an object stream",
      reason: "revision.object-stream",
      build: () => sealed({ revision: { style: "packed", stowaways: [[4, "<< /Other true >>"]] } }),
    },
    {
      name: "a table in the signed bytes that its own end does not name",
      reason: "evidence.no-revision",
      build: () =>
        sealed(
          { revision: { previous: hiddenTable.at } },
          filesOf(people, textsAbout([hiddenTable.document.text])),
          hiddenTable.document,
        ),
    },
    {
      name: "content that only some programs are shown (hybrid)",
      reason: "",
      build: () => sealed({ revision: { style: "hybrid" }, objects: () => ({ [PART.content]: overwritten }) }),
    },

    // More than evidence in the lists of attachments
    {
      name: "another attachment beside the evidence",
      reason: "changes.object",
      build: () => sealed({}, new Map(evidence).set("contract-as-agreed.txt", new Uint8Array([0x31]))),
    },
    replacing("an attachment of the document replaced", "changes.object", {
      [OBJECT.embedded]: stream("other", "/Type /EmbeddedFile"),
    }),
    replacing("an attachment of the document called otherwise", "changes.object", {
      [OBJECT.fileSpecification]: swap(BODIES[OBJECT.fileSpecification] ?? "", "/UF (a.txt)", "/UF (b.txt)"),
    }),
    attached("an attachment of the document taken out", "changes.object", {
      named: (tree) => swap(tree, "(a.txt) 26 0 R", ""),
    }),
    attached("an attachment of the document under another name", "changes.object", {
      named: (tree) => swap(tree, "(a.txt) 26 0 R", "(aa.txt) 26 0 R"),
    }),
    attached("names out of their order", "changes.object", {
      named: (tree) => swap(swap(tree, "(a.txt) 26 0 R", ""), "[", "[(bankid-zzz) 26 0 R"),
    }),
    attached("a script among the names", "changes.object", {
      named: (tree) => swap(tree, "<<", "<< /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >>"),
    }),
    {
      name: "a file of the document associated with it",
      reason: "changes.not-judged",
      verdict: "undecided",
      build: () => sealed({ associated: (items) => `${items} 26 0 R` }),
    },

    // A page that does more than tell
    attached("a page with an action", "changes.page-appended", {
      page: "Anna",
      pageEntries: "/AA << /O << /S /JavaScript /JS (1) >> >>",
    }),
    attached("a page with a transition", "changes.page-appended", {
      page: "Anna",
      pageEntries: "/Trans << /S /Wipe >> /Dur 1",
    }),
    replacing(
      "a page with a link",
      "changes.page-annotation",
      {
        [pageOf]: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents ${pageOf + 1} 0 R /Annots [${pageOf + 3} 0 R] >>`,
        [pageOf + 3]: BODIES[OBJECT.link] ?? "",
      },
      { page: "Anna" },
    ),
    replacing(
      "a page with a layer",
      "changes.page-appended",
      {
        [pageOf + 2]: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /OC 15 0 R >>",
      },
      { page: "Anna" },
    ),
    replacing(
      "a page with a program of PostScript",
      "changes.page-appended",
      {
        [pageOf + 2]: stream("showpage", "/Type /XObject /Subtype /PS"),
      },
      { page: "Anna" },
    ),
    replacing(
      "a page that says to belong elsewhere",
      "changes.page-appended",
      {
        [pageOf]: swap(OTHER_PAGE, "/Parent 2 0 R", "/Parent 3 0 R"),
      },
      { page: "Anna" },
    ),

    // The four files
    attached("the evidence twice under one name", "evidence.duplicate", {
      named: (tree) => swap(tree, `(${truth})`, `(${truth}) ${pageOf} 0 R (${truth})`),
      objects: () => ({
        [pageOf]: `<< /Type /Filespec /F (${truth}) /UF (${truth}) /EF << /F ${pageOf + 1} 0 R >> >>`,
        [pageOf + 1]: stream("{}", "/Type /EmbeddedFile"),
      }),
    }),
    attached("a second file of the name in one list only", "evidence.duplicate", {
      associated: (items) => `${items} ${pageOf} 0 R`,
      objects: () => ({
        [pageOf]: `<< /Type /Filespec /F (${truth}) /UF (${truth}) /EF << /F ${pageOf + 1} 0 R >> >>`,
        [pageOf + 1]: stream("{}", "/Type /EmbeddedFile"),
      }),
    }),
    wrong("a copy that says something else", "evidence.copy-differs", () =>
      replaced("bankid-signature.xml", new TextEncoder().encode("<Signature/>")),
    ),
    wrong("a list of documents that says something else", "evidence.copy-differs", () =>
      replaced("bankid-manifest.json", new TextEncoder().encode("{}")),
    ),
    wrong("the evidence without its copies", "evidence.incomplete", () => new Map([...evidence].slice(0, 1))),
    wrong("the copies without the evidence", "evidence.incomplete", () => without(truth)),
    wrong("evidence in another spelling", "evidence.malformed", () =>
      replaced(truth, new TextEncoder().encode(` ${Buffer.from(evidence.get(truth) ?? []).toString()}`)),
    ),
    wrong("evidence that is too large", "evidence.", () =>
      replaced("bankid-ocsp.der", new Uint8Array(5 * 1024 * 1024)),
    ),
    attached("files in one list only", "evidence.one-list", { associated: () => "" }),
    attached("files in the other list only", "evidence.one-list", { named: () => BODIES[OBJECT.names] ?? "" }),
    attached("two names for one file", "evidence.two-names", {
      specification: only(truth, (text) => swap(text, `/UF (${truth})`, "/UF (other.json)")),
    }),
    attached("another name in the list", "evidence.two-names", {
      named: (tree) => swap(tree, `(${truth})`, "(bankid-evidence.jsoo)"),
    }),
    attached("a file with two contents", "evidence.unreadable", {
      specification: only(truth, (text) => text.replace(/\/UF (\d+) 0 R >>/u, "/UF 25 0 R >>")),
    }),
    attached("a file for another system", "evidence.unreadable", {
      specification: only(truth, (text) => text.replace("/EF <<", "/EF << /Unix 25 0 R")),
    }),
    attached("a file that lies elsewhere", "evidence.unreadable", {
      embedded: only(truth, (text) => swap(text, "<<", "<< /F (other.json)")),
    }),
    attached("a file with an unknown filter", "evidence.unreadable", {
      embedded: only(truth, (text) => swap(text, "<<", "<< /Filter /Crypt2")),
    }),
    attached("a file that is not compressed as it says", "evidence.unreadable", {
      embedded: only(truth, (text) => swap(text, "<<", "<< /Filter /FlateDecode")),
    }),
    attached("a list of contents that cannot be parsed", "evidence.unreadable", {
      specification: only(truth, (text) => text.replace(/\/EF <<.*?>>/u, `/EF ${pageOf} 0 R`)),
      objects: () => ({ [pageOf]: BROKEN }),
    }),
    attached("content that cannot be parsed", "evidence.unreadable", { embedded: only(truth, () => BROKEN) }),
    attached("another name that cannot be parsed", "evidence.two-names", {
      specification: only(truth, (text) => swap(text, `/UF (${truth})`, `/UF ${pageOf} 0 R`)),
      objects: () => ({ [pageOf]: BROKEN }),
    }),
    {
      name: "evidence about another document beside an attachment that cannot be parsed",
      reason: "evidence.other-document",
      build: () =>
        sealed(
          { associated: (items) => `${pageOf} 0 R ${items}`, objects: () => ({ [pageOf]: BROKEN }) },
          filesOf(people, textsAbout([other.text])),
        ),
    },
    attached("a list of associated files that cannot be parsed", "evidence.one-list", {
      objects: (made) => ({
        [PART.catalog]: (made[PART.catalog] ?? "").replace(/\/AF \[.*?\]/u, `/AF ${pageOf} 0 R`),
        [pageOf]: BROKEN,
      }),
    }),
    attached("a file that swells", "evidence.", {
      embedded: only(truth, () =>
        stream(
          Buffer.from(deflateSync(Buffer.alloc(64 * 1024 * 1024))).toString("latin1"),
          "/Type /EmbeddedFile /Filter /FlateDecode",
        ),
      ),
    }),
    attached("a list of names that leads back to itself", "evidence.one-list", {
      named: () => `<< /EmbeddedFiles ${pageOf} 0 R >>`,
      objects: () => ({ [pageOf]: `<< /Kids [${pageOf} 0 R] >>` }),
    }),

    // Order of evidence and seal
    {
      name: "evidence about the sealed document's beginning, added after the seal",
      reason: "evidence.after-seal",
      build: () => attach(seal(original), evidence),
    },
    {
      name: "evidence exchanged after the seal",
      reason: "evidence.",
      build: () => {
        const document = sealed({});
        const better = filesOf(people, texts, { signer: impostor });
        return revise(document, {
          [original.size + 1]: stream(Buffer.from(better.get(truth) ?? []).toString("latin1"), "/Type /EmbeddedFile"),
        });
      },
    },
    {
      name: "a page about evidence that nobody sealed",
      reason: "evidence.page-not-sealed",
      verdict: "undecided",
      build: () => attach(original, evidence, { page: "Anna agreed to pay 1000 EUR" }),
    },
    {
      name: "a page about evidence exchanged after the seal",
      reason: "evidence.page-not-sealed",
      verdict: "undecided",
      build: () =>
        revise(sealed({ page: "Anna" }), { [pageOf + 1]: stream("BT /F1 12 Tf 20 100 Td (Anna pays) Tj ET") }),
    },
    {
      name: "a seal that does not hold over good evidence",
      reason: "evidence.seal-broken",
      verdict: "passed",
      build: () =>
        signRaw(attach(original, evidence), pki.other, { field: "Seal", value: () => new Uint8Array(1000).fill(0x30) }),
    },
    {
      name: "a seal of somebody whom nobody knows over good evidence",
      reason: "certificate.no-chain",
      verdict: "passed",
      build: () => signRaw(attach(original, evidence), pki.stranger, { field: "Seal" }),
    },
    {
      name: "a seal whose mark lies over the text",
      reason: "changes.mark-covers",
      build: () => signRaw(attach(original, evidence), pki.other, { field: "Seal", rectangle: "45 145 120 170" }),
    },
    {
      name: "a seal whose mark stands before an amount",
      reason: "changes.mark-beside-text",
      verdict: "undecided",
      build: () => signRaw(attach(original, evidence), pki.other, { field: "Seal", rectangle: "30 148 48 166" }),
    },
    {
      name: "evidence of a second person about another document",
      reason: "changes.object",
      build: () => {
        const first = attach(original, evidence);
        const second = filesOf(people, textsAbout([other.text]));
        return seal(attach(first, second, { rename: (name) => name.replace(".", "-2.") }));
      },
    },

    {
      name: "an empty field over the text, signed with a drawing of another text",
      reason: "changes.mark-covers",
      build: () => {
        const document = baseDocument({
          [OBJECT.emptySignature]: swap(BODIES[OBJECT.emptySignature] ?? "", "[200 10 290 30]", "[45 145 160 170]"),
        });
        const files = filesOf(people, textsAbout([document.text]));
        return signRaw(attach(document, files), pki.other, {
          existing: OBJECT.emptySignature,
          appearance: stream("1 g 0 0 115 25 re f", "/Type /XObject /Subtype /Form /BBox [0 0 115 25]"),
        });
      },
    },
    {
      name: "a page that comes with evidence for which somebody made himself the root",
      reason: "changes.object",
      build: () => {
        const first = attach(original, evidence);
        const rename = (name: string): string => name.replace(".", "-2.");
        return seal(attach(first, filesOf(strangers, texts), { page: "Anna also agrees", rename }));
      },
    },

    // Evidence that is wrong in itself
    wrong("the answer of another signature", "bankid.ocsp-nonce", () =>
      filesFor(
        {
          ...makeEvidence(people, { document: { visible: texts.visibleText, hidden: texts.hiddenData } }),
          ocspResponse: makeEvidence(people).ocspResponse,
        },
        texts,
      ),
    ),
    wrong("an answer without a nonce", "bankid.ocsp-nonce", answered({ response: { nonce: null } })),
    wrong("a BankID that was blocked", "bankid.ocsp-status", answered({ response: { status: REVOKED } })),
    wrong("a BankID that is unknown", "bankid.ocsp-status", answered({ response: { status: UNKNOWN } })),
    wrong("a BankID that had expired", "bankid.chain", answered({ signer: expired })),
    wrong(
      "an answer about another BankID",
      "bankid.ocsp-certificate",
      answered({ response: { about: impostor.certificate, status: GOOD } }),
    ),
    wrong("an answer by somebody else", "bankid.ocsp-responder", answered({ response: { responder: stranger } })),
    wrong(
      "an answer from the future",
      "bankid.not-in-the-future",
      answered({ response: { producedAt: new Date(SIGNED_AT.getTime() + 20 * DAY) } }),
    ),
    wrong("a person who vouches for himself", "bankid.", answered({ signer: stranger })),
    wrong("an identification", "bankid.function", answered({ document: { function: "Identification" } })),
    wrong("another text than the evidence says", "bankid.visible-text", answered({ document: { visible: "Hello" } })),
    wrong(
      "other data than the evidence says",
      "bankid.hidden-data",
      answered({ document: { hidden: textsAbout([other.text]).hiddenData } }),
    ),
    wrong("no data signed", "bankid.hidden-data", answered({ document: { hidden: null } })),
    wrong("a text about another document", "evidence.text-differs", () =>
      filesOf(people, { ...texts, visibleText: textsAbout([other.text]).visibleText }),
    ),
    wrong("a text that names the file otherwise", "evidence.text-differs", () =>
      filesOf(people, { ...texts, visibleText: textsAbout([original.text], { name: "greeting.pdf" }).visibleText }),
    ),
    wrong("a text that says more", "evidence.text-differs", () =>
      filesOf(people, { ...texts, visibleText: `${texts.visibleText} No.` }),
    ),
    wrong("a text about fewer documents", "evidence.text-differs", () =>
      filesOf(people, {
        hiddenData: textsAbout([original.text, other.text]).hiddenData,
        visibleText: texts.visibleText,
      }),
    ),
    ...WRAPPING_ATTACKS.map(([title, onDocument]) =>
      wrong(`a wrapped signature: ${title}`, "bankid.", answered({ document: { onDocument } })),
    ),
  ];
}

/** The document with a second definition of a page's content and a table that leads to it, behind everything else. */
function withHiddenTable(): { readonly document: RawDocument; readonly at: number } {
  const table = original.text.slice(original.text.lastIndexOf("\nxref\n") + 1, original.text.lastIndexOf("startxref"));
  const start = original.text.indexOf(table);
  const definition = `${PART.content} 0 obj\n${overwritten}\nendobj\n`;
  const leads = table.replace(/(?<=\n4 1\n)\d{10}/u, String(start).padStart(10, "0"));
  const document = baseDocument(
    {},
    {
      hidden: `${definition}${leads}startxref\n${start + definition.length}\n%%EOF\n`,
    },
  );
  return { document, at: start + definition.length };
}

/** What is wrong with the report on an attack; empty when it was refused as it should be. */
export function complaintsAbout(
  { reason, verdict = "failed" }: EvidenceAttack,
  { verdict: whole, evidence = [], reasons, signatures }: FileReport,
): readonly string[] {
  const codes = [...reasons, ...[...evidence, ...signatures].flatMap((one) => one.reasons)].map(({ code }) => code);
  const complaints = [
    ...(whole === "TOTAL-PASSED" ? ["passed"] : []),
    ...(evidence[0]?.verdict === verdict ? [] : [`the person: ${evidence[0]?.verdict}`]),
    ...(codes.some((code) => code.startsWith(reason)) ? [] : [`no reason ${reason}`]),
    ...(codes.includes("verification.error") ? ["an unexpected error"] : []),
  ];
  return complaints.map((complaint) => `${complaint} (${whole}: ${[...new Set(codes)].join(" ")})`);
}
