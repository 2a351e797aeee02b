import { z } from "zod";
import type { Failure } from "../../../../shared/failure.ts";
import { email, httpsUrl, phone, smsText, someText, text } from "./field-types.ts";
import { eSignHashSchema, eSignPdfSchema, oneOrMore, signParametersSchema } from "./order-documents.ts";
import { addressSchema, identDataSchema } from "./order-person.ts";

/** The references that `getOrdersByRef` can look for (manual 3.13). */
export const REF = /^[A-Za-z0-9.+-]{1,100}$/u;

/** `Product` (manual 3.1.4). */
export const PRODUCT = {
  anyMethod: 0,
  shop: 8,
  anyMethodAndVideo: 12,
  eSign: 15,
  autoId: 16,
  phoneVerification: 17,
  reader: 19,
} as const;

/** `Add`: bit flags by their values, so they are added up (the manual does not say so). */
export const ADD = {
  signMeUseOrCreate: 4,
  signMeCreate: 8,
  signMeUse: 16,
  aes: 128,
  bes: 256,
  licenceWithId: 4096,
  licenceWithoutId: 8192,
  recordVideo: 131_072,
  posSigning: 4_194_304,
  posIdentification: 8_388_608,
} as const;

const ALL_ADD = Object.values(ADD).reduce((sum, flag) => sum | flag, 0);

/** Special values that start the test robot; integration accounts only (manual 9.5). */
export const ROBOT_REF = {
  positive: "X-AUTOTEST-POSITIVE",
  negative: "X-AUTOTEST-NEGATIVE",
  fraud: "X-AUTOTEST-FRAUD",
} as const;

const product = z.union(
  Object.values(PRODUCT).map((value) => z.literal(value)) as [z.ZodLiteral<number>, ...z.ZodLiteral<number>[]],
  { error: "0, 8, 12, 15, 16, 17 or 19" },
);

const add = z
  .number()
  .int()
  .min(0)
  .refine((value) => (value & ~ALL_ADD) === 0, "a sum of the documented values")
  .refine((value) => (value & ADD.aes) === 0 || (value & ADD.bes) === 0, "either 128 or 256")
  .refine(
    (value) => [ADD.signMeUseOrCreate, ADD.signMeCreate, ADD.signMeUse].filter((flag) => value & flag).length <= 1,
    "only one of 4, 8 and 16",
  );

const webhook = httpsUrl(250).optional();

