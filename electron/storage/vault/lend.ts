/** Lends bytes and overwrites them when the callback has ended, however it ended. */
export async function lend<T>(secret: Uint8Array, borrow: (secret: Uint8Array) => Promise<T>): Promise<T> {
  try {
    return await borrow(secret);
  } finally {
    secret.fill(0);
  }
}
