import { alteredPdf, brokenSignature } from "../documents/altered-pdf.ts";
import { signPdf } from "../documents/sign-pdf.ts";
import type { PkiStore } from "../pki/pki-store.ts";
import type { PracticeServices } from "../pki/practice-pki.ts";
import { countersigner } from "./countersigner.ts";
import { oneTimeSigner } from "./one-time-certificate.ts";
import type { OneTimeSigner } from "./one-time-certificate.ts";
import { somebodyElse } from "./persons.ts";
import type { PersonDetails } from "./persons.ts";
import type { FourthlineFlaws } from "./settings.ts";
import type { SentDocument, Workflow } from "./workflow.ts";
import { makeRoom } from "../make-room.ts";

/** The signed documents. */
export interface Signatures {
  /** The document as this workflow left it; null when it is not finished or has no such document. */
  signed(workflow: Workflow, documentId: string, flaws: FourthlineFlaws): Promise<Uint8Array | null>;
  /** Whose certificate signs this workflow's documents: one for all of them. Made when it is first asked for. */
  signer(workflow: Workflow): Promise<OneTimeSigner | null>;
  clear(): void;
  /** Resolves when no signature is being made any more: it writes to the folder. */
  settled(): Promise<void>;
}

/** Made again when they are asked for again. */
const maximumKept = 100;

interface SigningRoom {
  readonly store: PkiStore;
  readonly services: PracticeServices;
  /** What the certificate of this workflow says. */
  readonly personOf: (workflow: Workflow) => PersonDetails;
}

export function signatures(room: SigningRoom): Signatures {
  const signers = new Map<string, Promise<OneTimeSigner>>();
  const made = new Map<string, Promise<Uint8Array>>();
  const running = new Set<Promise<unknown>>();
  const tracked = <T>(making: Promise<T>): Promise<T> => {
    // Who asks gets the reason; here it only counts that it is over.
    const ended = making.then(noted, noted).finally(() => running.delete(ended));
    running.add(ended);
    return making;
  };
  const kept = <T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const making = tracked(make());
    makeRoom(cache, maximumKept);
    cache.set(key, making);
    return making;
  };
  const signerOf = (workflow: Workflow, now: number): Promise<OneTimeSigner> =>
    kept(signers, workflow.id, () => oneTimeSigner(room, room.personOf(workflow), now));

  const make = async (workflow: Workflow, document: SentDocument, flaws: FourthlineFlaws): Promise<Uint8Array> => {
    const { signedAt, countersignedAt } = workflow;
    if (signedAt === null) throw new Error("not signed");
    if (flaws.pdf === "unsigned") return document.bytes;
    const replaced = flaws.pdf !== "ours" && flaws.pdf !== "broken-value";
    const signed = await signPdf(room.services, {
      document: replaced ? await alteredPdf(document.bytes, flaws.pdf) : document.bytes,
      placement: { kind: "invisible" },
      mark: null,
      signer:
        flaws.signer === "person"
          ? await signerOf(workflow, signedAt)
          : await oneTimeSigner(room, somebodyElse, signedAt),
      level: flaws.timestamp === "ours" ? "B-T" : "B-B",
      now: signedAt,
    });
    const person = flaws.pdf === "broken-value" ? brokenSignature(signed, document.bytes.length) : signed;
    if (countersignedAt === null || flaws.countersignature === "none") return person;
    return signPdf(room.services, {
      document: person,
      placement: { kind: "invisible" },
      mark: null,
      signer: await countersigner(room, countersignedAt),
      reason: "Identity verified",
      level: "B-T",
      now: countersignedAt,
    });
  };

  return {
    signed(workflow, documentId, flaws) {
      const { documents } = workflow;
      const index = documents.findIndex(({ id }) => id === documentId);
      const wanted = documents[flaws.documents === "swapped" ? (index + 1) % documents.length : index];
      if (index < 0 || wanted === undefined || workflow.signedAt === null) return Promise.resolve(null);
      // However it is wrapped, and whatever is wrong with it, it is the same one each time.
      const { pdf, signer, timestamp, countersignature } = flaws;
      const key = [workflow.id, wanted.id, workflow.countersignedAt, pdf, signer, timestamp, countersignature];
      return kept(made, key.join(" "), () => make(workflow, wanted, flaws));
    },
    signer: (workflow) => (workflow.signedAt === null ? Promise.resolve(null) : signerOf(workflow, workflow.signedAt)),
    clear() {
      signers.clear();
      made.clear();
    },
    async settled() {
      await Promise.all(running);
    },
  };
}

function noted(): void {}
