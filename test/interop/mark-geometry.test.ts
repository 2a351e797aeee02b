import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PrepareRequest } from "../../electron/pades/signature-request.ts";
import type { MarkImage } from "../../electron/pades/appearance/mark-image.ts";
import { USUAL_INITIALS, USUAL_MARK } from "../../shared/mark-design.ts";
import { makeLocalSigner } from "../unit/pades/local-signer.ts";
import type { LocalSigner } from "../unit/pades/local-signer.ts";
import { sign } from "../unit/pades/prepare.ts";
import { makePdf } from "./pades/made-pdfs.ts";
import type { MadePdf } from "./pades/made-pdfs.ts";
import { RENDERERS, extentOf, renderPage } from "./pades/rendered-page.ts";
import type { Extent } from "./pades/rendered-page.ts";
import { hasTool, mustRun } from "./pades/run-tool.ts";
import { markFont } from "./pades/sign-as.ts";

const available = hasTool("pdftoppm") && hasTool("mutool");

/** Blue, with a red quarter at its upper left: shows place and direction. */
function flag(width: number, height: number): MarkImage {
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const red = x < width / 2 && y < height / 2;
      bytes.set(red ? [255, 0, 0] : [0, 0, 255], (y * width + x) * 3);
    }
  }
  return { width, height, colours: "rgb", data: { kind: "samples", bytes }, alpha: null };
}

const isBlue = (red: number, green: number, blue: number): boolean => blue > 180 && red < 90 && green < 90;
const isRed = (red: number, green: number, blue: number): boolean => red > 180 && blue < 90 && green < 90;

/** The largest distance of two sides, as part of the page. At 600 pixels and more, 0.004 is two or three of them. */
function distance(found: Extent | null, expected: Extent): number {
  const sides = (["left", "top", "right", "bottom"] as const).map((side) => (found?.[side] ?? -1) - expected[side]);
  return Math.max(...sides.map((difference) => Math.abs(difference)));
}

const NEAR = 0.004;

let folder = "";
let signer: LocalSigner;

