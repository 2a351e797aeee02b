import { parserDifferentials } from "./parser-differentials.ts";
import { resourceAttacks } from "./resource-attacks.ts";
import type { Attack, Victims } from "./attack.ts";
import { certificateAttacks } from "./certificate-attacks.ts";
import { cmsSurgery } from "./cms-surgery.ts";
import { buttonAttacks } from "./button-attacks.ts";
import { markerAttacks } from "./marker-attacks.ts";
import { fieldAttacks } from "./field-attacks.ts";
import { listAttacks } from "./list-attacks.ts";
import { wrappingAttacks } from "./wrapping-attacks.ts";
import { commentAttacks } from "./comment-attacks.ts";
import { coveringComments } from "./covering-comments.ts";
import { fillingAttacks } from "./filling-attacks.ts";
import { drawingAttacks } from "./drawing-attacks.ts";
import { forgedDictionaries } from "./forged-dictionaries.ts";
import { shadowAttacks } from "./shadow-attacks.ts";
import { certifiedAttacks } from "./certified-attacks.ts";
import { incrementalSaving } from "./incremental-saving.ts";

export const allAttacks = (victims: Victims): readonly Attack[] => [
  ...forgedDictionaries(victims),
  ...incrementalSaving(victims),
  ...shadowAttacks(victims),
  ...certifiedAttacks(victims),
  ...fillingAttacks(victims),
  ...drawingAttacks(victims),
  ...commentAttacks(victims),
  ...coveringComments(victims),
  ...markerAttacks(victims),
  ...listAttacks(victims),
  ...fieldAttacks(victims),
  ...buttonAttacks(victims),
  ...wrappingAttacks(victims),
  ...cmsSurgery(victims),
  ...certificateAttacks(victims),
  ...parserDifferentials(victims),
  ...resourceAttacks(victims),
];
