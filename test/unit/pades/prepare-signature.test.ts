import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { isDict, ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { sha256Hex } from "../../../shared/ids.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import type { MadePdf } from "../../interop/pades/made-pdfs.ts";
import { buildPdf } from "../pdf/build-pdf.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { prepare, sign, workspace } from "./prepare.ts";

const rectangle = { x: 20, y: 20, width: 150, height: 60 };

/** The document with another trailer; the trailer stands behind everything whose offset matters. */
const withTrailer = (entries: string): Uint8Array =>
  Buffer.from(Buffer.from(makePdf()).toString("latin1").replace("/Root 1 0 R", `/Root 1 0 R ${entries}`), "latin1");

/** A document of one page with more in its catalog. */
const withCatalog = (entries: string): Uint8Array =>
  buildPdf({
    objects: {
      1: `<< /Type /Catalog /Pages 2 0 R ${entries} >>`,
      2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] >>",
    },
  });

/** A signed field as another program left it: only what limits later changes matters here. */
const signedField = (reference: string, field = ""): MadePdf => ({
  form: "with-signature-field",
  fieldEntries: `/V << /Type /Sig /Filter /Adobe.PPKLite /Reference [${reference}] >> ${field}`,
});

const docMdp = (level: number): string =>
  `<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${level} >> >>`;
const fieldMdp = (params: string): string =>
  `<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Type /TransformParams ${params} >> >>`;

