import type { Result } from "../../../shared/result.ts";
import { failed, success } from "../../../shared/result.ts";
import { readJpeg } from "./jpeg-segments.ts";
import { tooLarge } from "./mark-image.ts";
import type { MarkImageProblem, SampledImage } from "./mark-image.ts";

/** Identity for four components (multiplier, offset): stops the decoder from inverting inks that are not inverted. */
const AS_STORED = new Int32Array([256, 0, 256, 0, 256, 0, 256, 0]);

/** Reads the pixels of a JPEG, CMYK as RGB. Not turned by its orientation. Never throws for a bad picture. */
export async function decodeJpegSamples(bytes: Uint8Array): Promise<Result<SampledImage, MarkImageProblem>> {
  const facts = readJpeg(bytes);
  if (facts === null || facts.width === 0 || facts.height === 0) {
    return failed("damaged");
  }
  if (!facts.plain || ![1, 3, 4].includes(facts.components)) {
    return failed("unsupported");
  }
  // SECURITY: judged by the frame header, before the decoder allocates anything.
  if (tooLarge(facts)) {
    return failed("too-large");
  }
  // Loaded only for pictures that cannot go into the document as they are.
  const { JpegImage, VerbosityLevel, setVerbosityLevel } =
    await import("pdfjs-dist/image_decoders/pdf.image_decoders.mjs");
  setVerbosityLevel(VerbosityLevel.ERRORS);
  const { width, height, components } = facts;
  try {
    const image = new JpegImage(components === 4 && !facts.adobe ? { decodeTransform: AS_STORED } : {});
    image.parse(facts.stripped);
    const samples = image.getData({ width, height, forceRGB: components !== 1, isSourcePDF: false });
    return success({
      width,
      height,
      colours: components === 1 ? "gray" : "rgb",
      data: { kind: "samples", bytes: new Uint8Array(samples) },
      alpha: null,
    });
  } catch {
    return failed("damaged");
  }
}
