/**
 * RC4, the cipher of PDF 1.1 to 1.5 (ISO 32000-2 7.6.3.1, deprecated). Own code: neither OpenSSL 3 nor BoringSSL offers it
 * by default. Encrypting and decrypting are the same. It protects nothing today; it is here to read what others wrote.
 */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index] ?? 0;
  let j = 0;
  for (let i = 0; i < 256; i += 1) {
    const held = at(i);
    j = (j + held + (key[i % key.length] ?? 0)) & 255;
    state[i] = at(j);
    state[j] = held;
  }
  const output = new Uint8Array(data.length);
  let i = 0;
  j = 0;
  for (let index = 0; index < data.length; index += 1) {
    i = (i + 1) & 255;
    const held = at(i);
    j = (j + held) & 255;
    const other = at(j);
    state[i] = other;
    state[j] = held;
    output[index] = (data[index] ?? 0) ^ at((held + other) & 255);
  }
  return output;
}
