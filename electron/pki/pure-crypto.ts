import { createRequire } from "node:module";
import type * as Ed448 from "@noble/curves/ed448.js";
import type * as Misc from "@noble/curves/misc.js";
import type * as Nist from "@noble/curves/nist.js";
import type * as Secp256k1 from "@noble/curves/secp256k1.js";
import type * as Legacy from "@noble/hashes/legacy.js";
import type * as Sha3 from "@noble/hashes/sha3.js";

// Nearly all files are signed with RSA or a NIST curve and SHA-2, which the crypto library does. Loading the pure TypeScript
// costs 30 ms of processor time, so it is loaded by whoever needs it first, and at once: signatures are judged in one piece.
// The build takes this line out (build/bundled-require.ts), and the bundler then makes the same of the calls below.
const require = createRequire(import.meta.url);

export const nistCurves = (): typeof Nist => require("@noble/curves/nist.js") as typeof Nist;

export const brainpoolCurves = (): typeof Misc => require("@noble/curves/misc.js") as typeof Misc;

export const secp256k1Curve = (): typeof Secp256k1 => require("@noble/curves/secp256k1.js") as typeof Secp256k1;

export const ed448Curve = (): typeof Ed448 => require("@noble/curves/ed448.js") as typeof Ed448;

export const legacyHashes = (): typeof Legacy => require("@noble/hashes/legacy.js") as typeof Legacy;

export const sha3Hashes = (): typeof Sha3 => require("@noble/hashes/sha3.js") as typeof Sha3;
