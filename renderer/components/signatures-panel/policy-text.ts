import type { SignaturePermissions } from "../../../shared/verification.ts";
import { nameList } from "../../text/format.ts";
import { text } from "../../text/text.ts";

/** What signatures together permit: the strictest certification counts, and every lock (ISO 32000-2 12.8.2). */
export function policyText(all: readonly SignaturePermissions[]): string {
  const levels = all.flatMap(({ certification }) => certification ?? []);
  const strictest = levels.length === 0 ? "none" : String(Math.min(...levels));
  const locks = all.flatMap((permissions) => permissions.locks.map(lockText));
  return [text(`policy.${strictest as "none" | "1" | "2" | "3"}`), ...new Set(locks)].join(" ");
}

function lockText({ action, fields }: SignaturePermissions["locks"][number]): string {
  const names = nameList(fields.map((field) => `“${field}”`));
  switch (action) {
    case "All":
      return text("policy.lock-all");
    case "Include":
      return text("policy.lock-include", { names });
    case "Exclude":
      return fields.length === 0 ? text("policy.lock-all") : text("policy.lock-exclude", { names });
  }
}
