/** BankID's limits, in characters of Base64. */
export const visibleLimit = 40_000;
export const hiddenLimit = 200_000;
/** Of a text beside an identification. */
export const identificationLimit = 1_500;

/** Whether this is the Base64 of something, as an encoder writes it, and not too long. */
export function isSignableData(base64: string, limit: number): boolean {
  const isWritten =
    /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && Buffer.from(base64, "base64").toString("base64") === base64;
  return isWritten && base64.length <= limit;
}

/** The same for what people are to read: UTF-8. */
export function isSignableText(base64: string, limit: number): boolean {
  if (!isSignableData(base64, limit)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));
    return true;
  } catch {
    return false;
  }
}
