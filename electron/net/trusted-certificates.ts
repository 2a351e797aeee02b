import { getCACertificates, rootCertificates } from "node:tls";

let remembered: readonly string[] | null = null;

/**
 * The system's certificate authorities, Node's own list, and `extra` (PEM), without doubles. An organisation's own CA
 * is usually in the system's store only; an old system's store may lack a new root that Node's list has.
 */
export function trustedCertificates(extra: readonly string[]): string[] {
  remembered ??= [...new Set([...storeOf("system"), ...storeOf("default")])];
  return [...remembered, ...extra];
}

function storeOf(kind: "system" | "default"): readonly string[] {
  // Electron's Node may lack the function, and reading a broken system store may throw: the bundled list remains.
  if (typeof getCACertificates !== "function") {
    return rootCertificates;
  }
  try {
    return getCACertificates(kind);
  } catch {
    return rootCertificates;
  }
}
