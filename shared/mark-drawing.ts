/** The mark as it will be drawn: points from its lower left corner, as the reader sees it. */
export interface MarkDrawing {
  readonly width: number;
  readonly height: number;
  readonly picture: DrawnPicture | null;
  readonly qr: DrawnQr | null;
  readonly lines: readonly DrawnLine[];
  /** What the person should know before it is drawn so. */
  readonly notes: readonly MarkNote[];
}

export interface DrawnPicture {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 1: as it is. Less: faint, behind the text. */
  readonly opacity: number;
}

export interface DrawnQr {
  /** Lower left corner and side of the white square, which holds the quiet zone too. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** Side of the square in modules, the quiet zone's included. */
  readonly modules: number;
  /** Dark runs of a row: column and row of the first module from the top left corner of the square, and how many. */
  readonly runs: readonly (readonly [column: number, row: number, length: number])[];
}

export interface DrawnLine {
  readonly text: string;
  /** Left end of the base line. */
  readonly x: number;
  readonly y: number;
  /** Font size in points. */
  readonly size: number;
}

export type MarkNote = "text-small" | "qr-small" | "qr-long" | "characters-missing";

/** What the window draws: the same, with the outlines of the text's own glyphs. */
export interface MarkPreview extends MarkDrawing {
  readonly lines: readonly (DrawnLine & {
    /** SVG path of the whole line in font units, y upwards. */
    readonly outline: string;
  })[];
  /** Font units in one font size. */
  readonly unitsPerEm: number;
}
