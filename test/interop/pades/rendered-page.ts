import { readFile, rm } from "node:fs/promises";
import { mustRun } from "./run-tool.ts";

/** Pixels of a page as somebody else's program shows it. */
export interface RenderedPage {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row from the top. */
  readonly pixels: Uint8Array;
}

export const RENDERERS = ["pdftoppm", "mutool"] as const;
export type Renderer = (typeof RENDERERS)[number];

/** The page within its crop box, turned by its /Rotate. */
export async function renderPage(
  renderer: Renderer,
  path: string,
  options: { readonly page?: number; readonly resolution?: number } = {},
): Promise<RenderedPage> {
  const page = String(options.page ?? 1);
  const resolution = String(options.resolution ?? 144);
  const target = `${path}-${renderer}-${page}`;
  if (renderer === "pdftoppm") {
    await mustRun("pdftoppm", ["-r", resolution, "-f", page, "-l", page, "-cropbox", "-singlefile", path, target]);
  } else {
    await mustRun("mutool", [
      "draw",
      "-q",
      "-r",
      resolution,
      "-F",
      "ppm",
      "-c",
      "rgb",
      "-o",
      `${target}.ppm`,
      path,
      page,
    ]);
  }
  const rendered = readPpm(new Uint8Array(await readFile(`${target}.ppm`)));
  await rm(`${target}.ppm`);
  return rendered;
}

/** Netpbm's "P6" with 8 bits a sample. */
function readPpm(bytes: Uint8Array): RenderedPage {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const found = /^P6\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s+255\s/u.exec(head);
  if (found === null) {
    throw new Error("not a picture as expected");
  }
  return { width: Number(found[1]), height: Number(found[2]), pixels: bytes.subarray(found[0].length) };
}

export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box around all pixels of a kind, as parts of the page (0 to 1); null when there is none. */
export function extentOf(
  { width, height, pixels }: RenderedPage,
  matches: (red: number, green: number, blue: number) => boolean,
): Extent | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      if (matches(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!)) {
        [left, top] = [Math.min(left, x), Math.min(top, y)];
        [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
      }
    }
  }
  return right === 0 ? null : { left: left / width, top: top / height, right: right / width, bottom: bottom / height };
}