/** The body of `putOrder`, with the limits of the manual. Only what is given travels. */
export const orderRequestSchema = z
  .strictObject({
    /** Any text; only that of `REF` can be looked for afterwards. */
    Ref: text(100).optional(),
    Product: product,
    Add: add,
    Lang: z
      .string()
      .regex(/^[a-z]{2}$/u, "two small letters (ISO 639-1)")
      .optional(),
    eIDSettings: z
      .strictObject({
        VerifyMobileNumber: z.boolean().optional(),
        EnableOCR: z.boolean().optional(),
        CaptureImages: z.boolean().optional(),
        NoVideoFallback: z.boolean().optional(),
        DisableEID: z.boolean().optional(),
      })
      .optional(),
    getTargetLink: z.boolean().optional(),
    getVideoHashes: z.boolean().optional(),
    getDeepLink: z.boolean().optional(),
    /** Named in the changelog (2.10g) only. */
    getAutoIdLink: z.boolean().optional(),
    RedirectURL: z.strictObject({ Success: httpsUrl(150).optional(), Abort: httpsUrl(150).optional() }).optional(),
    WebhookURL: z
      .strictObject({
        AfterVideo: webhook,
        AfterIdent: webhook,
        OnFinal: webhook,
        OnError: webhook,
        OnVideoError: webhook,
        OnStatusChange: webhook,
      })
      .refine(({ AfterVideo, AfterIdent }) => AfterVideo === undefined || AfterIdent === undefined, {
        error: "either AfterVideo or AfterIdent",
        path: ["AfterVideo"],
      })
      .optional(),
    Phone: phone(50).optional(),
    Mobile: phone(50).optional(),
    Email: email(50),
    Address: addressSchema,
    IdentData: identDataSchema.optional(),
    LegitimationDocument: z.array(someText(50)).optional(),
    eSignPDF: oneOrMore(eSignPdfSchema).optional(),
    eSignHash: oneOrMore(eSignHashSchema).optional(),
    eSignOptions: z.strictObject({ AdditionalCheckboxes: z.array(someText(300)).optional() }).optional(),
    MultiSignOptions: z
      .strictObject({
        /** The manual says 14, and 20 for the OrderID that it is: what IDnow gave is never refused here. */ FirstOrderID:
          someText(20),
        SignParameters: oneOrMore(signParametersSchema).optional(),
      })
      .optional(),
    /** Opaque: an earlier identification, as `getIdentData/…/Signed` gave it. */
    IdentDataSigned: z.string().min(1).optional(),
    EmailNotifications: z
      .strictObject({
        OnPositiveIdent: email(150).optional(),
        OnNegativeIdent: email(150).optional(),
        OnTimeOut: email(150).optional(),
        OnLeave: email(150).optional(),
      })
      .optional(),
    Purpose: z
      .union([text(150), z.record(z.string().regex(/^[a-z]{2}$/u, "a language as de or en"), text(150))])
      .optional(),
    eSignTanSmsText: smsText.optional(),
    verificationSmsText: smsText.optional(),
    CustomerRouteTag: text(250).optional(),
  })
  .superRefine((order, context) => {
    const object = (path: string, message: string): void => context.addIssue({ code: "custom", message, path: [path] });
    const signs = order.Product === PRODUCT.eSign;
    if (order.eSignPDF !== undefined && order.eSignHash !== undefined) {
      object("eSignHash", "either eSignPDF or eSignHash");
    }
    if (!signs && (order.eSignPDF !== undefined || order.eSignHash !== undefined)) {
      object("Product", "documents go with product 15 only");
    }
    if (order.getVideoHashes === true && !signs && order.Product !== PRODUCT.anyMethodAndVideo) {
      object("getVideoHashes", "only with product 12 or 15");
    }
    if (order.Product === PRODUCT.shop && Object.keys(order.IdentData?.Additional ?? {}).length > 2) {
      object("IdentData.Additional", "at most 2 fields with product 8");
    }
  });

export type OrderRequest = z.output<typeof orderRequestSchema>;
/** As it is written, before addresses are trimmed. */
export type OrderDraft = z.input<typeof orderRequestSchema>;

/** What `putOrder` would refuse: the field and its limit, never the value. Null: nothing. */
export function orderProblem(order: unknown): Failure | null {
  const parsed = orderRequestSchema.safeParse(order);
  return parsed.success ? null : failureOfIssue(parsed.error.issues[0]);
}

export function failureOfIssue(issue: z.core.$ZodIssue | undefined): Failure {
  const deepest = issue === undefined ? null : deepestOf(issue, []);
  return {
    code: "idnow.field",
    params: { field: deepest?.path.join(".") ?? "", limit: deepest?.message ?? "" },
  };
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** In a union, the branch that got farthest says what is wrong. */
function deepestOf(issue: z.core.$ZodIssue, parents: readonly PropertyKey[]): Found {
  const path = [...parents, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0 || issue.message !== "Invalid input") {
    return { path, message: wordsOf(issue) };
  }
  const inner = issue.errors.flatMap((branch) => branch.slice(0, 1).map((one) => deepestOf(one, path)));
  return inner.reduce(
    (best, one) => (one.path.length > best.path.length ? one : best),
    inner[0] ?? { path, message: "" },
  );
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    return `unknown: ${issue.keys.join(", ")}`;
  }
  if (issue.code === "invalid_type") {
    return issue.message.endsWith("received undefined") ? "is needed" : `must be ${issue.expected}`;
  }
  return issue.message;
}
