import type { FuzzTarget } from "./target.ts";

/** A bug behind three conditions that chance alone would need millions of tries for: shows that coverage leads the fuzzer. */
export const plantedTarget: FuzzTarget = {
  name: "planted",
  seeds: [Uint8Array.from([0, 0, 0])],
  mutate: (bytes, _other, random) => {
    const changed = bytes.slice();
    changed[random.below(changed.length)] = random.below(256);
    return changed;
  },
  complaint: (bytes) => plantedBug(bytes),
};

function plantedBug(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x46) {
    if (bytes[1] === 0x55) {
      if (bytes[2] === 0x5a) {
        return "found the planted bug";
      }
    }
  }
  return null;
}
