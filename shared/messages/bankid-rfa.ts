/** The messages that BankID asks relying parties to use (sheet section 4), as far as signing with this program shows them. */
export const RFA_IDS = ["RFA1", "RFA9", "RFA13", "RFA15A", "RFA15B", "RFA20", "RFA21", "RFA23"] as const;
export type RfaId = (typeof RFA_IDS)[number];

/** RFA9 without "Identify or", as BankID allows where only signing is done. */
export const RFA_TEXTS: Readonly<Record<"en" | "sv", Readonly<Record<RfaId, string>>>> = {
  en: {
    RFA1: "Start your BankID app.",
    RFA9: "Enter your security code in the BankID app and select Sign.",
    RFA13: "Trying to start your BankID app.",
    RFA15A:
      "Searching for BankID. Make sure you have a valid BankID on this computer. If you have a BankID on card, please insert the card into your card reader.",
    RFA15B: "Searching for BankID. Make sure you have a valid BankID on this device.",
    RFA20: "Do you want to use BankID on this device or another device?",
    RFA21: "An identification or signing is in progress.",
    RFA23: "Take a photo of, and scan, your ID document with the BankID app.",
  },
  sv: {
    RFA1: "Starta BankID-appen.",
    RFA9: "Skriv in din säkerhetskod i BankID-appen och välj Skriv under.",
    RFA13: "Försöker starta BankID-appen.",
    RFA15A:
      "Söker efter BankID. Säkerställ att du har ett giltigt BankID på den här datorn. Om du har ett BankID på kort, sätt in kortet i kortläsaren.",
    RFA15B: "Söker efter BankID. Säkerställ att du har ett giltigt BankID på den här enheten.",
    RFA20: "Vill du använda BankID på den här enheten eller på en annan enhet?",
    RFA21: "En identifiering eller underskrift pågår.",
    RFA23: "Fotografera och läs av din ID-handling med BankID-appen.",
  },
};
