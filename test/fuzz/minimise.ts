const MOST_MILLISECONDS = 8_000;

/** Takes pieces out as long as what is left is complained about, large ones first. */
export async function minimise(
  bytes: Uint8Array,
  isBad: (candidate: Uint8Array) => Promise<boolean>,
  now: () => number = () => performance.now(),
): Promise<Uint8Array> {
  const end = now() + MOST_MILLISECONDS;
  let smallest = bytes;
  for (
    let piece = Math.ceil(bytes.length / 2);
    piece >= 1 && now() < end;
    piece = piece === 1 ? 0 : Math.ceil(piece / 2)
  ) {
    for (let at = 0; at < smallest.length && now() < end;) {
      const candidate = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + piece)]);
      if (await isBad(candidate)) {
        smallest = candidate;
      } else {
        at += piece;
      }
    }
  }
  return smallest;
}
