import { IncrementalUpdate } from "../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../electron/pdf/memory-source.ts";
import { dict, isArray, isDict, isStream, name, stream } from "../../electron/pdf/objects.ts";
import type { PdfObject, PdfRef } from "../../electron/pdf/objects.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import type { PdfFile, PdfPage } from "../../electron/pdf/pdf-file.ts";
import type { Stamp } from "./order-request.ts";
import { pdfLiteral } from "../documents/simple-pdf.ts";
import { findTag } from "./tag-finder.ts";

interface PlacedStamp {
  /** From 1. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly stamp: Stamp;
}

/** The document with the stamps on its pages, as one incremental update before the signature. */
export function stampPages(document: Uint8Array, stamps: readonly Stamp[], signee: string, now: number): Uint8Array {
  const file = openPdf(memorySource(document));
  try {
    const placed = stamps.flatMap((stamp) => placesOf(file, stamp));
    if (placed.length === 0) return document;
    const update = new IncrementalUpdate(file);
    const font = update.allocate();
    update.set(
      font,
      dict({
        Type: name("Font"),
        Subtype: name("Type1"),
        BaseFont: name("Helvetica"),
        Encoding: name("WinAnsiEncoding"),
      }),
    );
    for (const page of file.pages()) {
      const own = placed.filter((one) => one.page === page.index + 1);
      if (own.length > 0) drawOn(file, update, page, font, own.map((one) => drawing(one, signee, now)).join("\n"));
    }
    return new Uint8Array(Buffer.concat([document, update.render().bytes]));
  } finally {
    file.close();
  }
}

/** "Stamp will be placed at each occurrence of matching text in the document." */
function placesOf(file: PdfFile, stamp: Stamp): readonly PlacedStamp[] {
  if (stamp.tag === null) return [{ page: stamp.page, x: stamp.x, y: stamp.y, stamp }];
  return findTag(file, stamp.tag).map(({ page, x, y }) => ({
    page,
    x: x + stamp.offsetX,
    y: y + stamp.offsetY,
    stamp,
  }));
}

function drawOn(file: PdfFile, update: IncrementalUpdate, page: PdfPage, font: PdfRef, content: string): void {
  const before = update.allocate();
  const after = update.allocate();
  // What the page does to the graphics state must not reach the stamps.
  update.set(before, stream({}, Buffer.from("q\n")));
  update.set(after, stream({}, Buffer.from(`Q\n${content}\n`, "latin1")));
  const contents = page.dict.entries.get("Contents") ?? null;
  const resolved = file.resolve(contents);
  const old: readonly PdfObject[] = isArray(resolved) ? resolved : isStream(resolved) ? [contents] : [];
  const resources = page.resources ?? dict({});
  const fonts = file.get(resources, "Font");
  const entries = new Map(page.dict.entries);
  entries.set("Contents", [before, ...old, after]);
  entries.set(
    "Resources",
    dict(
      new Map(resources.entries).set(
        "Font",
        dict(new Map(isDict(fonts) ? fonts.entries : []).set("SealdeskPracticeStamp", font)),
      ),
    ),
  );
  update.set(page.ref, dict(entries));
}

/** A frame with the text in it, one line for each line of the content. */
function drawing({ x, y, stamp }: PlacedStamp, signee: string, now: number): string {
  const [date = "", time = ""] = new Date(now).toISOString().slice(0, 19).split("T");
  const text = stamp.content
    .replaceAll("[DATE]", date)
    .replaceAll("[TIME]", time)
    .replaceAll("[DT]", `${date} ${time}`)
    .replaceAll("[SIGNEE]", signee);
  const lines = ["PRACTICE", ...text.split("\n")];
  const size = Math.max(4, Math.min(10, (stamp.height - 6) / lines.length / 1.2));
  const shown = lines.map((line, index) => {
    const baseline = y + stamp.height - 3 - size * (1 + 1.2 * index);
    return `1 0 0 1 ${number(x + 4)} ${number(baseline)} Tm (${pdfLiteral(line)}) Tj`;
  });
  const frame = `q 0.5 w 0.7 0.26 0.05 RG ${[x, y, stamp.width, stamp.height].map(number).join(" ")} re S Q`;
  return `${frame}\nBT /SealdeskPracticeStamp ${number(size)} Tf 0 g\n${shown.join("\n")}\nET`;
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
