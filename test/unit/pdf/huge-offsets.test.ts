import { describe, expect, test } from "vitest";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { isStream, literal, ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { ByteSource } from "../../../electron/pdf/pdf-file.ts";

interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** A file that is zeros but for some pieces, as a sparse file on a disk is. Counts what is read of it. */
function sparseSource(size: number, pieces: readonly Piece[]): ByteSource & { readonly bytesRead: () => number } {
  let total = 0;
  return {
    size,
    bytesRead: () => total,
    close: () => undefined,
    read: (offset, length) => {
      const end = Math.min(size, offset + length);
      const view = new Uint8Array(Math.max(0, end - offset));
      total += view.length;
      for (const { at, bytes } of pieces) {
        const from = Math.max(offset, at);
        const to = Math.min(end, at + bytes.length);
        if (from < to) {
          view.set(bytes.subarray(from - at, to - at), from - offset);
        }
      }
      return view;
    },
  };
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

/** A catalog at the front, one stream of `hole` zeros, then the pages and a cross-reference stream with 6-byte offsets. */
function hugeFile(hole: number): { readonly size: number; readonly pieces: readonly Piece[] } {
  const head = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Big 4 0 R>>\nendobj\n";
  const opening = `4 0 obj\n<</Length ${hole}>>\nstream\n`;
  const behind = head.length + opening.length + hole;
  let tail = "\nendstream\nendobj\n";
  const offsets = [0, head.indexOf("1 0 obj"), 0, 0, head.length, 0];
  const bodies = [
    [2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>"],
    [3, "<</Type/Page/Parent 2 0 R>>"],
  ] as const;
  for (const [num, body] of bodies) {
    offsets[num] = behind + tail.length;
    tail += `${num} 0 obj\n${body}\nendobj\n`;
  }
  const xref = behind + tail.length;
  offsets[5] = xref;
  const rows = offsets.flatMap((offset, num) => [
    num === 0 ? 0 : 1,
    ...Array.from({ length: 6 }, (_, index) => Math.floor(offset / 256 ** (5 - index)) % 256),
    0,
  ]);
  const data = Buffer.from(rows).toString("latin1");
  tail += `5 0 obj\n<</Type/XRef/Size 6/W[1 6 1]/Root 1 0 R/Length ${data.length}>>\nstream\n${data}\nendstream\nendobj\n`;
  tail += `startxref\n${xref}\n%%EOF\n`;
  const pieces = [
    { at: 0, bytes: latin1(head + opening) },
    { at: behind, bytes: latin1(tail) },
  ];
  return { size: behind + tail.length, pieces };
}

// Beyond 2 GiB, 4 GiB, and the ten digits of a cross-reference table.
describe.each([2_200_000_000, 4_400_000_000, 12_000_000_000, 1_500_000_000_000])("a file of %d bytes", (hole) => {
  test("is opened, continued and read again, and little of it is read", () => {
    const { size, pieces } = hugeFile(hole);
    const source = sparseSource(size, pieces);
    const file = openPdf(source);
    expect(file.pageCount()).toBe(1);
    expect(file.page(0).ref).toEqual(ref(3));
    const big = file.get(file.catalog, "Big");
    expect(isStream(big) && big.data).toMatchObject({ kind: "file", length: hole });

    const update = new IncrementalUpdate(file);
    const added = update.allocate();
    update.setRaw(added, [{ mark: "here", bytes: latin1("(added)") }]);
    const { base, bytes, marks } = update.render();
    expect(base).toBe(size);
    const longer = sparseSource(size + bytes.length, [...pieces, { at: base, bytes }]);
    const again = openPdf(longer);
    expect(again.fetch(added)).toEqual(literal(Uint8Array.from(latin1("added"))));
    expect(again.pageCount()).toBe(1);
    expect(Buffer.from(longer.read(marks.get("here")!, 7)).toString()).toBe("(added)");
    expect(again.atRevision(0).fetch(added)).toBeNull();
    expect(source.bytesRead() + longer.bytesRead()).toBeLessThan(4_000_000);
  });
});
