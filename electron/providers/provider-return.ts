/** SECURITY: a longer address is no return of a provider. */
const MAXIMUM_ADDRESS_LENGTH = 8_192;

/** An address that a provider's page may lead to; null: none that anything is done with. */
export function pageAddress(address: string): URL | null {
  const url = address.length > MAXIMUM_ADDRESS_LENGTH ? null : URL.parse(address);
  return url === null || url.username !== "" || url.password !== "" ? null : url;
}

/** Same scheme, host, port and path; the query belongs to the answer (providers/itsme.md 3.3). */
export function isReturn(url: URL, returnUrl: string): boolean {
  const expected = URL.parse(returnUrl);
  return (
    expected !== null &&
    url.protocol === expected.protocol &&
    url.host === expected.host &&
    url.pathname === expected.pathname
  );
}