describe("a prepared signature", () => {
  test("keeps the original as its beginning and hashes everything but the string of /Contents", async () => {
    const where = await workspace(makePdf());
    const prepared = await prepare(where);
    expect(prepared).toMatchObject({ ok: true });
    const [original, staged] = [await readFile(where.source), await readFile(where.staged)];
    expect(staged.subarray(0, original.length).equals(original)).toBe(true);
    if (!prepared.ok) {
      return;
    }
    const { byteRange, contents, documentDigest, stagedSize } = prepared.value;
    expect(staged.length).toBe(stagedSize);
    const gap = staged.subarray(byteRange[1], byteRange[2]).toString("latin1");
    expect(gap).toBe(`<${"0".repeat(contents.capacityBytes * 2)}>`);
    expect(byteRange[0]).toBe(0);
    expect(byteRange[2] + byteRange[3]).toBe(stagedSize);
    expect(staged.toString("latin1")).toContain(`/ByteRange [${byteRange.join(" ")}]`);
    const hash = createHash("sha256").update(staged.subarray(0, byteRange[1])).update(staged.subarray(byteRange[2]));
    expect(documentDigest).toBe(hash.digest("hex"));
  });

  test("writes the claimed time with its zone, and only the entries that were given", async () => {
    const where = await workspace(makePdf());
    await prepare(where, { reason: "Läst (allt)", location: "Umeå", utcOffsetMinutes: -210 });
    const text = (await readFile(where.staged)).toString("latin1");
    expect(text).toContain("/M (D:20261122054500-03'30')");
    expect(text).toContain("/Name (Anna Larsson)");
    expect(text).toContain(
      `/Reason <FEFF${Buffer.from("Läst (allt)", "utf16le").swap16().toString("hex").toUpperCase()}>`,
    );
    expect(text).not.toContain("/ContactInfo");
    expect(text).not.toContain("/Cert");
  });

  test("is only made of the bytes that the person confirmed", async () => {
    const where = await workspace(makePdf());
    const confirmed = sha256Hex(createHash("sha256").update(makePdf()).digest("hex"));
    expect(await prepare(where, { originalSha256: confirmed })).toMatchObject({ ok: true });
    const other = sha256Hex(createHash("sha256").update("another document").digest("hex"));
    expect(await prepare(where, { originalSha256: other })).toEqual({
      ok: false,
      failure: { code: "document.changed-on-disk" },
    });
    expect(existsSync(where.staged)).toBe(false);
  });

  test("survives being stored as JSON", async () => {
    const prepared = await prepare(await workspace(makePdf()));
    expect(JSON.parse(JSON.stringify(prepared))).toEqual(prepared);
  });

  test("touches only the catalog, the page and new objects", async () => {
    const where = await workspace(makePdf({ annotations: "direct" }));
    await prepare(where, { placement: { kind: "rectangle", page: 1, rectangle } });
    const file = openPdf(openFileSource(where.staged));
    const [original, update] = file.revisions;
    const rewritten = [...(update?.entries.keys() ?? [])].filter(
      (num) => original?.entries.get(num)?.kind === "offset",
    );
    file.close();
    expect(new Set(rewritten)).toEqual(new Set([1, 10]));
  });

  test("touches neither catalog nor page when their lists are indirect", async () => {
    const where = await workspace(makePdf({ annotations: "indirect", form: "fields-indirect" }));
    await prepare(where);
    const file = openPdf(openFileSource(where.staged));
    const [original, update] = file.revisions;
    const rewritten = [...(update?.entries.keys() ?? [])].filter(
      (num) => original?.entries.get(num)?.kind === "offset",
    );
    file.close();
    // 7: /Fields, 9: /Annots; /SigFlags said 3 already.
    expect(new Set(rewritten)).toEqual(new Set([7, 9]));
  });

  test("can be made of a read-only file", async () => {
    const where = await workspace(makePdf());
    await chmod(where.source, 0o400);
    expect(await prepare(where)).toMatchObject({ ok: true });
  });

  test("takes the first free name and an own one", async () => {
    const where = await workspace(makePdf({ form: "with-signature-field", fieldEntries: "" }));
    expect(await prepare(where)).toMatchObject({ value: { field: "Signature1" } });
    expect(await prepare(where, { fieldName: "Director" })).toMatchObject({ value: { field: "Director" } });
  });

  test("keeps place, flags and lock of an existing field and repeats the lock in the signature", async () => {
    const fieldEntries = "/Lock << /Type /SigFieldLock /Action /Include /Fields [(Name)] >> /TU (Your approval)";
    const where = await workspace(makePdf({ form: "with-signature-field", fieldEntries }));
    expect(await prepare(where, { placement: { kind: "field", field: "Approval" } })).toMatchObject({ ok: true });
    const text = (await readFile(where.staged)).toString("latin1").slice((await readFile(where.source)).length);
    expect(text).toMatch(/\/Rect \[200 40 380 110\]/u);
    expect(text).toMatch(/\/F 4\b/u);
    expect(text).toContain("/TU (Your approval)");
    expect(text).toMatch(/\/TransformMethod \/FieldMDP/u);
    expect(text).toMatch(/\/Action \/Include\s*\/Fields \[\(Name\)\]/u);
    expect(text).toMatch(/\/Data 1 0 R/u);
  });
});

test("a field with a widget of its own gets the value, the widget the drawing", async () => {
  const where = await workspace(makePdf({ form: "separate-widget" }));
  expect(await prepare(where, { placement: { kind: "field", field: "Approval" } })).toMatchObject({ ok: true });
  const file = openPdf(openFileSource(where.staged));
  const [field, widget] = [file.resolve(ref(5)), file.resolve(ref(7))];
  file.close();
  const keysOf = (object: typeof field) => (isDict(object) ? [...object.entries.keys()] : []);
  expect(keysOf(field)).toEqual(["FT", "T", "Kids", "V"]);
  expect(keysOf(widget)).toEqual(["Type", "Subtype", "Parent", "F", "P", "Rect", "AP"]);
});

