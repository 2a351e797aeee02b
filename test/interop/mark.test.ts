import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeLocalSigner } from "../unit/pades/local-signer.ts";
import type { LocalSigner } from "../unit/pades/local-signer.ts";
import { sign } from "../unit/pades/prepare.ts";
import { makePdf } from "./pades/made-pdfs.ts";
import type { MadePdf } from "./pades/made-pdfs.ts";
import { hasTool, mustRun } from "./pades/run-tool.ts";
import { markFont } from "./pades/sign-as.ts";

const available = hasTool("pdftotext") && hasTool("pdffonts");

interface Word {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Words as poppler finds them on the page as it is shown, in points from its upper left corner. */
async function wordsOf(path: string): Promise<readonly Word[]> {
  const html = await mustRun("pdftotext", ["-bbox", "-cropbox", path, "-"]);
  const pattern = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<\/word>/gu;
  return [...html.matchAll(pattern)].map(([, left, top, right, bottom, text]) => ({
    text: text ?? "",
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
  }));
}

describe.skipIf(!available)(
  `the mark as poppler shows it${available ? "" : " (skipped: poppler-utils not installed)"}`,
  () => {
    let folder = "";
    let signer: LocalSigner;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "sealdesk-mark-"));
      signer = await makeLocalSigner();
    });

    afterAll(async () => {
      await rm(folder, { recursive: true, force: true });
    });

    async function signed(name: string, options: MadePdf, rectangle = { x: 150, y: 100, width: 180, height: 70 }) {
      const where = { source: join(folder, `${name}.pdf`), staged: join(folder, `${name}-signed.pdf`) };
      await writeFile(where.source, makePdf(options));
      const missing: string[] = [];
      await sign(where, signer, {
        placement: { kind: "rectangle", page: 1, rectangle },
        signerName: "Zoë Žižek-Œuvré",
        reason: "Größe: 5 € – ünïcödé Š 漢",
        appearance: {
          font: await markFont(),
          provider: "itsme",
          practice: true,
          image: null,
          onMissingCharacters: (characters) => missing.push(...characters),
        },
      });
      return { path: where.staged, missing };
    }

    // The page of 400 by 300 points shown turned clockwise: where the corners of the rectangle come to lie.
    test.each([
      [0, { left: 150, top: 130, right: 330, bottom: 200 }],
      [90, { left: 100, top: 150, right: 170, bottom: 330 }],
      [180, { left: 70, top: 100, right: 250, bottom: 170 }],
      [270, { left: 130, top: 70, right: 200, bottom: 250 }],
    ] as const)("reads upright and stays in its place on a page turned by %i", async (rotate, place) => {
      const { path } = await signed(`turned-${rotate}`, { rotate });
      const words = await wordsOf(path);
      const long = words.filter(({ text }) => ["Signed", "itsme", "PRACTICE", "binding", "Größe:"].includes(text));
      expect(long.map(({ text }) => text)).toEqual(expect.arrayContaining(["Signed", "itsme", "PRACTICE", "binding"]));
      for (const word of long) {
        expect(word.right - word.left, `${word.text} is wider than high`).toBeGreaterThan(word.bottom - word.top);
        expect(word.left).toBeGreaterThanOrEqual(place.left);
        expect(word.top).toBeGreaterThanOrEqual(place.top - 1);
        expect(word.right).toBeLessThanOrEqual(place.right);
        expect(word.bottom).toBeLessThanOrEqual(place.bottom + 1);
      }
      // From top to bottom as written.
      const [first, last] = [long.find(({ text }) => text === "Signed"), long.find(({ text }) => text === "binding")];
      expect(first!.top).toBeLessThan(last!.top);
    });

    test("is where it was put when the crop box does not begin at the origin", async () => {
      const { path } = await signed("cropped", { mediaBox: "[0 0 600 500]", cropBox: "[50 50 450 350]" });
      const practice = (await wordsOf(path)).find(({ text }) => text === "PRACTICE");
      // 150 - 50 from the left; 350 - 170 from the top.
      expect(practice!.left).toBeGreaterThanOrEqual(100);
      expect(practice!.top).toBeGreaterThanOrEqual(180);
      expect(practice!.bottom).toBeLessThanOrEqual(250);
    });

    test("can be searched in Latin-1 and Latin-9, with one embedded font subset", async () => {
      const { path, missing } = await signed("text", {});
      const text = (await wordsOf(path)).map((word) => word.text).join(" ");
      expect(text).toContain("Zoë Žižek-Œuvré");
      expect(text).toContain("Größe: 5 € – ünïcödé Š");
      const fonts = await mustRun("pdffonts", [path]);
      expect(fonts).toMatch(/[A-Z]{6}\+NotoSans-Regular\s+CID TrueType\s+Identity-H\s+yes yes yes/u);
      // A character that the font lacks is drawn as U+FFFD, and told.
      expect(missing).toEqual(["漢"]);
      expect(text).toContain("\uFFFD");
    });
  },
);
