/** A PDF of one page with lines of text, for reports. Text outside Windows-1252 becomes question marks. */
export function simplePdf(
  title: string,
  lines: readonly string[],
  image: { readonly jpeg: Uint8Array; readonly width: number; readonly height: number } | null = null,
): Uint8Array {
  const text = [
    "BT /F1 18 Tf 1 0 0 1 56 770 Tm 0.7 0.26 0.05 rg",
    `(${pdfLiteral("PRACTICE – not for real use")}) Tj 0 g`,
    `/F1 15 Tf 1 0 0 1 56 735 Tm (${pdfLiteral(title)}) Tj /F1 10.5 Tf`,
    ...lines.map((line, index) => `1 0 0 1 56 ${705 - 16 * index} Tm (${pdfLiteral(line)}) Tj`),
    "ET",
    ...(image === null ? [] : ["q 160 0 0 100 56 80 cm /Im1 Do Q"]),
  ].join("\n");
  const picture = image === null ? "" : " /XObject << /Im1 6 0 R >>";
  const objects: Buffer[] = [
    latin("<< /Type /Catalog /Pages 2 0 R >>"),
    latin("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
    latin(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " +
        `/Resources << /Font << /F1 5 0 R >>${picture} >> >>`,
    ),
    streamObject("", latin(text)),
    latin("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
    ...(image === null
      ? []
      : [
          streamObject(
            `/Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} ` +
              "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode ",
            image.jpeg,
          ),
        ]),
  ];
  return assembled(objects);
}

function assembled(objects: readonly Buffer[]): Uint8Array {
  const parts: Buffer[] = [latin("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n")];
  const offsets: number[] = [];
  let size = parts[0]?.length ?? 0;
  const push = (part: Buffer): void => {
    parts.push(part);
    size += part.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(size);
    push(Buffer.concat([latin(`${index + 1} 0 obj\n`), object, latin("\nendobj\n")]));
  }
  const start = size;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const count = objects.length + 1;
  push(latin(`xref\n0 ${count}\n0000000000 65535 f \n${rows}`));
  push(latin(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(parts));
}

function streamObject(entries: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([latin(`<< ${entries}/Length ${bytes.length} >>\nstream\n`), bytes, latin("\nendstream")]);
}

/** Text as the inside of a literal string in Windows-1252. */
export function pdfLiteral(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    // Windows-1252 puts the dash between numbers at 0x96 and the apostrophe at 0x92.
    const byte = code < 256 ? code : code === 0x2013 ? 0x96 : code === 0x2019 ? 0x92 : 0x3f;
    return byte < 0x80 && !"()\\".includes(character) ? character : `\\${byte.toString(8).padStart(3, "0")}`;
  }).join("");
}

function latin(text: string): Buffer {
  return Buffer.from(text, "latin1");
}