describe("preparing is refused before anything is written", () => {
  const cases: readonly (readonly [string, Uint8Array, Parameters<typeof prepare>[1], object])[] = [
    ["an empty file", new Uint8Array(), {}, { code: "document.empty-file" }],
    [
      "something else than a PDF",
      Buffer.from("PK\u0003\u0004 a zip file, not a PDF at all"),
      {},
      { code: "document.not-a-pdf" },
    ],
    [
      "a file with broken encryption",
      withTrailer("/Encrypt << /Filter /Standard >>"),
      {},
      { code: "document.encryption-unsupported" },
    ],
    ["a file without pages", makePdf({ pages: 0 }), {}, { code: "document.no-pages" }],
    [
      "a page that does not exist",
      makePdf(),
      { placement: { kind: "rectangle", page: 2, rectangle } },
      { code: "document.no-such-page", params: { page: 2, pages: 1 } },
    ],
    [
      "a place outside the crop box",
      makePdf({ cropBox: "[200 100 400 300]" }),
      { placement: { kind: "rectangle", page: 1, rectangle } },
      { code: "document.place-outside-page" },
    ],
    [
      "a field that does not exist",
      makePdf(),
      { placement: { kind: "field", field: "Nobody" } },
      { code: "document.no-such-field" },
    ],
    [
      "a field that is a text field",
      makePdf({ form: "direct" }),
      { placement: { kind: "field", field: "Name" } },
      { code: "document.no-such-field" },
    ],
    [
      "a field that is signed",
      makePdf(signedField("")),
      { placement: { kind: "field", field: "Approval" } },
      { code: "document.field-already-signed" },
    ],
    ["a name that is taken", makePdf({ form: "direct" }), { fieldName: "Name" }, { code: "document.field-name-taken" }],
    [
      "a file certified against every change",
      makePdf(signedField(docMdp(1))),
      {},
      { code: "document.certified-no-changes" },
    ],
    [
      "a new mark on a certified document",
      makePdf(signedField(docMdp(2))),
      { placement: { kind: "rectangle", page: 1, rectangle } },
      { code: "document.certified-no-new-mark", params: { field: "Approval" } },
    ],
    [
      "a new mark behind a signature whose lock allows filling in only (ISO 32000-2 table 236)",
      makePdf(signedField("", "/Lock << /Action /Include /Fields [(Name)] /P 2 >>")),
      { placement: { kind: "rectangle", page: 1, rectangle } },
      { code: "document.certified-no-new-mark", params: { field: "Approval" } },
    ],
    [
      "a certification of a document that somebody signed",
      makePdf(signedField("")),
      { certification: "forms" },
      { code: "document.certify-not-first" },
    ],
    [
      "a second certification",
      makePdf(signedField(docMdp(3))),
      { certification: "annotations" },
      { code: "document.certify-not-first" },
    ],
    [
      "a certification behind a document timestamp",
      makePdf({ form: "with-signature-field", fieldEntries: "/V << /Type /DocTimeStamp /SubFilter /ETSI.RFC3161 >>" }),
      { certification: "forms" },
      { code: "document.certify-after-timestamp" },
    ],
    [
      "a form that makes its pages only when it is opened (dynamic XFA)",
      withCatalog("/NeedsRendering true /AcroForm << /Fields [] /XFA (x) >>"),
      {},
      { code: "document.dynamic-form" },
    ],
    [
      "a security handler that nobody knows",
      withTrailer("/Encrypt << /Filter /Acme.Rights /V 1 >>"),
      {},
      { code: "document.encryption-unsupported" },
    ],
    [
      "a signature whose lock allows nothing",
      makePdf(signedField("", "/Lock << /Action /All /P 1 >>")),
      {},
      { code: "document.locked-by-signature", params: { field: "Approval" } },
    ],
    [
      "a signature that locks all fields",
      makePdf(signedField(fieldMdp("/Action /All"))),
      {},
      { code: "document.locked-by-signature" },
    ],
    [
      "a signature that locks the wanted name",
      makePdf(signedField(fieldMdp("/Action /Include /Fields [(Boss)]"))),
      { fieldName: "Boss" },
      { code: "document.locked-by-signature" },
    ],
  ];

  test.each(cases)("%s", async (_title, document, options, failure) => {
    const where = await workspace(document);
    expect(await prepare(where, options)).toMatchObject({ ok: false, failure });
    expect(existsSync(where.staged)).toBe(false);
    expect((await readFile(where.source)).equals(document)).toBe(true);
  });

  test("a file that is not there", async () => {
    const where = await workspace(makePdf());
    expect(await prepare({ ...where, source: `${where.source}.gone` })).toMatchObject({
      failure: { code: "document.not-found" },
    });
  });

  test("when it was cancelled", async () => {
    const where = await workspace(makePdf());
    const outcome = await prepare(where, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ failure: { code: "provider.cancelled" } });
    expect(existsSync(where.staged)).toBe(false);
  });

  test("with a folder for the result that does not exist", async () => {
    const where = await workspace(makePdf());
    const outcome = await prepare({ ...where, staged: `${where.staged}/nowhere/x.pdf` });
    expect(outcome).toMatchObject({ failure: { code: "output.folder-missing" } });
  });
});

