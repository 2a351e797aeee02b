import { Option } from "commander";
import type { Command } from "commander";
import { CERTIFICATIONS } from "../shared/certification.ts";
import { DIGEST_ARGUMENTS } from "./choose-scheme.ts";
import { withSecretOptions } from "./profile-program.ts";
import type { SignArguments } from "./run-sign.ts";

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];
const addLine = (line: string, earlier: readonly string[] = []): readonly string[] => [...earlier, line];

/** `sealdesk sign` and all that it takes. */
export function addSignCommand(
  program: Command,
  run: (files: string[], options: SignArguments) => Promise<void>,
): void {
  const sign = program
    .command("sign")
    .description("sign PDF files; results are written beside the originals, which are never changed")
    .argument("<file...>", "PDF files")
    .addOption(
      new Option("--provider <name>", "who signs")
        .choices(["itsme", "idnow", "bankid", "fourthline", "certificate"])
        .makeOptionMandatory(),
    )
    .option("--profile <name>", "profile of the provider (without it, the one in use); sandbox is practice mode")
    .addOption(new Option("--level <level>", "signature level").choices(["b", "t", "lt", "lta"]))
    .option("--place <page,x,y,w,h>", "visible mark, in points of the page")
    .option("--field <name>", "existing signature field, or name of the new one")
    .option("--reason <text>", "reason for signing")
    .addOption(
      new Option("--certify <others may>", "certify: what others may do afterwards (first signature only)")
        .choices(["none", ...CERTIFICATIONS])
        .default("none"),
    )
    .option("--lock-fields", "forbid later changes of the form's fields; signature fields stay open", false)
    .option("--no-evidence-page", "BankID: no page for people in the sealed document")
    .option("--location <text>", "place of signing")
    .option("--preset <name>", "look of the mark, as saved in the window")
    .option("--text <line>", "line of the mark, with {name}, {date}, {reason} and the like (repeatable)", addLine)
    .option("--date <format>", "how the mark writes dates: iso, en-GB, en-US, nl, fr, de, sv")
    .option("--image <file>", "picture in the mark (PNG or JPEG)")
    .option("--layout <layout>", "text, picture-left, picture-above, picture-only or picture-behind")
    .option("--qr <content>", "QR code in the mark: digest, an address (with {digest} in it), or text:TEXT")
    .option("--initials <pages>", "initials on these pages under the same signature: all, or 1-3,5")
    .option("--initials-text <text>", "instead of the first letters of the name")
    .option("--initials-image <file>", "picture instead of letters (PNG or JPEG)")
    .option("--initials-corner <corner>", "bottom-right, bottom-left, top-right or top-left")
    .option("--out <path>", "folder for the results, or a file when there is one input")
    .option("--json", "one JSON object a line for each file", false)
    .option("--auto-approve", "practice mode only: play the person", false)
    .option("--phone <number>", "practice mode only: phone number of the person to play")
    .option(
      "--signer <person>",
      'IDnow, Fourthline: "Given name;Surname;e-mail;+49…" (IDnow: repeatable, in order)',
      collect,
      [],
    )
    .addOption(new Option("--signature <kind>", "IDnow: kind of signature").choices(["QES", "AES", "BES"]))
    .addOption(new Option("--code <where>", "IDnow: where the code is typed").choices(["page", "here"]))
    .option("--checkbox <text>", "IDnow: another box to tick before signing (repeatable)", collect, [])
    .addOption(
      new Option("--robot <ending>", "IDnow test accounts: a robot plays the person").choices([
        "positive",
        "negative",
        "fraud",
      ]),
    )
    .option("--no-delete-at-provider", "IDnow: leave the provider's own copy there")
    .option("--person <number>", "BankID: personal number (12 digits) of the one who has to sign")
    .addOption(
      new Option("--text-language <language>", "BankID: language of the text that is signed").choices(["sv", "en"]),
    )
    .addOption(
      new Option("--text-format <format>", "BankID: look of the text in the app").choices([
        "plain",
        "simpleMarkdownV1",
      ]),
    )
    .option("--autostart", "BankID: print the link that opens the app on this computer, and no QR code")
    .option("--client <reference>", "Fourthline: your own identifier of the person; without it the e-mail address")
    .option("--pending", "Fourthline: the person's identification may still be processed", false)
    .option("--accept-conditions", "Fourthline: the signer has read and agrees to everything that is shown", false)
    .option("--selfie <file>", "Fourthline: picture of the signer's face (JPEG), where one is asked for")
    .option("--p12 <file>", "certificate file (PKCS#12)")
    .option("--password-env <name>", "name of the environment variable that holds its password")
    .option("--pkcs11 <module>", "PKCS#11 module of a card or token, instead of --p12")
    .option("--token <label>", "label or serial number of the token, when there are several")
    .option("--certificate <id>", "CKA_ID, label or common name of its certificate, when there are several")
    .option("--pin-env <name>", "name of the environment variable that holds its PIN")
    .addOption(new Option("--digest <name>", "digest; by default what fits the key").choices(DIGEST_ARGUMENTS))
    .option("--pss", "RSASSA-PSS instead of PKCS#1 v1.5, for RSA keys", false)
    .option("--document-password-env <name>", "name of the environment variable that holds the documents' password")
    .option("--tsa <url>", "timestamp service")
    .option("--trust <pem>", "certificate to judge the result against (repeatable)", collect, []);
  withSecretOptions(sign, "of the profile, for this command only").action(run);
}
