import type { CodeInteraction } from "../../shared/interaction.ts";
import { text } from "./text.ts";

/** The digits of what was typed or pasted ("Your code: 12 34 56"), full-width ones too; no more than it may have. */
export function codeOf(typed: string, maximum: number): string {
  return typed
    .normalize("NFKC")
    .replaceAll(/[^0-9]/gu, "")
    .slice(0, maximum);
}

export function digitsText({ minimum, maximum }: CodeInteraction["digits"]): string {
  return minimum === maximum
    ? text("code.digits", { count: maximum })
    : text("code.digits-between", { minimum, maximum });
}
