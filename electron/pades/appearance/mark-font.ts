import { createHash } from "node:crypto";
import * as fontkit from "fontkit";
import type { Font } from "fontkit";
import { dict, literal, name } from "../../pdf/objects.ts";
import type { PdfObject, PdfRef } from "../../pdf/objects.ts";
import { deflatedStream } from "./deflated-stream.ts";
import type { ObjectSink } from "./object-sink.ts";
import { toUnicodeMap } from "./to-unicode-map.ts";

/** What `createSubset` really gives; the published types are older than the code. */
interface GlyphSubset {
  /** Takes a glyph of the font, gives its number in the subset. */
  includeGlyph(glyph: { readonly id: number }): number;
  encode(): Uint8Array;
}

const REPLACEMENT = 0xfffd;
const QUESTION_MARK = 0x3f;

/**
 * One embedded font of the mark: a subset of the given TrueType font that grows as text is encoded, then written once.
 * Characters that the font lacks are drawn as U+FFFD (or "?") and reported by `missing`.
 */
export class MarkFont {
  readonly #font: Font;
  readonly #subset: GlyphSubset;
  /** Subset glyph number to the text it stands for and its width (1/1000 of the font size). */
  readonly #glyphs = new Map<number, { readonly codePoint: number; readonly width: number }>();
  readonly #missing = new Set<string>();

  /** Throws when the bytes are not a font: that is our own file, so it is a bug. */
  constructor(bytes: Uint8Array) {
    const font = fontkit.create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (!("createSubset" in font)) {
      throw new TypeError("the mark needs a single TrueType font, not a collection");
    }
    this.#font = font;
    this.#subset = font.createSubset() as unknown as GlyphSubset;
  }

