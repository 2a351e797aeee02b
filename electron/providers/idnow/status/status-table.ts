/** What a code means to us beside being final. */
export type StatusEffect =
  /** Part of the ordinary way. */
  | "progress"
  /** The person should know. */
  | "hint"
  /** The attempt was broken off; the same page can be used again. */
  | "page-again"
  /** The trust service's trouble may pass: another code can be asked for. */
  | "code-again"
  /** Not called final, but nothing will follow: only a new order helps. */
  | "stop"
  /** Suspected fraud: no word about it, a final code follows. */
  | "neutral";

export interface StatusCode {
  readonly kind: number;
  readonly finalIdent: boolean;
  readonly finalESign: boolean;
  /** Hidden in the list that is not called "extended". */
  readonly extended: boolean;
  readonly effect: StatusEffect;
  readonly subKinds: readonly number[];
}

/** Kind, flags (I: final for identifications, E: final for eSign, X: extended), effect, sub-kinds. */
type Row = readonly [kind: number, flags: string, effect: StatusEffect, subKinds?: readonly number[]];

/** The table of the manual (section 3.2.3); the words for people are in the catalogue under `idnow.status.…`. */
const ROWS: readonly Row[] = [
  [6, "I", "progress", [19]],
  [7, "X", "progress", [10, 12, 21, 24, 25, 28, 33, 37, 55, 58]],
  [11, "", "hint"],
  [12, "", "hint"],
  [14, "", "hint"],
  [16, "IE", "progress"],
  [17, "IE", "progress", [43, 48, 61, 72, 73, 74, 75]],
  [21, "", "page-again", [14, 15, 18, 22, 27, 29, 32, 34, 36, 38, 39, 42, 47, 50, 53, 54]],
  [22, "IE", "progress"],
  [23, "X", "progress", [20, 41]],
  [24, "X", "hint"],
  [25, "X", "progress"],
  [29, "X", "stop", [63, 64, 65, 76]],
  [30, "", "hint"],
  [49, "X", "progress"],
  [50, "X", "progress"],
  [51, "X", "progress"],
  [53, "X", "hint"],
  [54, "X", "hint"],
  [55, "", "hint"],
  [56, "", "hint"],
  [57, "", "hint"],
  [58, "IE", "progress", [30]],
  [63, "IE", "progress"],
  [68, "", "progress"],
  [70, "X", "hint"],
  [71, "X", "progress", [16, 17, 23, 44, 46, 49, 56, 62]],
  [73, "", "progress"],
  [74, "X", "progress"],
  [75, "", "progress"],
  [77, "X", "progress"],
  [78, "X", "progress"],
  [79, "X", "progress"],
  [80, "", "progress"],
  [83, "X", "progress"],
  [84, "EX", "progress"],
  [87, "", "hint"],
  [89, "X", "neutral"],
  [94, "X", "progress"],
  [95, "X", "progress"],
  [96, "X", "progress"],
  [98, "", "progress"],
  [99, "IE", "progress"],
  [100, "IE", "progress"],
  [101, "X", "progress"],
  [102, "X", "progress"],
  [103, "E", "progress", [79]],
  [104, "X", "progress"],
  [105, "X", "progress"],
  [106, "X", "progress"],
  [107, "X", "hint"],
  [108, "X", "hint"],
  [109, "X", "page-again"],
  [139, "X", "code-again", [66]],
  [
    153,
    "X",
    "page-again",
    [
      176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191, 192, 193, 194, 195, 196, 197, 198,
      199, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209,
    ],
  ],
  [10000, "X", "hint"],
  [10001, "X", "hint"],
  [10002, "X", "hint"],
  [10003, "X", "hint"],
  [10004, "X", "hint"],
  [10005, "X", "hint"],
  [10006, "X", "hint"],
  [10007, "X", "hint"],
  [10008, "X", "hint"],
  [10009, "X", "hint"],
  [10010, "X", "hint"],
  [20000, "X", "hint"],
  [20001, "X", "hint"],
  [20002, "X", "hint"],
  [20003, "X", "hint"],
  [20004, "X", "hint"],
  [20005, "X", "hint"],
  [20006, "X", "hint"],
  [20007, "X", "hint"],
  [20008, "X", "hint"],
  [20009, "X", "hint"],
  [20010, "X", "hint"],
  [20011, "X", "hint"],
];

export const STATUS_CODES: readonly StatusCode[] = ROWS.map(([kind, flags, effect, subKinds = []]) => ({
  kind,
  finalIdent: flags.includes("I"),
  finalESign: flags.includes("E"),
  extended: flags.includes("X"),
  effect,
  subKinds,
}));

const BY_KIND: ReadonlyMap<number, StatusCode> = new Map(STATUS_CODES.map((code) => [code.kind, code]));

/** Undefined for a code that the manual does not know: it is ignored. */
export function statusCode(kind: number): StatusCode | undefined {
  return BY_KIND.get(kind);
}
