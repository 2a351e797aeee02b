import { name, stream } from "../../pdf/objects.ts";
import type { PdfObject, PdfRef } from "../../pdf/objects.ts";
import { calibratedGray, calibratedRgb } from "./colour-spaces.ts";
import { deflatedStream } from "./deflated-stream.ts";
import type { MarkImage } from "./mark-image.ts";
import type { ObjectSink } from "./object-sink.ts";

/**
 * Writes the image XObject (ISO 32000-2 8.9.5) and, for a picture with transparent parts, its soft mask.
 * `transparency: false` (PDF/A-1, ISO 19005-1 6.4) lays the picture on white paper instead.
 */
export function writeMarkImage(
  sink: ObjectSink,
  image: MarkImage,
  options: { readonly transparency: boolean; readonly opacity?: number },
): PdfRef {
  const shown = fade(options.transparency ? image : onWhite(image), options.opacity ?? 1);
  const entries: Record<string, PdfObject> = {
    Type: name("XObject"),
    Subtype: name("Image"),
    Width: shown.width,
    Height: shown.height,
    BitsPerComponent: 8,
    ColorSpace: shown.colours === "gray" ? calibratedGray() : calibratedRgb(),
  };
  if (shown.alpha !== null) {
    entries["SMask"] = writeSoftMask(sink, shown, shown.alpha);
  }
  const reference = sink.allocate();
  const { kind, bytes } = shown.data;
  sink.set(
    reference,
    kind === "jpeg" ? stream({ ...entries, Filter: name("DCTDecode") }, bytes) : deflatedStream(entries, bytes),
  );
  return reference;
}

function writeSoftMask(sink: ObjectSink, image: MarkImage, alpha: Uint8Array): PdfRef {
  const reference = sink.allocate();
  sink.set(
    reference,
    deflatedStream(
      {
        Type: name("XObject"),
        Subtype: name("Image"),
        Width: image.width,
        Height: image.height,
        BitsPerComponent: 8,
        // ISO 32000-2 table 143: a soft mask is always DeviceGray.
        ColorSpace: name("DeviceGray"),
      },
      alpha,
    ),
  );
  return reference;
}

/** The picture without transparent parts, as on white paper. */
function onWhite(image: MarkImage): MarkImage {
  const { alpha, data } = image;
  if (alpha === null) {
    return image;
  }
  const parts = image.colours === "gray" ? 1 : 3;
  const bytes = data.bytes.map((value, index) => {
    const opacity = alpha[Math.trunc(index / parts)] ?? 255;
    return Math.round((value * opacity + 255 * (255 - opacity)) / 255);
  });
  return { ...image, alpha: null, data: { kind: "samples", bytes } };
}

/** Mixed with white paper, where constant alpha is not allowed. A JPEG has no samples to mix: it is handed in as samples. */
function fade(image: MarkImage, opacity: number): MarkImage {
  const { data } = image;
  if (opacity >= 1 || data.kind === "jpeg") {
    return image;
  }
  const bytes = data.bytes.map((value) => Math.round(value * opacity + 255 * (1 - opacity)));
  return { ...image, data: { kind: "samples", bytes } };
}