async function signed(name: string, options: MadePdf, overrides: Partial<PrepareRequest>): Promise<string> {
  const where = { source: join(folder, `${name}.pdf`), staged: join(folder, `${name}-signed.pdf`) };
  await writeFile(where.source, makePdf(options));
  await sign(where, signer, overrides);
  return where.staged;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-geometry-"));
  signer = await makeLocalSigner();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Case {
  readonly name: string;
  readonly page: MadePdf;
  readonly rectangle: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Where the reader sees the rectangle, in units from the upper left corner, on a page of this size. Worked by hand. */
  readonly seen: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly size: { readonly width: number; readonly height: number };
  readonly unit?: number;
}

const plain = { x: 150, y: 100, width: 180, height: 70 };
const CASES: readonly Case[] = [
  {
    name: "upright",
    page: {},
    rectangle: plain,
    seen: { left: 150, top: 130, width: 180, height: 70 },
    size: { width: 400, height: 300 },
  },
  {
    name: "turned by 90",
    page: { rotate: 90 },
    rectangle: plain,
    seen: { left: 100, top: 150, width: 70, height: 180 },
    size: { width: 300, height: 400 },
  },
  {
    name: "turned by 180",
    page: { rotate: 180 },
    rectangle: plain,
    seen: { left: 70, top: 100, width: 180, height: 70 },
    size: { width: 400, height: 300 },
  },
  {
    name: "turned by 270",
    page: { rotate: 270 },
    rectangle: plain,
    seen: { left: 130, top: 70, width: 70, height: 180 },
    size: { width: 300, height: 400 },
  },
  {
    name: "cropped away from the origin",
    page: { mediaBox: "[-50 -30 600 500]", cropBox: "[50 50 450 350]" },
    rectangle: plain,
    seen: { left: 100, top: 180, width: 180, height: 70 },
    size: { width: 400, height: 300 },
  },
  {
    name: "cropped and turned by 90",
    page: { mediaBox: "[-50 -30 600 500]", cropBox: "[50 50 450 350]", rotate: 90 },
    rectangle: plain,
    seen: { left: 50, top: 100, width: 70, height: 180 },
    size: { width: 300, height: 400 },
  },
  {
    name: "with a crop box beyond the media box",
    page: { mediaBox: "[0 0 400 300]", cropBox: "[-100 -100 900 900]" },
    rectangle: plain,
    seen: { left: 150, top: 130, width: 180, height: 70 },
    size: { width: 400, height: 300 },
  },
  {
    name: "far on the negative side",
    page: { mediaBox: "[-14400 -14300 -14000 -14000]" },
    rectangle: { x: -14250, y: -14200, width: 180, height: 70 },
    seen: { left: 150, top: 130, width: 180, height: 70 },
    size: { width: 400, height: 300 },
  },
  {
    name: "in units of two points, turned by 270",
    page: { userUnit: 2, rotate: 270 },
    rectangle: plain,
    seen: { left: 130, top: 70, width: 70, height: 180 },
    size: { width: 300, height: 400 },
    unit: 2,
  },
  {
    name: "in units of ten points",
    page: { userUnit: 10, mediaBox: "[0 0 40 30]" },
    rectangle: { x: 15, y: 10, width: 18, height: 7 },
    seen: { left: 15, top: 13, width: 18, height: 7 },
    size: { width: 40, height: 30 },
    unit: 10,
  },
];

describe.skipIf(!available)(
  `a picture as mark${available ? "" : " (skipped: poppler-utils or mupdf-tools not installed)"}`,
  () => {
    test.each(CASES)(
      "stands where it was put, upright, on a page $name",
      async ({ name, page, rectangle, seen, size, unit = 1 }) => {
        // Our layout keeps five points free on each side, or 8 % of the shorter side; the picture has just these proportions.
        const [width, height] = [seen.width * unit, seen.height * unit];
        const free = Math.min(5, Math.min(width, height) * 0.08);
        const path = await signed(name.replaceAll(" ", "-"), page, {
          placement: { kind: "rectangle", page: 1, rectangle },
          appearance: {
            font: await markFont(),
            provider: null,
            practice: false,
            image: flag(Math.round((width - 2 * free) * 10), Math.round((height - 2 * free) * 10)),
            design: { ...USUAL_MARK, layout: "picture-only" },
          },
        });
        const gap = free / unit;
        const box: Extent = {
          left: (seen.left + gap) / size.width,
          top: (seen.top + gap) / size.height,
          right: (seen.left + seen.width - gap) / size.width,
          bottom: (seen.top + seen.height - gap) / size.height,
        };
        for (const renderer of RENDERERS) {
          // poppler shows a unit of ten points as one: without more dots there would be nothing to measure.
          const resolution = unit === 10 && renderer === "pdftoppm" ? 1440 : 144;
          const shown = await renderPage(renderer, path, { resolution });
          expect(
            distance(
              extentOf(shown, (...colour) => isBlue(...colour) || isRed(...colour)),
              box,
            ),
          ).toBeLessThan(NEAR);
          expect(
            distance(extentOf(shown, isRed), {
              ...box,
              right: (box.left + box.right) / 2,
              bottom: (box.top + box.bottom) / 2,
            }),
          ).toBeLessThan(NEAR);
        }
      },
    );

    test("is faint behind the text", async () => {
      const path = await signed(
        "faint",
        {},
        {
          placement: { kind: "rectangle", page: 1, rectangle: plain },
          appearance: {
            font: await markFont(),
            provider: null,
            practice: true,
            image: flag(170, 60),
            design: { ...USUAL_MARK, layout: "picture-behind" },
          },
        },
      );
      for (const renderer of RENDERERS) {
        const shown = await renderPage(renderer, path);
        // A fifth of red on white is (255, 204, 204).
        const faint = extentOf(
          shown,
          (red, green, blue) => red > 245 && Math.abs(green - 204) < 8 && Math.abs(blue - 204) < 8,
        );
        expect(faint).not.toBeNull();
        expect(extentOf(shown, isRed)).toBeNull();
      }
    });
  },
);

const readable = available && hasTool("zbarimg");

describe.skipIf(!readable)(`the QR code${readable ? "" : " (skipped: zbar-tools not installed)"}`, () => {
  async function read(path: string): Promise<string> {
    const target = `${path}-qr`;
    await mustRun("pdftoppm", ["-r", "200", "-f", "1", "-l", "1", "-cropbox", "-singlefile", "-png", path, target]);
    return (await mustRun("zbarimg", ["-q", "--raw", "--nodbus", `${target}.png`])).trim();
  }

  test.each([0, 90, 180, 270] as const)("holds the digest of the original, on a page turned by %i", async (rotate) => {
    const path = await signed(
      `qr-${rotate}`,
      { rotate },
      {
        placement: { kind: "rectangle", page: 1, rectangle: plain },
        appearance: {
          font: await markFont(),
          provider: "itsme",
          practice: true,
          image: null,
          design: { ...USUAL_MARK, qr: { kind: "digest" } },
          documentDigest: createHash("sha256").update(makePdf({ rotate })).digest("hex"),
        },
      },
    );
    const original = await readFile(join(folder, `qr-${rotate}.pdf`));
    // What any program that computes SHA-256 says of the file that was signed.
    const [digest] = (await mustRun("openssl", ["dgst", "-sha256", "-r", join(folder, `qr-${rotate}.pdf`)])).split(" ");
    expect(await read(path)).toBe(`sha256:${digest}`);
    expect(Buffer.compare((await readFile(path)).subarray(0, original.length), original)).toBe(0);
  });

  test("holds an address with the digest in it", async () => {
    const path = await signed(
      "qr-url",
      {},
      {
        placement: { kind: "rectangle", page: 1, rectangle: { x: 40, y: 60, width: 300, height: 150 } },
        appearance: {
          font: await markFont(),
          provider: null,
          practice: false,
          image: null,
          design: { ...USUAL_MARK, qr: { kind: "url", url: "https://check.example/{digest}?a=1&b=$&" } },
          documentDigest: "ab".repeat(32),
        },
      },
    );
    expect(await read(path)).toBe(`https://check.example/${"ab".repeat(32)}?a=1&b=$&`);
  });
});

describe.skipIf(!available)("initials", () => {
  const corners: readonly (readonly [0 | 90 | 180 | 270, "bottom-right" | "top-left"])[] = [
    [0, "bottom-right"],
    [90, "bottom-right"],
    [180, "top-left"],
    [270, "top-left"],
  ];

  test.each(corners)(
    "stand in their corner of a page turned by %i (%s), within the crop box",
    async (rotate, corner) => {
      const page = { mediaBox: "[-50 -30 600 500]", cropBox: "[50 50 450 350]", rotate, userUnit: 2, pages: 2 };
      const design = { ...USUAL_INITIALS, corner, width: 40, height: 20, margin: 10 };
      const path = await signed(`initials-${rotate}`, page, {
        placement: { kind: "invisible" },
        appearance: {
          font: await markFont(),
          provider: null,
          practice: false,
          image: null,
          // A picture of the stamp's proportions; 8 % of the shorter side stays free: 1.6 points.
          initials: { design, image: flag(368, 168) },
        },
      });
      // Units of two points: the stamp is 20 by 10 units, 5 from the edges, and 0.8 inside it stays free.
      const size = rotate % 180 === 0 ? { width: 400, height: 300 } : { width: 300, height: 400 };
      const left = corner === "top-left" ? 5 : size.width - 25;
      const top = corner === "top-left" ? 5 : size.height - 15;
      for (const renderer of RENDERERS) {
        for (const number of [1, 2]) {
          const shown = await renderPage(renderer, path, { page: number });
          expect(
            distance(
              extentOf(shown, (...colour) => isBlue(...colour) || isRed(...colour)),
              {
                left: (left + 0.8) / size.width,
                top: (top + 0.8) / size.height,
                right: (left + 20 - 0.8) / size.width,
                bottom: (top + 10 - 0.8) / size.height,
              },
            ),
          ).toBeLessThan(NEAR);
        }
      }
      expect(await mustRun("pdfsig", ["-nocert", path])).toContain("Signature is Valid");
    },
  );
});
