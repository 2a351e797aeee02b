import type { Migrations } from "./migrate.ts";

/** The journal's schema. */
export const JOURNAL_MIGRATIONS: Migrations = [
  `
CREATE TABLE IF NOT EXISTS signing_transaction (
  id TEXT PRIMARY KEY,
  phase TEXT NOT NULL CHECK (phase IN ('running', 'done', 'failed')),
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  record TEXT NOT NULL,
  failure TEXT,
  owner INTEGER NOT NULL,
  updated TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS signing_item (
  transaction_id TEXT NOT NULL REFERENCES signing_transaction (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('pending', 'prepared', 'approved', 'assembled', 'delivered', 'failed')),
  record TEXT NOT NULL,
  prepared TEXT,
  value TEXT,
  capacity INTEGER,
  staged_path TEXT NOT NULL,
  output_path TEXT NOT NULL,
  failure TEXT,
  PRIMARY KEY (transaction_id, item)
) STRICT;
CREATE INDEX IF NOT EXISTS signing_transaction_phase ON signing_transaction (phase);
`,
  `
ALTER TABLE signing_item ADD COLUMN sent TEXT;
ALTER TABLE signing_item ADD COLUMN returned TEXT;
`,
  `
CREATE TABLE signing_evidence (
  id INTEGER PRIMARY KEY,
  transaction_id TEXT NOT NULL REFERENCES signing_transaction (id) ON DELETE CASCADE,
  evidence TEXT NOT NULL
) STRICT;
ALTER TABLE signing_item ADD COLUMN evidence INTEGER REFERENCES signing_evidence (id);
`,
  `
ALTER TABLE signing_item ADD COLUMN result_sha256 TEXT;
ALTER TABLE signing_item ADD COLUMN outcome TEXT;
`,
];
