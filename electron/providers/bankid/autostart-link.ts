const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** Tokens and secrets of an order are UUIDs (sheet sections 1.2 and 2.1). */
export const isUuid = (text: string): boolean => UUID.test(text);

/**
 * The address that opens BankID's app on this computer (sheet section 2.2); null for a token that is none.
 *
 * SECURITY: the address is handed to the operating system. Whatever a server sends as a token, it is this address or none.
 * `redirect=null`: the person comes back on their own.
 */
export const autostartLink = (token: string): string | null =>
  isUuid(token) ? `bankid:///?autostarttoken=${token}&redirect=null` : null;
