const ALLOWED_SCHEMES: readonly string[] = ["https:", "mailto:"];

const TOKEN = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

/** The two addresses that open BankID's app (its guide "autostart"): on a computer, and on a phone or tablet. */
const BANKID_ADDRESSES = [
  new RegExp(`^bankid:///\\?autostarttoken=${TOKEN}&redirect=null$`, "u"),
  new RegExp(`^https://app\\.bankid\\.com/\\?autostarttoken=${TOKEN}&redirect=null$`, "u"),
];

/**
 * The address as it may be handed to the operating system; null: it may not.
 *
 * SECURITY: the operating system starts a program of its own choice with it. Plain web and mail addresses pass, without user
 * names in them; of BankID's addresses exactly the two with a token in its place, whatever a server has sent.
 */
export function externalAddress(address: string): string | null {
  if (BANKID_ADDRESSES.some((allowed) => allowed.test(address))) {
    return address;
  }
  const url = URL.parse(address);
  if (url === null || !ALLOWED_SCHEMES.includes(url.protocol) || url.username !== "" || url.password !== "") {
    return null;
  }
  // "app.bankid.com." is the same host, and some mail programs attach the files that a query names.
  const isSpecial =
    url.hostname.replace(/\.$/u, "") === "app.bankid.com" || (url.protocol === "mailto:" && url.search !== "");
  return isSpecial ? null : url.href;
}
