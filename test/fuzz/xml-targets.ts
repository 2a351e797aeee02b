import { verifyBankIdEvidence } from "../../electron/evidence/bankid/verify-bankid-evidence.ts";
import { canonicalXml } from "../../electron/xml/canonical-xml.ts";
import { parseStrictXml } from "../../electron/xml/parse-strict-xml.ts";
import { XmlRefusal } from "../../electron/xml/xml-refusal.ts";
import { mutateBytes } from "../attacks/mutations.ts";
import type { SeededRandom } from "../attacks/seeded-random.ts";
import { makeBankIdPeople, makeDocument, makeResponse, POLICY } from "../unit/evidence/bankid/made-evidence.ts";
import { HARMLESS_SPELLINGS, WRAPPING_ATTACKS } from "../unit/evidence/bankid/wrapping-attacks.ts";
import { type FuzzTarget, mayThrowOnly } from "./target.ts";

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** Names, quotes and brackets of the seeds, so that mutations are XML more often. */
function mutateXml(bytes: Uint8Array, other: Uint8Array, random: SeededRandom): Uint8Array {
  const text = textOf(bytes);
  if (random.below(2) === 0) {
    return bytesOf(mutateBytes(text, textOf(other), random));
  }
  const tags = text.match(/<[^>]*>/gu) ?? [""];
  const pick = (): string => tags[random.below(tags.length)] ?? "";
  return bytesOf(text.replace(pick(), () => (random.below(2) === 0 ? pick() : `${pick()}${pick()}`)));
}

/** Readers of XML: the parser with its canonical form, and the verifier of BankID's answers behind it. */
export async function xmlTargets(): Promise<readonly FuzzTarget[]> {
  const people = await makeBankIdPeople();
  const genuine = makeDocument(people, people.person);
  const seeds = [
    ...HARMLESS_SPELLINGS.map(([, change]) => change(genuine)),
    ...WRAPPING_ATTACKS.map(([, change]) => change(genuine)),
    '<a xmlns="urn:a" xmlns:b="urn:b" xml:lang="sv"><b:c b:d="&#13;&quot;" d=\'"\'/>&lt;]]&gt;</a>',
  ].map(bytesOf);
  const trust = { roots: [people.root.certificate], policies: [POLICY] };
  return [
    { name: "xml", seeds, mutate: mutateXml, complaint: canonicalComplaint },
    {
      name: "bankid",
      seeds,
      mutate: mutateXml,
      complaint(bytes) {
        const signature = Buffer.from(bytes).toString("base64");
        let complaint: string | null = null;
        const thrown = mayThrowOnly([], () => {
          const ocspResponse = makeResponse(people, people.person, signature);
          const report = verifyBankIdEvidence({ evidence: { signature, ocspResponse }, trust, expected: {} });
          const isGenuine =
            report.visibleText === "visible" && report.hiddenData === Buffer.from("hidden").toString("base64");
          complaint = report.verdict === "passed" && !isGenuine ? "something else than was signed passes" : null;
        });
        return thrown ?? complaint;
      },
    },
  ];
}

/** Canonical XML 1.0: the canonical form of a canonical form is itself. */
function canonicalComplaint(bytes: Uint8Array): string | null {
  let complaint: string | null = null;
  const thrown = mayThrowOnly([XmlRefusal], () => {
    const once = canonicalXml(parseStrictXml(bytes));
    const twice = canonicalXml(parseStrictXml(once));
    complaint = Buffer.compare(once, twice) === 0 ? null : "the canonical form is not stable";
  });
  return thrown ?? complaint;
}
