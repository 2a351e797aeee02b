import type { PadesLevel } from "../shared/verification.ts";

/** Levels as the command line names them. */
export const LEVEL_ARGUMENTS = ["b", "t", "lt", "lta"] as const;

export type LevelArgument = (typeof LEVEL_ARGUMENTS)[number];

export const LEVELS = { b: "B-B", t: "B-T", lt: "B-LT", lta: "B-LTA" } as const satisfies Readonly<
  Record<LevelArgument, PadesLevel>
>;
