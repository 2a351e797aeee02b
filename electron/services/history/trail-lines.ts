import type { AuditReader } from "../../storage/audit/audit-log.ts";

/** Entries read from the file at once. */
const CHUNK = 500;

/** A trail as JSON lines: entries with their bodies as JSON, then the seals. What `sealdesk audit verify FILE` takes. */
export function* trailLines(trail: Pick<AuditReader, "after" | "seals">): Generator<string> {
  let last = 0;
  for (;;) {
    const entries = trail.after(last, CHUNK);
    for (const { body, ...entry } of entries) {
      yield JSON.stringify({ ...entry, body: parsed(body) });
      last = entry.seq;
    }
    if (entries.length === 0) {
      break;
    }
  }
  for (const seal of trail.seals()) {
    yield JSON.stringify({ seal });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
