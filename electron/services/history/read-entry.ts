import { z } from "zod";
import type { AuditEntry } from "../../storage/audit/audit-entry.ts";

/** An entry of the trail as the history takes it. SECURITY: a trail that somebody edited is a stranger's text. */
export type ReadEntry =
  | ({ readonly kind: "signing.started" } & z.output<typeof startedSchema>)
  | ({ readonly kind: "document.delivered" } & z.output<typeof deliveredSchema>)
  | ({ readonly kind: "document.failed" | "document.waiting" } & z.output<typeof failedSchema>)
  | ({ readonly kind: "signing.ended" | "signing.failed" } & z.output<typeof endedSchema>)
  | { readonly kind: "signing.resumed" }
  | { readonly kind: "event"; readonly event: string; readonly facts: Readonly<Record<string, string | number>> };

const run = z.string().regex(/^[0-9a-f-]{36}$/u);
const item = z.string().regex(/^[0-9]{1,6}$/u);
const digest = z.string().regex(/^[0-9a-f]{64}$/u);
const code = z.string().max(100);
const word = z.string().max(200);
const late = z.boolean().default(false);

const startedSchema = z.object({
  run,
  provider: word,
  profile: word,
  environment: word.nullable().default(null),
  level: word,
  documents: z.array(z.object({ item, sha256: digest })).max(100_000),
});
const deliveredSchema = z.object({
  run,
  item,
  source: digest.nullable().catch(null),
  result: digest.nullable(),
  level: word.nullable(),
  verdict: word.nullable(),
  late,
});
const failedSchema = z.object({ run, item, failure: code, late });
const endedSchema = z.object({ run, failure: code.nullable().default(null) });
const profileSchema = z.object({ provider: word, profile: word.nullable(), isNew: z.boolean().default(false) });

export function readEntry({ kind, body }: AuditEntry): ReadEntry {
  const given = parsed(body);
  switch (kind) {
    case "signing.started":
      return read(kind, startedSchema, given);
    case "document.delivered":
      return read(kind, deliveredSchema, given);
    case "document.failed":
    case "document.waiting":
      return read(kind, failedSchema, given);
    case "signing.ended":
    case "signing.failed":
      return read(kind, endedSchema, given);
    case "signing.resumed":
      return { kind };
    default:
      return event(kind, given);
  }
}

function read<Kind extends string, Shape extends object>(
  kind: Kind,
  schema: z.ZodType<Shape>,
  given: unknown,
): ({ readonly kind: Kind } & Shape) | Extract<ReadEntry, { readonly kind: "event" }> {
  const outcome = schema.safeParse(given);
  return outcome.success ? { kind, ...outcome.data } : { kind: "event", event: "other", facts: {} };
}

function event(kind: string, given: unknown): Extract<ReadEntry, { readonly kind: "event" }> {
  switch (kind) {
    case "settings.changed": {
      const settings = z.object({ settings: z.array(word).max(100) }).safeParse(given);
      return settings.success
        ? { kind: "event", event: kind, facts: { settings: settings.data.settings.join(", ") } }
        : OTHER;
    }
    case "profile.saved":
    case "profile.removed":
    case "profile.used": {
      const told = profileSchema.safeParse(given);
      return told.success ? profileEvent(kind, told.data) : OTHER;
    }
    case "vault.key-renewed":
    case "vault.emptied": {
      const told = z.object({ records: z.number().int() }).safeParse(given);
      return told.success ? { kind: "event", event: kind, facts: { count: told.data.records } } : OTHER;
    }
    case "vault.started-afresh":
      return { kind: "event", event: kind, facts: {} };
    case "trail.key": {
      const key = z.object({ key: word }).safeParse(given);
      return key.success ? { kind: "event", event: kind, facts: key.data } : OTHER;
    }
    case "trail.broken": {
      const broken = z.object({ sealed: z.number().int() }).safeParse(given);
      return broken.success ? { kind: "event", event: kind, facts: broken.data } : OTHER;
    }
    default:
      return OTHER;
  }
}

function profileEvent(
  kind: "profile.saved" | "profile.removed" | "profile.used",
  { provider, profile, isNew }: z.output<typeof profileSchema>,
): Extract<ReadEntry, { readonly kind: "event" }> {
  const name = profile ?? "";
  switch (kind) {
    case "profile.saved":
      return { kind: "event", event: isNew ? "profile.added" : "profile.changed", facts: { provider, profile: name } };
    case "profile.removed":
      return { kind: "event", event: kind, facts: { provider, profile: name } };
    case "profile.used":
      return profile === null
        ? { kind: "event", event: "profile.practice", facts: { provider } }
        : { kind: "event", event: kind, facts: { provider, profile } };
  }
}

const OTHER = { kind: "event", event: "other", facts: {} } as const;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
