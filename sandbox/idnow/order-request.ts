import type { JsonObject } from "../web/json-body.ts";

/** Where the signature of one document goes. */
export type SignaturePlace =
  | {
      readonly kind: "rectangle";
      readonly page: number;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: "field"; readonly name: string };

/** A text that is put on the pages before the signature (Namirial only). */
export interface Stamp {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Placed at every occurrence of this text instead of page and position. */
  readonly tag: string | null;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly content: string;
}

export interface ESignDocument {
  readonly filename: string;
  readonly bytes: Uint8Array;
  readonly place: SignaturePlace;
  readonly stamps: readonly Stamp[];
}

export interface ESignHash {
  readonly filename: string;
  /** SHA-256 of the prepared document. */
  readonly digest: Uint8Array;
}

export interface PersonName {
  readonly firstname: string;
  readonly surname: string;
  readonly country: string;
}

/** A checked putOrder. */
export interface OrderRequest {
  readonly ref: string;
  readonly product: number;
  readonly add: number;
  readonly person: PersonName;
  readonly mobile: string | null;
  readonly email: string;
  readonly redirect: { readonly success: string | null; readonly abort: string | null };
  readonly hooks: Readonly<Record<string, string>>;
  readonly documents: readonly ESignDocument[];
  readonly hashes: readonly ESignHash[];
  readonly checkboxes: readonly string[];
  readonly firstOrderId: string | null;
  /** By file name of the first order's documents. */
  readonly signParameters: ReadonlyMap<string, SignaturePlace>;
  readonly signTanText: string;
  readonly phoneTanText: string;
  readonly purpose: string | null;
  readonly wants: {
    readonly targetLink: boolean;
    readonly deepLink: boolean;
    readonly autoIdLink: boolean;
    readonly videoHashes: boolean;
  };
  /** As sent, for the initial data. */
  readonly identData: JsonObject;
  readonly address: JsonObject;
  readonly identDataSigned: string | null;
}

/** Add flags that change how an order runs; they may be added up. */
export const ADD = {
  createAccount: 8,
  existingAccount: 16,
  advanced: 128,
  basic: 256,
  recordVideo: 131_072,
  pointOfSaleSign: 4_194_304,
  pointOfSaleIdent: 8_388_608,
} as const;

export function hasAdd(request: OrderRequest, flag: number): boolean {
  return (request.add & flag) !== 0;
}
