import type { Victims } from "./attack.ts";
import { baseDocument } from "./base-documents.ts";
import { signRaw } from "./sign-raw.ts";
import { makePki } from "./test-authority.ts";

export async function makeVictims(): Promise<Victims> {
  const pki = await makePki();
  const { person, other } = pki;
  const table = signRaw(baseDocument(), person);
  const certify = (level: 1 | 2 | 3): Victims["table"] => signRaw(baseDocument(), person, { certify: level });
  return {
    pki,
    table,
    packed: signRaw(baseDocument({}, { style: "packed" }), person, { revision: { style: "packed" } }),
    hybrid: signRaw(baseDocument({}, { style: "hybrid" }), person),
    twice: signRaw(table, other, { field: "Second" }),
    certified: { 1: certify(1), 2: certify(2), 3: certify(3) },
  };
}
