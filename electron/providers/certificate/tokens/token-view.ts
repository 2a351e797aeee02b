import type { Failure } from "../../../../shared/failure.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import type { PinState } from "./token-failure.ts";

/** What a module shows without a PIN. */
export interface ModuleListing {
  /** Path of the module, as it was asked for. */
  readonly module: string;
  /** Why nothing could be listed, or null. */
  readonly failure: Failure | null;
  readonly tokens: readonly TokenView[];
}

export interface TokenView {
  readonly module: string;
  readonly label: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
  /** "reader": it is typed on the reader itself, never here. */
  readonly pin: "asked" | "reader" | "none";
  readonly pinState: PinState;
  /** Those that can be seen before logging in; many tokens show all of theirs. */
  readonly certificates: readonly TokenCertificate[];
}

export interface TokenCertificate {
  /** CKA_ID in hexadecimal: what joins it with its key. */
  readonly id: string;
  readonly label: string;
  readonly certificate: Certificate;
}
