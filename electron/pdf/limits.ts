/**
 * Bounds on what a hostile file can make the reader do. Honest files stay far below them; reaching one is a
 * `PdfProblem("limit")`, never a hang or an exhausted memory.
 */

/** Arrays and dictionaries inside each other. */
export const MAX_NESTING = 256;
/** Objects (numbers, names, references …) in one indirect object. */
export const MAX_TOKENS_IN_OBJECT = 1_200_000;
/** References that point to references. */
export const MAX_REFERENCE_HOPS = 32;
/** Bytes of one string: the largest are signature values with whole revocation lists in them. */
export const MAX_STRING_BYTES = 16 * 1024 * 1024;
/** Encoded bytes of one stream that are read into memory. */
export const MAX_RAW_STREAM = 512 * 1024 * 1024;
/** Decoded bytes of one stream. */
export const MAX_DECODED_STREAM = 128 * 1024 * 1024;
/** SECURITY: structural data does not compress this well; images of one colour do, but they are not decoded here. */
export const MAX_EXPANSION = 250;
/** Below this size the expansion is not looked at. */
export const EXPANSION_FREE = 16 * 1024 * 1024;
/** Decoded bytes of all streams together, for one opened file. */
export const MAX_DECODED_TOTAL = 2 * 1024 * 1024 * 1024;
export const MAX_FILTERS = 8;
/** Cross-reference sections in a /Prev chain. */
export const MAX_SECTIONS = 10_000;
export const MAX_PAGE_TREE_DEPTH = 10_000;
export const MAX_PAGE_TREE_NODES = 2_000_000;
export const MAX_FIELDS = 500_000;
/** Places in a broken file that look like an object or a trailer. */
export const MAX_SCANNED_OBJECTS = 3_000_000;
export const MAX_SCANNED_TRAILERS = 20_000;
/** Bytes that the scan reads in vain: behind what begins like an object and is none. */
export const MAX_SCAN_WASTE = 64 * 1024 * 1024;
/** The largest object number that common readers accept (ISO 32000-1 Annex C). */
export const MAX_OBJECT_NUMBER = 8_388_607;
