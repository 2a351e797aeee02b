import { describe, expect, test } from "vitest";
import { formOf, partsOf } from "../../../../../electron/providers/fourthline/api/multipart.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));

describe("a form with files", () => {
  test("is read by the platform's own parser as it was meant", async () => {
    const pdf = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x0d, 0x0a, 0x0d, 0x0a, 0x2d, 0x2d, 0x00, 0xff]);
    const form = formOf(
      [
        { name: "information", type: "application/json", bytes: bytes('{"documents":[]}') },
        { name: "files", type: "application/pdf", fileName: 'Vertrag "A"\r\nÜbersicht.pdf', bytes: pdf },
        { name: "files", type: "application/pdf", fileName: "b.pdf", bytes: new Uint8Array() },
      ],
      "boundary123",
    );
    const read = await new Response(form.body as Uint8Array<ArrayBuffer>, {
      headers: { "content-type": form.contentType },
    }).formData();
    expect(read.get("information")).toBe('{"documents":[]}');
    const [first, second] = read.getAll("files") as File[];
    expect(new Uint8Array(await first!.arrayBuffer())).toEqual(pdf);
    expect(first?.type).toBe("application/pdf");
    // HTML Living Standard: escaped, so that nothing ends the header's line.
    expect(first?.name).toMatch(/^Vertrag (?:"|%22)A(?:"|%22)(?:\r\n|%0D%0A)Übersicht\.pdf$/u);
    expect(second?.size).toBe(0);
  });
});

describe("a multipart answer", () => {
  const answer = (boundary: string) =>
    bytes(
      `preamble\r\n--${boundary}\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n--${boundary}\r\ncontent-type: application/pdf; name=a\r\n\r\n%PDF-1.7\r\n\r\nrest\r\n--${boundary}--\r\nepilogue`,
    );

  test.each(["multipart/mixed; boundary=abc", 'multipart/form-data; charset=x; boundary="abc"'])(
    "of the type %s is taken apart",
    (type) => {
      const parts = partsOf(type, answer("abc"));
      expect(parts.map((part) => [part.type, Buffer.from(part.bytes).toString()])).toEqual([
        ["text/plain", "Here it is."],
        ["application/pdf", "%PDF-1.7\r\n\r\nrest"],
      ]);
    },
  );

  test("that is cut off, or of another boundary, gives what is whole", () => {
    const whole = answer("abc");
    expect(partsOf("multipart/mixed; boundary=abc", whole.slice(0, whole.length - 30))).toHaveLength(1);
    expect(partsOf("multipart/mixed; boundary=other", whole)).toEqual([]);
    expect(partsOf("multipart/mixed", whole)).toEqual([]);
    expect(partsOf("application/pdf", whole)).toEqual([]);
  });
});
