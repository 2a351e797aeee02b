import type { IdentificationRow } from "../../shared/interaction.ts";

export type Comparison = "same" | "different" | "only-checked" | "only-ordered" | "nothing";

/**
 * Identity documents print names in capitals, so case makes no difference, nor do blanks; spelling does ("Müller", "MUELLER"): whether
 * that is the same person is for people to say.
 */
export function compare({ ordered, checked }: IdentificationRow): Comparison {
  const left = plain(ordered);
  const right = plain(checked);
  if (left === "" && right === "") return "nothing";
  if (left === "") return "only-checked";
  if (right === "") return "only-ordered";
  return left === right ? "same" : "different";
}

export function differences(rows: readonly IdentificationRow[]): number {
  return rows.filter((row) => compare(row) === "different").length;
}

function plain(value: string | null): string {
  // Upper case first: it makes "ß" the "SS" that documents print.
  return (value ?? "").normalize("NFC").replaceAll(/\s+/gu, " ").trim().toUpperCase().toLowerCase();
}
