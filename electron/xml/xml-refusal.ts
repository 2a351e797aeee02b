export type XmlRefusalCode =
  | "too-long"
  | "too-complex"
  | "encoding"
  /** Comments, CDATA sections, DTDs, processing instructions. */
  | "construct"
  | "not-well-formed"
  | "namespace";

/** Why a document is not read. The only error that reading XML throws. */
export class XmlRefusal extends Error {
  override readonly name = "XmlRefusal";
  readonly code: XmlRefusalCode;

  constructor(code: XmlRefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
