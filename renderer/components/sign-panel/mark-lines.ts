import { text } from "../../text/text.ts";

export interface MarkValues {
  readonly name: string;
  readonly time: string;
  readonly provider: string;
  readonly reason: string;
  readonly practice: boolean;
}

export interface MarkPreviewLine {
  readonly role: "name" | "method" | "time" | "reason" | "practice";
  readonly text: string;
}

/** The lines of the mark in their order. A test holds them against those that are really drawn. */
export function markLines({ name, time, provider, reason, practice }: MarkValues): readonly MarkPreviewLine[] {
  const why = reason.trim();
  return [
    { role: "name", text: name },
    { role: "method", text: text("mark.signed-with", { provider }) },
    { role: "time", text: time },
    ...(why === "" ? [] : [{ role: "reason", text: text("mark.reason", { reason: why }) } as const]),
    ...(practice ? [{ role: "practice", text: text("mark.practice") } as const] : []),
  ];
}
