import type { PrepareRequest } from "../../../electron/pades/signature-request.ts";
import type { Placement } from "../../../shared/placement.ts";
import { markFont } from "../pades/sign-as.ts";
import { pictureWithAlpha } from "./mark-picture.ts";

const words = { font: await markFont(), provider: "itsme", practice: true, image: null } as const;

export interface Mark {
  readonly placement: Placement;
  readonly overrides: Partial<PrepareRequest>;
}

const rectangle = (x: number, y: number): Placement => ({
  kind: "rectangle",
  page: 1,
  rectangle: { x, y, width: 180, height: 70 },
});

const lower = { placement: rectangle(40, 40), overrides: { appearance: words } } as const satisfies Mark;

/** Ways in which a signature shows; a new way is a line. For pages of at least 400 by 300 points. */
export const MARKS = {
  invisible: { placement: { kind: "invisible" }, overrides: { appearance: null } },
  text: lower,
  "text elsewhere": { ...lower, placement: rectangle(210, 200) },
  "picture with alpha": { ...lower, overrides: { appearance: { ...words, image: pictureWithAlpha() } } },
} as const satisfies Readonly<Record<string, Mark>>;

/** In the form's own empty field. */
export const inField = (field: string): Mark => ({ ...lower, placement: { kind: "field", field } });
