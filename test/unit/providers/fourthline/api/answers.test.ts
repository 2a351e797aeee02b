import { describe, expect, test } from "vitest";
import {
  readDetails,
  readPdf,
  readStatus,
  readWorkflow,
} from "../../../../../electron/providers/fourthline/api/answers.ts";
import { bodyOf } from "../../../../../electron/providers/fourthline/api/field-path.ts";
import {
  DEFAULT_ENDPOINT_TABLE,
  endpointTableSchema,
} from "../../../../../electron/providers/fourthline/endpoint-table.ts";
import { MAXIMUM_CONDITIONS } from "../../../../../shared/interaction.ts";
import { isJpeg } from "../../../../../electron/providers/fourthline/flow/jpeg.ts";

const { fields } = DEFAULT_ENDPOINT_TABLE;
const json = (value: unknown) => ({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(value)) });

describe("ids", () => {
  test.each(["..", ".", "a/b", "a\\b", "a b", "a\nb", "", null, {}])("of the form %j are not taken", (id) => {
    // SECURITY: an id becomes part of a path.
    expect(readWorkflow(json({ workflowId: id, clientId: "c" }), fields)).toBeNull();
  });

  test("may be numbers", () => {
    expect(readWorkflow(json({ workflowId: 4711 }), fields)).toEqual({ workflowId: "4711", clientId: null });
  });
});

describe("a status", () => {
  test("is read whatever its case, with or without its code", () => {
    expect(readStatus(json({ status: "PENDING", statusCode: "1021" }), fields)).toEqual({
      status: "pending",
      statusCode: 1021,
    });
    expect(readStatus(json({ status: "something_new" }), fields)).toEqual({
      status: "something_new",
      statusCode: null,
    });
  });

  test.each([{}, { status: null }, { status: "<b>x</b>" }, { status: "x".repeat(100) }, []])(
    "is none in %j",
    (answer) => {
      expect(readStatus(json(answer), fields)).toBeNull();
    },
  );
});

describe("details", () => {
  const good = {
    documents: [{ documentId: "d1", title: "Contract" }],
    legalConditions: [{ id: "terms", title: "Terms", text: "Read me", url: "https://example.org/terms" }],
    passcode: { length: 6 },
  };

  test("are read with the text of a condition, its page, and the passcode's length", () => {
    expect(readDetails(json(good), fields)).toEqual({
      documents: good.documents,
      conditions: good.legalConditions,
      passcodeLength: 6,
    });
  });

  test.each([
    ["a document without an id", { ...good, documents: [{ title: "Contract" }] }],
    ["a condition without an id", { ...good, legalConditions: [{ text: "Read me" }] }],
    ["a condition with nothing to read", { ...good, legalConditions: [{ id: "terms" }] }],
    ["a page that is not secure", { ...good, legalConditions: [{ id: "terms", url: "http://example.org" }] }],
    ["a page that is a program", { ...good, legalConditions: [{ id: "terms", url: "javascript:alert(1)" }] }],
  ])("are none with %s: the person would agree to more than can be seen", (_, answer) => {
    expect(readDetails(json(answer), fields)).toBeNull();
  });

  test("are none with more conditions than an answer can agree to", () => {
    const conditions = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ id: `terms-${index}`, text: "Read me" }));
    const many = (count: number) => json({ ...good, legalConditions: conditions(count) });
    expect(readDetails(many(MAXIMUM_CONDITIONS), fields)?.conditions).toHaveLength(100);
    expect(readDetails(many(MAXIMUM_CONDITIONS + 1), fields)).toBeNull();
  });

  test.each([0, -1, 99, "many", undefined])("say nothing of the passcode with the length %j", (length) => {
    expect(readDetails(json({ ...good, passcode: { length } }), fields)?.passcodeLength).toBeNull();
  });

  test("are found under other names, also in other objects", () => {
    const table = endpointTableSchema.parse({
      fields: {
        details: {
          documents: "result.files",
          documentId: "key.value",
          documentTitle: "label",
          legalConditions: "result.terms",
          conditionId: "code",
          conditionUrl: "links.page",
          passcodeLength: "digits",
        },
      },
    });
    const answer = {
      result: {
        files: [{ key: { value: "d1" }, label: "Contract" }],
        terms: [{ code: "terms", links: { page: "https://example.org/terms" } }],
      },
      digits: 4,
    };
    expect(readDetails(json(answer), table.fields)).toEqual({
      documents: [{ documentId: "d1", title: "Contract" }],
      conditions: [{ id: "terms", title: null, text: null, url: "https://example.org/terms" }],
      passcodeLength: 4,
    });
  });
});

test("a body is built with each value at its path", () => {
  expect(
    bodyOf([
      ["a", 1],
      ["b.c", 2],
      ["b.d.e", 3],
    ]),
  ).toEqual({ a: 1, b: { c: 2, d: { e: 3 } } });
});

describe("a PDF in an answer", () => {
  const pdf = Buffer.from("%PDF-1.7\n%%EOF\n");
  const of = (body: Uint8Array, type = "") => readPdf({ status: 200, headers: { "content-type": type }, body });

  test("is the body, a part of it, or a text in JSON", () => {
    expect(of(pdf)).toEqual(pdf);
    const multipart = Buffer.from(`--x\r\n\r\nhello\r\n--x\r\n\r\n${pdf.toString()}\r\n--x--`);
    expect(Buffer.from(of(multipart, "multipart/mixed; boundary=x") ?? [])).toEqual(pdf);
    const inJson = Buffer.from(JSON.stringify({ message: "here", document: pdf.toString("base64") }));
    expect(Buffer.from(of(inJson) ?? [])).toEqual(pdf);
  });

  test.each(["", "not signed yet", "<html>502</html>", '{"message":"later"}', "["])("is none in %j", (text) => {
    expect(of(Buffer.from(text))).toBeNull();
  });
});

describe("a JPEG", () => {
  const good = "ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffda0008010100003f0000ffd9";

  test("has a frame and a scan", () => {
    expect(isJpeg(Buffer.from(good, "hex"))).toBe(true);
  });

  test.each([
    ["nothing", ""],
    ["a PNG", "89504e470d0a1a0a"],
    ["only its beginning", "ffd8ffe0"],
    ["no frame", "ffd8ffda0008010100003f0000ffd9"],
    ["no scan", "ffd8ffc0000b080001000101011100ffd9"],
    ["segments that lead nowhere", "ffd8ffe0ffff0000"],
  ])("is not %s", (_, hex) => {
    expect(isJpeg(Buffer.from(hex, "hex"))).toBe(false);
  });
});
