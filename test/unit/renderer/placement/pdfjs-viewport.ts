import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { PageViewport } from "pdfjs-dist";

/** The viewport that pdf.js itself makes for a page with this crop box, rotation and UserUnit. */
export async function pdfJsViewport(
  cropBox: readonly number[],
  rotation: number,
  scale: number,
  userUnit = 1,
): Promise<PageViewport> {
  const task = getDocument({ data: onePage(cropBox, rotation, userUnit), verbosity: 0 });
  try {
    const page = await (await task.promise).getPage(1);
    return page.getViewport({ scale });
  } finally {
    await task.destroy();
  }
}

function onePage(cropBox: readonly number[], rotation: number, userUnit: number): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    `<</Type/Page/Parent 2 0 R/MediaBox[-1000 -1000 2000 2000]/CropBox[${cropBox.join(" ")}]/Rotate ${rotation}/UserUnit ${userUnit}/Resources<<>>>>`,
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 4\n0000000000 65535 f \n${entries}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}