describe("a limit that leaves room for a signature", () => {
  test.each([
    ["certification level 2", signedField(docMdp(2))],
    ["certification level 3", signedField(docMdp(3))],
    ["a lock on another field", signedField(fieldMdp("/Action /Include /Fields [(Name)]"))],
  ])("%s", async (_title, options) => {
    expect(await prepare(await workspace(makePdf(options)))).toMatchObject({ ok: true });
  });

  test("our own signature in a locking field locks what it says", async () => {
    const fieldEntries = "/Lock << /Type /SigFieldLock /Action /All >>";
    const where = await workspace(makePdf({ form: "with-signature-field", fieldEntries }));
    await sign(where, await makeLocalSigner(), { placement: { kind: "field", field: "Approval" } });
    const again = await prepare({ source: where.staged, staged: `${where.staged}.2` });
    expect(again).toMatchObject({ failure: { code: "document.locked-by-signature" } });
  });
});

describe("seed values of a field", () => {
  const outcomeOf = async (seed: string, options: Parameters<typeof prepare>[1] = {}) => {
    const fieldEntries = `/SV << /Type /SV ${seed} >>`;
    const where = await workspace(makePdf({ form: "with-signature-field", fieldEntries }));
    const outcome = await prepare(where, { placement: { kind: "field", field: "Approval" }, ...options });
    return outcome.ok ? "signed" : (outcome.failure.params?.["constraint"] ?? outcome.failure.code);
  };

  test.each([
    ["/Filter /Adobe.PPKLite /Ff 1", "signed"],
    ["/Filter /Entrust.PPKEF /Ff 1", "Filter"],
    ["/Filter /Entrust.PPKEF", "signed"],
    ["/SubFilter [/adbe.pkcs7.detached /ETSI.CAdES.detached] /Ff 2", "signed"],
    ["/SubFilter [/adbe.pkcs7.detached] /Ff 2", "SubFilter"],
    ["/DigestMethod [(SHA512) (SHA256)] /Ff 64", "signed"],
    ["/DigestMethod [(SHA512) (SHA384)] /Ff 64", "DigestMethod"],
    ["/DigestMethod [(SHA1)] /Ff 64", "DigestMethod"],
    ["/AddRevInfo true /Ff 32", "AddRevInfo"],
    ["/LockDocument /true /Ff 128", "LockDocument"],
    ["/AppearanceFilter (Company) /Ff 256", "AppearanceFilter"],
    ["/LockDocument true /Ff 128", "LockDocument"],
    ["/LockDocument /auto /Ff 128", "signed"],
    ["/LockDocument false /Ff 128", "signed"],
    ["/MDP << /P 2 >>", "MDP.2"],
    ["/V 3 /Ff 4", "signed"],
    ["/V 4 /Ff 4", "V"],
    ["/LegalAttestation [(x)] /Ff 16", "signed"],
    ["/MDP << /P 0 >>", "signed"],
    ["/TimeStamp << /URL (https://tsa.example) /Ff 1 >>", "TimeStamp"],
    ["/Cert << /Type /SVCert /Ff 2 /Issuer [(x)] >>", "Cert"],
    ["/Cert << /Type /SVCert /Ff 64 /URL (https://ca.example) /URLType /Browser >>", "Cert"],
    ["/Cert << /Type /SVCert /URL (https://ca.example) >>", "signed"],
  ])("%s: %s", async (seed, expected) => {
    expect(await outcomeOf(seed)).toBe(expected);
  });

  test("ask for one of their reasons, or for none", async () => {
    expect(await outcomeOf("/Reasons [(Approved) (Seen)] /Ff 8", { reason: "Seen" })).toBe("signed");
    expect(await outcomeOf("/Reasons [(Approved) (Seen)] /Ff 8", { reason: "I like it" })).toBe("Reasons");
    expect(await outcomeOf("/Reasons [(.)] /Ff 8")).toBe("signed");
    expect(await outcomeOf("/Reasons [(.)] /Ff 8", { reason: "Seen" })).toBe("Reasons");
  });

  test.each([
    ["/MDP << /P 2 >>", "forms", "signed"],
    ["/MDP << /P 1 >>", "forms", "MDP.1"],
    ["/MDP << /P 0 >>", "forms", "MDP.0"],
    ["/LockDocument true /Ff 128", "no-changes", "signed"],
    ["/LockDocument true /Ff 128", "forms", "LockDocument"],
    ["/LockDocument false /Ff 128", "no-changes", "LockDocument"],
    ["/LegalAttestation [(x)] /Ff 16", "forms", "LegalAttestation"],
  ] as const)("%s with a certification that allows %s: %s", async (seed, certification, expected) => {
    expect(await outcomeOf(seed, { certification })).toBe(expected);
  });

  test.each([
    ["/DigestMethod [(SHA512) (SHA384)] /Ff 64", ["SHA-256", "SHA-384", "SHA-512"], "SHA-384"],
    ["/DigestMethod [/SHA512] /Ff 64", ["SHA-256", "SHA-512"], "SHA-512"],
    // Without its bit the list is a wish: kept where it can be, else passed over.
    ["/DigestMethod [(SHA384)]", ["SHA-256", "SHA-384"], "SHA-384"],
    ["/DigestMethod [(RIPEMD160)]", ["SHA-512"], "SHA-512"],
    ["/DigestMethod [(SHA384)] /Ff 64", ["SHA-512"], "refused"],
  ] as const)("%s of a signer with %o: the document is hashed with %s", async (seed, digests, expected) => {
    const fieldEntries = `/SV << /Type /SV ${seed} >>`;
    const where = await workspace(makePdf({ form: "with-signature-field", fieldEntries }));
    const outcome = await prepare(where, { placement: { kind: "field", field: "Approval" }, digests });
    expect(outcome.ok ? outcome.value.digestAlgorithm : "refused").toBe(expected);
  });

  test("a document is hashed with the digest that its field wants, over exactly the byte range", async () => {
    const fieldEntries = "/SV << /Type /SV /DigestMethod [(SHA384)] /Ff 64 >>";
    const where = await workspace(makePdf({ form: "with-signature-field", fieldEntries }));
    const placement = { kind: "field", field: "Approval" } as const;
    const outcome = await prepare(where, { placement, digests: ["SHA-256", "SHA-384"] });
    const prepared = outcome.ok ? outcome.value : null;
    const [, first, second, length] = prepared!.byteRange;
    const bytes = await readFile(where.staged);
    const hash = createHash("sha384")
      .update(bytes.subarray(0, first))
      .update(bytes.subarray(second, second + length));
    expect(prepared!.documentDigest).toBe(hash.digest("hex"));
  });

  test("are kept when the timestamp that they ask for is planned", async () => {
    expect(await outcomeOf("/TimeStamp << /URL (https://tsa.example) /Ff 1 >>", { timestamped: true })).toBe("signed");
  });
});
