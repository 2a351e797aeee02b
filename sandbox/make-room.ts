/** Throws out the oldest entry of a map that is full. */
export function makeRoom<K>(map: Map<K, unknown>, maximum: number): void {
  const [oldest] = map.keys();
  if (map.size >= maximum && oldest !== undefined) map.delete(oldest);
}