  /** Characters asked for that the font does not have, in the order met. */
  get missing(): readonly string[] {
    return [...this.#missing];
  }

  /** Distances as parts of the font size: above and below the base line. */
  get ascent(): number {
    return this.#font.ascent / this.#font.unitsPerEm;
  }

  get descent(): number {
    return this.#font.descent / this.#font.unitsPerEm;
  }

  get capHeight(): number {
    return this.#font.capHeight / this.#font.unitsPerEm;
  }

  get unitsPerEm(): number {
    return this.#font.unitsPerEm;
  }

  /** Does the text hold characters that would be drawn as something else? */
  lacks(text: string): boolean {
    return Array.from(text).some((character) => this.#drawn(character) !== character.codePointAt(0));
  }

  /** SVG path of a line in font units, y upwards: the same glyphs at the same distances as `encode` writes. */
  outline(text: string): string {
    let path = "";
    let advance = 0;
    for (const character of text) {
      const glyph = this.#font.glyphForCodePoint(this.#drawn(character));
      path += glyph.path.translate(advance, 0).toSVG();
      advance += glyph.advanceWidth;
    }
    return path;
  }

  /** Width of a text as a multiple of the font size. */
  width(text: string): number {
    let units = 0;
    for (const character of text) {
      units += this.#font.glyphForCodePoint(this.#drawn(character)).advanceWidth;
    }
    return units / this.#font.unitsPerEm;
  }

  /** Hexadecimal digits for a `Tj` operand (Identity-H: two bytes a glyph). */
  encode(text: string): string {
    let digits = "";
    for (const character of text) {
      const codePoint = this.#drawn(character);
      if (codePoint !== character.codePointAt(0)) {
        this.#missing.add(character);
      }
      const glyph = this.#font.glyphForCodePoint(codePoint);
      const id = this.#subset.includeGlyph(glyph);
      this.#glyphs.set(id, { codePoint, width: Math.round((glyph.advanceWidth * 1000) / this.#font.unitsPerEm) });
      digits += id.toString(16).padStart(4, "0");
    }
    return digits;
  }

  /**
   * Writes the font's objects (ISO 32000-2 9.7.4, 9.8, 9.9, 9.10.3) and gives the Type 0 font's reference.
   * `cidSet`: PDF/A-1 (ISO 19005-1 6.3.5) asks for a /CIDSet; PDF 2.0 deprecates it, so it is written only then.
   */
  write(sink: ObjectSink, options: { readonly cidSet: boolean }): PdfRef {
    const file = this.#subset.encode();
    const baseName = `${subsetTag(file)}+${this.#font.postscriptName}`;
    const [type0, descendant, descriptor, fontFile, toUnicode] = [
      sink.allocate(),
      sink.allocate(),
      sink.allocate(),
      sink.allocate(),
      sink.allocate(),
    ];
    sink.set(
      type0,
      dict({
        Type: name("Font"),
        Subtype: name("Type0"),
        BaseFont: name(baseName),
        Encoding: name("Identity-H"),
        DescendantFonts: [descendant],
        ToUnicode: toUnicode,
      }),
    );
    sink.set(
      descendant,
      dict({
        Type: name("Font"),
        Subtype: name("CIDFontType2"),
        BaseFont: name(baseName),
        CIDSystemInfo: dict({ Registry: ascii("Adobe"), Ordering: ascii("Identity"), Supplement: 0 }),
        FontDescriptor: descriptor,
        DW: this.#thousandths(this.#font.getGlyph(0).advanceWidth),
        W: this.#widths(),
        CIDToGIDMap: name("Identity"),
      }),
    );
    sink.set(descriptor, this.#descriptor(baseName, fontFile, options.cidSet ? writeCidSet(sink, file) : null));
    sink.set(fontFile, deflatedStream({ Length1: file.length }, file));
    sink.set(
      toUnicode,
      deflatedStream(
        {},
        new TextEncoder().encode(toUnicodeMap(this.#sorted().map(([id, glyph]) => [id, glyph.codePoint]))),
      ),
    );
    return type0;
  }

  #drawn(character: string): number {
    const codePoint = character.codePointAt(0) ?? QUESTION_MARK;
    if (this.#font.hasGlyphForCodePoint(codePoint)) {
      return codePoint;
    }
    return this.#font.hasGlyphForCodePoint(REPLACEMENT) ? REPLACEMENT : QUESTION_MARK;
  }

  #thousandths(units: number): number {
    return Math.round((units * 1000) / this.#font.unitsPerEm);
  }

  #sorted(): readonly (readonly [number, { readonly codePoint: number; readonly width: number }])[] {
    return [...this.#glyphs].sort(([left], [right]) => left - right);
  }

  #widths(): PdfObject[] {
    return this.#sorted().flatMap(([id, glyph]) => [id, [glyph.width]]);
  }

  #descriptor(baseName: string, fontFile: PdfRef, cidSet: PdfRef | null): PdfObject {
    const { bbox } = this.#font;
    return dict({
      Type: name("FontDescriptor"),
      FontName: name(baseName),
      // Symbolic: the glyphs are addressed by number, not by a standard encoding (ISO 32000-2 table 121).
      Flags: 4,
      FontBBox: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((value) => this.#thousandths(value)),
      ItalicAngle: Math.round(this.#font.italicAngle),
      Ascent: this.#thousandths(this.#font.ascent),
      Descent: this.#thousandths(this.#font.descent),
      CapHeight: this.#thousandths(this.#font.capHeight),
      StemV: 80,
      FontFile2: fontFile,
      ...(cidSet === null ? {} : { CIDSet: cidSet }),
    });
  }
}

const ascii = (text: string): PdfObject => literal(new TextEncoder().encode(text));

/** Every glyph of the subset file, also the parts of composed ones, numbered without holes. */
function writeCidSet(sink: ObjectSink, file: Uint8Array): PdfRef {
  const count = glyphCount(file);
  const bits = new Uint8Array(Math.ceil(count / 8));
  for (let cid = 0; cid < count; cid += 1) {
    const index = cid >> 3;
    bits[index] = (bits[index] ?? 0) | (0x80 >> (cid & 7));
  }
  const reference = sink.allocate();
  sink.set(reference, deflatedStream({}, bits));
  return reference;
}

/** Six capital letters (ISO 32000-2 9.9.2), from the subset's own bytes: the same mark gives the same file. */
function subsetTag(file: Uint8Array): string {
  const digest = createHash("sha256").update(file).digest();
  return [...digest.subarray(0, 6)].map((byte) => String.fromCodePoint(65 + (byte % 26))).join("");
}

/** numGlyphs of the maxp table (OpenType 'maxp', offset 4). */
function glyphCount(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = view.getUint16(4);
  for (let index = 0; index < tables; index += 1) {
    const record = 12 + index * 16;
    if (view.getUint32(record) === 0x6d_61_78_70) {
      return view.getUint16(view.getUint32(record + 8) + 4);
    }
  }
  throw new TypeError("the font subset has no maxp table");
}
