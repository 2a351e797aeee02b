/** A file to be embedded in a document and associated with it as a whole (ISO 32000-2 14.13, ISO 19005-3 6.8). */
export interface Attachment {
  /** ASCII, without a folder. */
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  /** /AFRelationship (ISO 32000-2 table 43). */
  readonly relationship: string;
  readonly bytes: Uint8Array;
}
