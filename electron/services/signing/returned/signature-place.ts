import type { Placement, UserSpaceRectangle } from "../../../../shared/placement.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import type { SignaturePlace } from "../../../providers/provider.ts";

/** The chosen place with what a provider needs to know of the page. Throws `PdfProblem`. */
export function placeOf(file: PdfFile, placement: Placement): SignaturePlace | null {
  switch (placement.kind) {
    case "invisible":
      return null;
    case "field":
      return placement;
    case "rectangle": {
      const { page, rectangle } = placement;
      return { kind: "rectangle", page, rectangle, pageBox: boxOf(file.page(page - 1).cropBox) };
    }
  }
}

type Corners = readonly [number, number, number, number];

export const boxOf = ([left, bottom, right, top]: Corners): UserSpaceRectangle => ({
  x: left,
  y: bottom,
  width: right - left,
  height: top - bottom,
});
