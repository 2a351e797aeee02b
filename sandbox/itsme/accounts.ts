/** How the pretend person reacts to a request on the phone. */
export type PhoneBehaviour =
  /** Waits for a button on the phone page. */
  | { readonly kind: "by-hand" }
  /** Decides alone, so many milliseconds after the request reached the phone. */
  | {
      readonly kind: "by-itself";
      readonly afterMilliseconds: number;
      readonly outcome: "approve" | "refuse" | "expire" | "block" | "fail";
    };

/** What goes wrong between the person's approval and the program. */
export interface AnswerBehaviour {
  readonly certificate: "good" | "expired" | "foreign-ca" | "revoked";
  readonly value: "right" | "wrong";
  readonly results: "in-order" | "shuffled" | "unnamed" | "one-missing";
  readonly message: "text" | "object";
  readonly pending: "http-409" | "http-200";
  /** Of the status answers. */
  readonly transport: "normal" | "error-once" | "error-always-when-signing" | "slow" | "dropped-once";
  readonly batch: boolean;
}

/** A pretend person with a telephone number; the number chooses what happens. */
export interface PracticeAccount {
  /** Digits with country code, as `+32470000001`. */
  readonly phone: string;
  readonly givenName: string;
  readonly surname: string;
  /** Not a number that the Belgian register can hand out: month 99 does not exist. */
  readonly nationalNumber: string;
  readonly what: string;
  readonly identification: PhoneBehaviour;
  readonly signing: PhoneBehaviour;
  readonly answers: AnswerBehaviour;
}

const normalAnswers: AnswerBehaviour = {
  certificate: "good",
  value: "right",
  results: "in-order",
  message: "text",
  pending: "http-409",
  transport: "normal",
  batch: true,
};

const byHand: PhoneBehaviour = { kind: "by-hand" };
const approves: PhoneBehaviour = { kind: "by-itself", afterMilliseconds: 1000, outcome: "approve" };

function account(
  suffix: string,
  name: readonly [string, string],
  what: string,
  change: {
    readonly identification?: PhoneBehaviour;
    readonly signing?: PhoneBehaviour;
    readonly answers?: Partial<AnswerBehaviour>;
  } = {},
): PracticeAccount {
  return {
    phone: `+324700000${suffix}`,
    givenName: name[0],
    surname: name[1],
    nationalNumber: `809900000${suffix}`,
    what,
    identification: change.identification ?? approves,
    signing: change.signing ?? approves,
    answers: { ...normalAnswers, ...change.answers },
  };
}

function byItself(outcome: "approve" | "refuse" | "expire" | "block" | "fail", afterMilliseconds = 1000) {
  return { kind: "by-itself", afterMilliseconds, outcome } as const;
}

/** The first three wait for a person at the phone page; all others answer by themselves after a second or so. */
export const practiceAccounts: readonly PracticeAccount[] = [
  account("01", ["Anna", "Peeters"], "You approve or refuse on the phone page", {
    identification: byHand,
    signing: byHand,
  }),
  account("02", ["Zoë", "Müller-Straße"], "You approve or refuse on the phone page (second person)", {
    identification: byHand,
    signing: byHand,
  }),
  account("03", ["François", "Lemaître-Noël"], "You approve or refuse on the phone page (third person)", {
    identification: byHand,
    signing: byHand,
  }),
  account("04", ["Marie", "Janssens"], "Approves everything by itself"),
  account("05", ["Piet", "Claes"], "Refuses the identification", { identification: byItself("refuse") }),
  account("06", ["Luc", "Maes"], "Lets the identification expire (after 5 seconds, not 3 minutes)", {
    identification: byItself("expire", 5000),
  }),
  account("07", ["Els", "Jacobs"], "Account is blocked (NOT_ALLOWED_TO_SIGN)", { identification: byItself("block") }),
  account("08", ["Jan", "Mertens"], "Takes two minutes to approve", {
    identification: byItself("approve", 120_000),
    signing: byItself("approve", 120_000),
  }),
  account("09", ["Nele", "Willems"], "Refuses to sign", { signing: byItself("refuse") }),
  account("10", ["Tom", "Goossens"], "Lets the signing request expire (after 5 seconds, not 3 minutes)", {
    signing: byItself("expire", 5000),
  }),
  account("11", ["Iris", "Wouters"], "Returns a wrong signature value", { answers: { value: "wrong" } }),
  account("12", ["Bart", "De Smet"], "Returns the results in another order", { answers: { results: "shuffled" } }),
  account("13", ["Sara", "Dubois"], "Returns results without whichDoc", { answers: { results: "unnamed" } }),
  account("14", ["Éric", "Lambert"], "Refuses to sign; the message is an object", {
    signing: byItself("refuse"),
    answers: { message: "object" },
  }),
  account("15", ["Hans", "Martens"], "First status answer of each round is HTTP 500", {
    answers: { transport: "error-once" },
  }),
  account("16", ["Noa", "Dupont"], "Every signing status is HTTP 500", {
    answers: { transport: "error-always-when-signing" },
  }),
  account("17", ["Stijn", "Aerts"], "Every status answer takes 5 seconds", { answers: { transport: "slow" } }),
  account("18", ["Lien", "Hermans"], "First status call of each round loses its connection", {
    answers: { transport: "dropped-once" },
  }),
  account("19", ["Koen", "Michiels"], "Contract without batch (ONLY_SINGLE_HASH_SUPPORTED)", {
    answers: { batch: false },
  }),
  account("20", ["Greet", "Simon"], "Certificate has expired", { answers: { certificate: "expired" } }),
  account("21", ["Hugo", "Laurent"], "Certificate of an unknown authority", { answers: { certificate: "foreign-ca" } }),
  account("22", ["Eva", "Leclercq"], "Certificate has been revoked", { answers: { certificate: "revoked" } }),
  account("23", ["Dirk", "Renard"], "Identification fails (UNEXPECTED_ERROR)", { identification: byItself("fail") }),
  account("24", ["Rosa", "Thijs"], "Signing fails (TECHNICAL_ERROR)", { signing: byItself("fail") }),
  account("25", ["Mia", "Fontaine"], "Leaves out the last result of a batch", { answers: { results: "one-missing" } }),
  account("26", ["Yves", "Gérard"], "A pending identification answers HTTP 200 without certificate", {
    answers: { pending: "http-200" },
  }),
  account("27", ["Ilse", "Bogaert"], "Account is blocked after the identification (SIGNATURE_NOT_ALLOWED)", {
    signing: byItself("block"),
  }),
];

/** Finds the account for what a person typed: spaces, dots, slashes, `0032` and a leading `0` are all understood. */
export function accountByPhone(typed: string): PracticeAccount | null {
  const digits = typed.replaceAll(/[\s./()-]/g, "");
  const international = digits.replace(/^00/, "+").replace(/^0/, "+32").replace(/^32/, "+32");
  return practiceAccounts.find((candidate) => candidate.phone === international) ?? null;
}

/** `+32 470 00 00 01`. */
export function readablePhone(phone: string): string {
  return phone.replace(/^\+32(\d{3})(\d\d)(\d\d)(\d\d)$/, "+32 $1 $2 $3 $4");
}
