/** How the text that is signed with BankID can be written. Here, and not beside the schema: the window has no zod. */
export const BANKID_LANGUAGES = ["sv", "en"] as const;
export const BANKID_FORMATS = ["plain", "simpleMarkdownV1"] as const;
