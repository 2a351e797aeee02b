/** The part of pdf.js's image decoders that is used; the package has no types for this entry point. */
declare module "pdfjs-dist/image_decoders/pdf.image_decoders.mjs" {
  export class JpegImage {
    constructor(options?: { readonly decodeTransform?: Int32Array; readonly colorTransform?: number });
    parse(data: Uint8Array): void;
    getData(options: {
      readonly width: number;
      readonly height: number;
      readonly forceRGB: boolean;
      readonly isSourcePDF: boolean;
    }): Uint8Array | Uint8ClampedArray;
  }
  export const VerbosityLevel: { readonly ERRORS: number };
  export function setVerbosityLevel(level: number): void;
}
