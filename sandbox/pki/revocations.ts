import { join } from "node:path";
import { readFileIfThere, writeFileAtomically } from "./atomic-file.ts";

/** What OCSP says of a certificate that the practice authority issued. */
export type CertificateStatus =
  | { readonly kind: "good" }
  /** `at` in milliseconds since 1970. */
  | { readonly kind: "revoked"; readonly at: number }
  | { readonly kind: "unknown" };

/** The status of this kind, reached at `at` (milliseconds since 1970). */
export const statusAt = (kind: CertificateStatus["kind"], at: number): CertificateStatus =>
  kind === "revoked" ? { kind, at } : { kind };

/** Revoked certificates, kept in the folder: a certificate stays revoked after a restart. */
export interface Revocations {
  statusOf(serialHex: string): CertificateStatus;
  set(serialHex: string, status: CertificateStatus): Promise<void>;
  /** For who is revoked from the start, until somebody has said otherwise. */
  revokeAtFirst(serialHex: string, at: number): Promise<void>;
  revoked(): readonly { readonly serialHex: string; readonly at: number }[];
}

export async function openRevocations(folder: string): Promise<Revocations> {
  const path = join(folder, "pki", "revocations.json");
  const text = await readFileIfThere(path);
  const statuses = new Map<string, CertificateStatus>(text === null ? [] : readStatuses(text));

  const set = async (serialHex: string, status: CertificateStatus): Promise<void> => {
    statuses.set(serialHex, status);
    await writeFileAtomically(path, JSON.stringify(Object.fromEntries(statuses)), 0o600);
  };

  return {
    statusOf: (serialHex) => statuses.get(serialHex) ?? { kind: "good" },
    set,
    async revokeAtFirst(serialHex, at) {
      if (!statuses.has(serialHex)) await set(serialHex, { kind: "revoked", at });
    },
    revoked: () =>
      [...statuses].flatMap(([serialHex, status]) => (status.kind === "revoked" ? [{ serialHex, at: status.at }] : [])),
  };
}

function readStatuses(text: string): readonly [string, CertificateStatus][] {
  return Object.entries(JSON.parse(text) as Record<string, CertificateStatus>);
}
