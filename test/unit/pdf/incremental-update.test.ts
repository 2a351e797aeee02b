import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { dict, isArray, isStream, isString, name, type PdfObject, ref, stream } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { ByteSource, PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { simplePdf } from "./build-pdf.ts";

const open = (bytes: Uint8Array): PdfFile => openPdf(memorySource(bytes));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

function append(bytes: Uint8Array, change: (update: IncrementalUpdate) => void): Uint8Array {
  const update = new IncrementalUpdate(open(bytes));
  change(update);
  const { base, bytes: added } = update.render();
  expect(base).toBe(bytes.length);
  return Buffer.concat([bytes, added]);
}

const noteIn = (bytes: Uint8Array): PdfObject => {
  const file = open(bytes);
  return file.get(file.catalog, "Note");
};

/** A stream as its dictionary and its bytes, wherever these lie. */
const comparable = (file: PdfFile, object: PdfObject): unknown =>
  isStream(object) ? [object.dict, [...file.rawStream(object)]] : object;

describe.each(["table", "stream"] as const)("an incremental update of a %s file", (style) => {
  test("leaves the original bytes as they are and continues the chain in the same style", () => {
    const original = simplePdf(2, { style });
    const changed = append(original, (update) => {
      const note = update.allocate();
      update.set(note, name("New"));
      update.set(ref(1), dict({ Type: name("Catalog"), Pages: ref(2), Note: note }));
    });
    expect(changed.subarray(0, original.length)).toEqual(Buffer.from(original));
    expect(noteIn(changed)).toEqual(name("New"));
    const { revisions, source } = open(changed);
    expect(revisions.map((revision) => revision.style)).toEqual([style, style]);
    expect(revisions.map((revision) => revision.end)).toEqual([original.length, source.size]);
    expect(open(changed).pageCount()).toBe(2);
  });

  test("knows where marked pieces lie", () => {
    const original = simplePdf(1, { style });
    const update = new IncrementalUpdate(open(original));
    const hole = Buffer.from("0".repeat(64));
    update.setRaw(update.allocate(), ["<</Contents<", { mark: "contents", bytes: hole }, ">/X ", Buffer.from("1>>")]);
    const { bytes, marks } = update.render();
    const at = marks.get("contents") ?? -1;
    const whole = text(Buffer.concat([original, bytes]));
    expect(whole.slice(at - 10, at + 67)).toBe(`/Contents<${hole.toString()}>/X`);
    expect(whole.charAt(at - 1)).toBe("<");
    expect(whole.charAt(at + 64)).toBe(">");
    expect(update.render().bytes).toEqual(bytes);
  });

  test("begins with an end of line when the original has none", () => {
    for (const ending of ["", "\n", "\r", "\r\n"]) {
      const original = simplePdf(1, { style, ending });
      const update = new IncrementalUpdate(open(original));
      update.set(update.allocate(), 1);
      expect(text(update.render().bytes.subarray(0, 1))).toBe(ending === "" ? "\n" : style === "table" ? "4" : "5");
    }
  });

  test("keeps the first identifier, changes the second, and adds none to a file before 2.0", () => {
    const withId = append(simplePdf(1, { style, trailer: "/ID[<0102><0304>]/Info 7 0 R/DocChecksum/X" }), (update) => {
      update.set(update.allocate(), 1);
    });
    const { trailer } = open(withId);
    const id = trailer.entries.get("ID");
    const [first, second] = isArray(id) ? id : [];
    expect(isString(first) && first.bytes).toEqual(Uint8Array.of(1, 2));
    expect(isString(second) && second.bytes).toHaveLength(16);
    expect(trailer.entries.get("Info")).toEqual(ref(7));
    expect(trailer.entries.get("DocChecksum")).toEqual(name("X"));

    const without = append(simplePdf(1, { style }), (update) => update.set(update.allocate(), 1));
    expect(open(without).trailer.entries.has("ID")).toBe(false);
    const modern = append(simplePdf(1, { style, version: "2.0" }), (update) => update.set(update.allocate(), 1));
    expect(open(modern).trailer.entries.has("ID")).toBe(true);
  });

  test.each([true, false])(
    "counts offsets as a file with junk before its header does (from the header: %s)",
    (relative) => {
      const junk = "X-Mailer: something\r\n\r\n";
      const original = simplePdf(1, { style, junk, relative });
      expect(open(original).offsetBase).toBe(relative ? junk.length : 0);
      const once = append(original, (update) => update.set(ref(1), dict({ Pages: ref(2), Note: 1 })));
      const twice = append(once, (update) => update.set(ref(1), dict({ Pages: ref(2), Note: 2 })));
      expect([noteIn(once), noteIn(twice)]).toEqual([1, 2]);
      expect(open(twice).revisions).toHaveLength(3);
    },
  );

  test("survives any chain of changes: what was set last is read back", () => {
    const body = fc.oneof(
      fc.integer(),
      fc.uint8Array({ maxLength: 30 }).map((bytes): PdfObject => ({ kind: "string", bytes, form: "literal" })),
      fc.uint8Array({ maxLength: 30 }).map((bytes): PdfObject => stream({ Kind: name("S") }, bytes)),
      fc.string({ maxLength: 5 }).map((key): PdfObject => dict({ [Buffer.from(key).toString("hex")]: ref(1) })),
    );
    // Small numbers collide and leave gaps: both replace and extend.
    const change = fc.array(fc.tuple(fc.integer({ min: 4, max: 40 }), body), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        let bytes = simplePdf(1, { style });
        const expected = new Map<number, PdfObject>();
        const ends = [bytes.length];
        for (const objects of changes) {
          const before = bytes;
          bytes = append(bytes, (update) => {
            for (const [num, object] of objects) {
              update.set(ref(num), object);
              expected.set(num, object);
            }
          });
          expect(Buffer.compare(bytes.subarray(0, before.length), before)).toBe(0);
          ends.push(bytes.length);
          if (style === "stream") {
            // The cross-reference stream takes a number of its own, which a later change may reuse.
            expected.delete(open(bytes).size - 1);
          }
        }
        const file = open(bytes);
        expect(file.revisions.map(({ end }) => end)).toEqual(ends);
        for (const [num, object] of expected) {
          expect(comparable(file, file.fetch(ref(num)))).toEqual(comparable(file, object));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("an incremental update", () => {
  test("writes table entries of exactly 20 bytes in sorted, joined subsections", () => {
    const update = new IncrementalUpdate(open(simplePdf(1)));
    for (const num of [12, 5, 4, 11, 8]) {
      update.set(ref(num, num === 8 ? 3 : 0), num);
    }
    const [, table] = /xref\n([\s\S]*)trailer/.exec(text(update.render().bytes)) ?? [];
    expect(table).toMatch(/^4 2\n(\d{10} 00000 n \n){2}8 1\n\d{10} 00003 n \n11 2\n(\d{10} 00000 n \n){2}$/);
  });

  test("widens the rows of a cross-reference stream to the offsets of a file beyond 4 GiB, and refuses a table beyond ten digits", () => {
    const large = (style: "table" | "stream", size: number): IncrementalUpdate => {
      const bytes = simplePdf(1, { style });
      const file = open(bytes);
      // Only the size is large: the reader has seen the small file already.
      const source: ByteSource = { size, read: (_, length) => new Uint8Array(length).fill(10), close: () => undefined };
      return new IncrementalUpdate(Object.create(file, { source: { value: source } }) as PdfFile);
    };
    const wide = large("stream", 12_000_000_000);
    wide.set(wide.allocate(), 1);
    expect(text(wide.render().bytes)).toMatch(/\/W \[1 5 1\]/);
    expect(text(wide.render().bytes)).toMatch(/startxref\n12000000\d{3}\n%%EOF\n$/);
    const narrow = large("table", 9_999_999_000);
    narrow.set(narrow.allocate(), 1);
    expect(text(narrow.render().bytes)).toContain("\n9999999000 00000 n \n");
    const tooFar = large("table", 10_000_000_000);
    tooFar.set(tooFar.allocate(), 1);
    expect(() => tooFar.render()).toThrow(expect.objectContaining({ name: "PdfProblem", code: "limit" }));
  });

  test("is refused for an encrypted file", () => {
    const file = open(simplePdf(1, { trailer: "/Encrypt 9 0 R" }));
    expect(file.encrypted).toBe(true);
    expect(() => new IncrementalUpdate(file)).toThrow(expect.objectContaining({ code: "encrypted" }));
  });

  test("hands out a number that was never used rather than one that no reader accepts", () => {
    const update = new IncrementalUpdate(open(simplePdf(1, { trailer: "/Size 2147483648" })));
    // Objects 1 to 3 are the catalog and its pages.
    expect([update.allocate(), update.allocate()]).toEqual([ref(4), ref(5)]);
  });
});
