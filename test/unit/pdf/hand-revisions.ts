/** How a revision says where its objects are (ISO 32000-2 7.5.4, 7.5.8 and 7.5.8.4). */
export type HandStyle = "table" | "stream" | "hybrid";

/**
 * Appends a revision written by hand, in any style whatever the file had before: our own writer only continues the style
 * that it finds. `extra`: a free object number above all others, for the cross-reference stream.
 */
export function appendByHand(
  before: Uint8Array,
  style: HandStyle,
  objects: Readonly<Record<number, string>>,
  extra: number,
): Uint8Array {
  const text = Buffer.from(before).toString("latin1");
  const previous = [...text.matchAll(/startxref\s+(\d+)/gu)].at(-1)?.[1] ?? "0";
  let added = /[\r\n]$/u.test(text) ? "" : "\n";
  const offsets = new Map<number, number>();
  for (const [number, body] of Object.entries(objects)) {
    offsets.set(Number(number), text.length + added.length);
    added += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const trailer = `/Size ${extra + 1} /Root 1 0 R /Prev ${previous}`;
  const here = (): number => text.length + added.length;
  switch (style) {
    case "table": {
      const at = here();
      added += `xref\n${tableRows(offsets)}trailer\n<< ${trailer} >>\nstartxref\n${at}\n%%EOF\n`;
      break;
    }
    case "stream": {
      const at = here();
      added += `${xrefStream(offsets, extra, at, trailer)}startxref\n${at}\n%%EOF\n`;
      break;
    }
    case "hybrid": {
      const stream = here();
      added += xrefStream(offsets, extra, stream, `/Size ${extra + 1} /Root 1 0 R`);
      const at = here();
      // Readers that know no cross-reference streams find these objects free.
      const hidden = [...offsets.keys()].map((number) => `${number} 1\n0000000000 00000 f \n`).join("");
      added += `xref\n${hidden}trailer\n<< ${trailer} /XRefStm ${stream} >>\nstartxref\n${at}\n%%EOF\n`;
      break;
    }
  }
  return Buffer.concat([before, Buffer.from(added, "latin1")]);
}

const tableRows = (offsets: ReadonlyMap<number, number>): string =>
  [...offsets].map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, "0")} 00000 n \n`).join("");

function xrefStream(offsets: ReadonlyMap<number, number>, own: number, at: number, trailer: string): string {
  const all = [...offsets, [own, at] as const];
  const rows = all.flatMap(([, offset]) => [1, (offset >> 16) & 255, (offset >> 8) & 255, offset & 255, 0, 0]);
  const data = Buffer.from(rows).toString("latin1");
  const index = all.map(([number]) => `${number} 1`).join(" ");
  return `${own} 0 obj\n<< /Type /XRef ${trailer} /W [1 3 2] /Index [${index}] /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`;
}
