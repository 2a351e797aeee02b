/** What customer and IDnow have agreed on for one account. */
export interface AccountOptions {
  readonly user: string;
  readonly password: string;
  /** The pre-registered number that a password change is confirmed with. */
  readonly mobile: string;
  /** requestSign, confirmSign, requestResendSignTan. */
  readonly customerSideSigning: boolean;
  /** requestPhoneVerification and what follows. */
  readonly phoneVerification: boolean;
  readonly trustService: "namirial" | "sign-me";
  readonly level: "B-B" | "B-T";
  /** What getESignHash holds: a detached CMS over the hash, or the bare signature value. */
  readonly hashAnswer: "cms" | "raw";
  /** getIdentData with images: IdentData is then an object, otherwise an array. */
  readonly imagesInData: boolean;
  readonly userIp: boolean;
  /** Video and voice are recorded, whatever the order says. */
  readonly recording: boolean;
  readonly autoId: boolean;
  /** Orders with special references are finished by the test robot. */
  readonly integration: boolean;
  /** 64 hexadecimal digits; null: `/crypt` is not set up. */
  readonly cryptKeyHex: string | null;
  /** Wrong TANs until the order is cancelled. The documents give no number. */
  readonly wrongTans: number;
  /** Orders that nobody finishes end with 99 or 100. */
  readonly timeOutMilliseconds: number;
  /** Codes for OnStatusChange. */
  readonly statusHooks: readonly number[];
  /** Real milliseconds that one millisecond of the retry table takes. */
  readonly webhookTimeFactor: number;
}

const day = 24 * 3600 * 1000;

/** The practice account. User, password and key are shown to everybody and protect nothing. */
export const practiceAccount: AccountOptions = {
  user: "sealdesk-practice",
  password: "practice",
  mobile: "+4915100000000",
  customerSideSigning: true,
  phoneVerification: true,
  trustService: "namirial",
  level: "B-T",
  hashAnswer: "cms",
  imagesInData: false,
  userIp: false,
  recording: false,
  autoId: true,
  integration: true,
  cryptKeyHex: "5072616374696365206b65792c206e6f2073656372657420617420616c6c2e2e",
  wrongTans: 3,
  timeOutMilliseconds: 14 * day,
  statusHooks: [],
  webhookTimeFactor: 1,
};
