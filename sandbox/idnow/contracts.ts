import type { AccountOptions } from "./account-options.ts";
import { defaultPlace } from "./fixed-place.ts";
import type { ESignDocument, SignaturePlace } from "./order-request.ts";
import type { IdnowOrder } from "./order.ts";
import type { Persons } from "./persons.ts";
import { signPdf } from "./sign-pdf.ts";
import type { SignPdfRoom } from "./sign-pdf.ts";
import { stampPages } from "./stamp-pages.ts";

/** The documents of an order, or of several orders that sign the same ones one after the other. */
export interface Contracts {
  open(id: string, documents: readonly ESignDocument[]): void;
  documents(id: string): readonly ESignDocument[] | null;
  /** As they are now: as sent, or as the last signer left them. */
  current(id: string): Promise<readonly Uint8Array[]>;
  /** The order signs them as the signer before left them. */
  sign(order: IdnowOrder, now: number): void;
  /** The documents as this order found them and as it left them; null when it has not signed. */
  signedBy(order: IdnowOrder): Promise<SignedVersion | null>;
  clear(): void;
  /** Resolves when no signature is being made any more: it writes to the folder. */
  settled(): Promise<void>;
}

export interface SignedVersion {
  readonly before: readonly Uint8Array[];
  readonly signed: readonly Uint8Array[];
  readonly at: number;
}

interface Contract {
  readonly documents: readonly ESignDocument[];
  last: Promise<readonly Uint8Array[]>;
  readonly versions: Map<string, Promise<SignedVersion>>;
}

export function contracts(
  room: SignPdfRoom & {
    readonly persons: Persons;
    readonly account: () => AccountOptions;
    /** Whether an order still has these documents; they are forgotten otherwise. */
    readonly inUse: (id: string) => boolean;
  },
): Contracts {
  const known = new Map<string, Contract>();
  const running = new Set<Promise<unknown>>();
  return {
    open(id, documents) {
      for (const old of known.keys()) if (!room.inUse(old)) known.delete(old);
      const last = Promise.resolve(documents.map(({ bytes }) => bytes));
      known.set(id, { documents, last, versions: new Map() });
    },
    documents: (id) => known.get(id)?.documents ?? null,
    current: (id) => known.get(id)?.last ?? Promise.resolve([]),
    sign(order, now) {
      const contract = known.get(order.documentsOf);
      if (contract === undefined) return;
      const { level } = room.account();
      const made = contract.last.then(async (before) => {
        const person = await room.persons.of(order.request.person);
        const signed: Uint8Array[] = [];
        for (const [index, bytes] of before.entries()) {
          const place = placeOf(contract.documents[index], order);
          // Each order stamps its own documents; a further signer has none.
          const stamps = order.request.documents[index]?.stamps ?? [];
          const document = stampPages(bytes, stamps, person.name, now);
          signed.push(await signPdf(room, { document, place, person, level, now }));
        }
        return { before, signed, at: now };
      });
      // Who asks for the version gets the reason; nobody may ask.
      const ended = made.catch(() => undefined).finally(() => running.delete(ended));
      running.add(ended);
      contract.versions.set(order.id, made);
      contract.last = made.then(
        ({ signed }) => signed,
        () => contract.documents.map(({ bytes }) => bytes),
      );
    },
    signedBy: (order) => known.get(order.documentsOf)?.versions.get(order.id) ?? Promise.resolve(null),
    clear: () => known.clear(),
    async settled() {
      await Promise.all(running);
    },
  };
}

/** Where this order signs a document: each further signer names his own place. */
export function placeOf(document: ESignDocument | undefined, order: IdnowOrder): SignaturePlace {
  const own = document === undefined ? undefined : order.request.signParameters.get(document.filename);
  return own ?? (order.documentsOf === order.id ? document?.place : undefined) ?? defaultPlace;
}
