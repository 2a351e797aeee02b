/**
 * The /ToUnicode CMap (ISO 32000-2 9.10.3): glyph number and code point, sorted. It lets people search and copy the
 * mark's text.
 */
export function toUnicodeMap(glyphs: readonly (readonly [number, number])[]): string {
  const mappings = glyphs.map(([id, codePoint]) => `<${hex16(id)}> <${utf16Hex(codePoint)}>`);
  const blocks: string[] = [];
  // Adobe Technical Note 5014: at most 100 entries in one block.
  for (let start = 0; start < mappings.length; start += 100) {
    const part = mappings.slice(start, start + 100);
    blocks.push(`${part.length} beginbfchar\n${part.join("\n")}\nendbfchar`);
  }
  return [
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
    ...blocks,
    "endcmap",
    "CMapName currentdict /CMap defineresource pop",
    "end",
    "end",
    "",
  ].join("\n");
}

const hex16 = (value: number): string => value.toString(16).toUpperCase().padStart(4, "0");

function utf16Hex(codePoint: number): string {
  const text = String.fromCodePoint(codePoint);
  return Array.from({ length: text.length }, (_, index) => hex16(text.charCodeAt(index))).join("");
}
