import type { CallName, FourthlineTable } from "./endpoint-table.ts";

/** What a request asks for. Both names of the workflow's id mean the same. */
export interface Route {
  readonly call: CallName;
  readonly workflowId: string;
  readonly documentId: string;
}

/** The call at this address, or why there is none. */
export function routeOf(table: FourthlineTable, method: string, pathname: string): Route | "nothing" | "method" {
  const segments = pathname.split("/");
  const hits = Object.entries(table.endpoints).flatMap(([call, endpoint]) => {
    const ids = matched(endpoint.path.split("/"), segments);
    return ids === null ? [] : [{ call: call as CallName, endpoint, ids }];
  });
  // An address that is written out comes before one with a placeholder in the same place.
  const [first] = hits
    .filter(({ endpoint }) => endpoint.method === method)
    .toSorted((one, other) => one.ids.size - other.ids.size);
  if (first === undefined) return hits.length === 0 ? "nothing" : "method";
  const { call, ids } = first;
  const workflowId = ids.get("workflowId") ?? ids.get("signatureId") ?? "";
  return { call, workflowId, documentId: ids.get("documentId") ?? "" };
}

/** The values of the placeholders; null: the path is another one. */
function matched(pattern: readonly string[], segments: readonly string[]): ReadonlyMap<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const ids = new Map<string, string>();
  for (const [index, wanted] of pattern.entries()) {
    const given = segments[index] ?? "";
    const hole = /^([^{}]*)\{(workflowId|signatureId|documentId)\}([^{}]*)$/.exec(wanted);
    if (hole === null) {
      if (wanted !== given) return null;
      continue;
    }
    const [, before = "", name = "", behind = ""] = hole;
    const id = given.slice(before.length, given.length - behind.length);
    if (id === "" || before + id + behind !== given) return null;
    ids.set(name, id);
  }
  return ids;
}
