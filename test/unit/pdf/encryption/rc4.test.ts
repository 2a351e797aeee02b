import { expect, test } from "vitest";
import { rc4 } from "../../../../electron/pdf/encryption/rc4.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

// RFC 6229 section 2: the first 16 bytes of the key stream, and those at offset 4096.
test.each([
  ["0102030405", "b2396305f03dc027ccc3524a0a1118a8", "ff25b58995996707e51fbdf08b34d875"],
  ["0102030405060708090a0b0c0d0e0f10", "9ac7cc9a609d1ef7b2932899cde41b97", "a36a4c301ae8ac13610ccbc12256cacc"],
])("the key stream of %s is that of RFC 6229", (key, start, later) => {
  const stream = rc4(hex(key), new Uint8Array(4112));
  expect(Buffer.from(stream.subarray(0, 16)).toString("hex")).toBe(start);
  expect(Buffer.from(stream.subarray(4096)).toString("hex")).toBe(later);
});
