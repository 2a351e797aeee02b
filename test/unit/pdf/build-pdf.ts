import { deflateSync } from "node:zlib";

export interface PdfPlan {
  /** Bodies by object number. A stream body is written by `streamBody`. */
  readonly objects: Readonly<Record<number, string>>;
  readonly root?: number;
  readonly style?: "table" | "stream";
  readonly junk?: string;
  readonly version?: string;
  readonly trailer?: string;
  /** Text behind the end marker's `%%EOF`. */
  readonly ending?: string;
  readonly eol?: "\n" | "\r\n";
  /** Offsets count from the header instead of the file when there is junk. */
  readonly relative?: boolean;
}

/** A PDF written by hand, independent of the writer under test. One character a byte. */
export function buildPdf(plan: PdfPlan): Uint8Array {
  const { objects, root = 1, style = "table", junk = "", version = "1.7", trailer = "", ending = "\n" } = plan;
  const eol = plan.eol ?? "\n";
  const shift = plan.relative === true ? junk.length : 0;
  let text = `${junk}%PDF-${version}${eol}%\u00e2\u00e3\u00cf\u00d3${eol}`;
  const offsets = new Map<number, number>();
  for (const [num, body] of Object.entries(objects)) {
    offsets.set(Number(num), text.length - shift);
    text += `${num} 0 obj${eol}${body}${eol}endobj${eol}`;
  }
  const highest = Math.max(...offsets.keys());
  const at = text.length - shift;
  if (style === "table") {
    text += `xref${eol}0 ${highest + 1}${eol}`;
    for (let num = 0; num <= highest; num += 1) {
      const offset = offsets.get(num);
      const row =
        offset === undefined
          ? `0000000000 ${num === 0 ? 65535 : "00000"} f`
          : `${String(offset).padStart(10, "0")} 00000 n`;
      text += `${row}${eol.length === 2 ? eol : ` ${eol}`}`;
    }
    text += `trailer${eol}<</Size ${highest + 1}/Root ${root} 0 R${trailer}>>${eol}`;
  } else {
    const rows: number[] = [];
    offsets.set(highest + 1, at);
    for (let num = 0; num <= highest + 1; num += 1) {
      const offset = offsets.get(num);
      rows.push(offset === undefined ? 0 : 1, ...[24, 16, 8, 0].map((bits) => ((offset ?? 0) >> bits) & 255), 0);
    }
    const data = deflateSync(Uint8Array.from(rows)).toString("latin1");
    text +=
      `${highest + 1} 0 obj${eol}<</Type/XRef/Size ${highest + 2}/Root ${root} 0 R/W[1 4 1]/Filter/FlateDecode` +
      `/Length ${data.length}${trailer}>>${eol}stream${eol}${data}${eol}endstream${eol}endobj${eol}`;
  }
  text += `startxref${eol}${at}${eol}%%EOF${ending}`;
  return Uint8Array.from(Buffer.from(text, "latin1"));
}

export const streamBody = (data: string, entries = ""): string =>
  `<</Length ${data.length}${entries}>>\nstream\n${data}\nendstream`;

/** A document of `count` empty pages in one flat tree, with room for more objects from number 100,000 on. */
export function simplePdf(count = 1, plan: Partial<PdfPlan> = {}): Uint8Array {
  const numbers = Array.from({ length: count }, (_, index) => index + 3);
  const objects: Record<number, string> = {
    1: "<</Type/Catalog/Pages 2 0 R>>",
    2: `<</Type/Pages/Kids[${numbers.map((num) => `${num} 0 R`).join(" ")}]/Count ${count}/MediaBox[0 0 200 100]>>`,
  };
  for (const num of numbers) {
    objects[num] = "<</Type/Page/Parent 2 0 R>>";
  }
  return buildPdf({ ...plan, objects: { ...objects, ...plan.objects } });
}
