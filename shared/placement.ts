/**
 * A rectangle in PDF user space: points (1/72 inch times the page's UserUnit), origin where the page's own coordinate
 * system has it, `x`/`y` the lower left corner before any page rotation (ISO 32000-2 8.3.2.3, 7.9.5).
 */
export interface UserSpaceRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the visible mark goes. Pages count from 1, as people do. */
export type Placement =
  | { readonly kind: "invisible" }
  | { readonly kind: "rectangle"; readonly page: number; readonly rectangle: UserSpaceRectangle }
  | { readonly kind: "field"; readonly field: string };
