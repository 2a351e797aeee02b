import { z } from "zod";
import type { IdnowControl } from "./idnow-control.ts";

const method = z.enum(["Video", "eID", "AutoID", "Shop"]);
const code = z.number().int().min(0).max(1_000_000);
const flag = z.boolean().exactOptional();
const order = z.string();
const name = z.string().min(1).max(100);
const personName = z.strictObject({ firstname: name, surname: name, country: z.string().regex(/^[A-Z]{2}$/) });

const account = z.strictObject({
  user: z.string().exactOptional(),
  password: z.string().exactOptional(),
  mobile: z.string().exactOptional(),
  customerSideSigning: flag,
  phoneVerification: flag,
  trustService: z.enum(["namirial", "sign-me"]).exactOptional(),
  level: z.enum(["B-B", "B-T"]).exactOptional(),
  hashAnswer: z.enum(["cms", "raw"]).exactOptional(),
  imagesInData: flag,
  userIp: flag,
  recording: flag,
  autoId: flag,
  integration: flag,
  cryptKeyHex: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .nullable()
    .exactOptional(),
  wrongTans: z.number().int().min(1).max(100).exactOptional(),
  timeOutMilliseconds: z.number().positive().exactOptional(),
  statusHooks: z.array(code).exactOptional(),
  webhookTimeFactor: z.number().min(0).max(1).exactOptional(),
});

const flaws = z.strictObject({
  pdfOrder: z.enum(["as-sent", "reversed", "one-missing"]).exactOptional(),
  pdf: z.enum(["ours", "re-saved", "changed-byte", "other-file", "broken-value", "unsigned"]).exactOptional(),
  hash: z.enum(["ours", "other-digest", "wrong-value", "cut"]).exactOptional(),
  base64: z.enum(["whole", "truncated"]).exactOptional(),
  crypt: z.enum(["right", "wrong-tag"]).exactOptional(),
  history: z.enum(["in-order", "shuffled", "unknown-codes", "one-second"]).exactOptional(),
  tanSending: z.enum(["works", "fails-once", "fails-always"]).exactOptional(),
  refusal: z.union([z.literal(63), z.literal(64), z.literal(65), z.literal(76), z.null()]).exactOptional(),
  signer: z.enum(["person", "somebody-else"]).exactOptional(),
  ordersByRef: z.enum(["array", "object", "as-printed"]).exactOptional(),
});

const systemStatus = z.strictObject({
  serverAlive: flag,
  apiAvailable: flag,
  videoAvailable: flag,
  mailingAvailable: flag,
  smsTanAvailable: flag,
  autoIdentAvailable: flag,
  eSign: z
    .strictObject({
      serverAlive: z.boolean(),
      qesAvailable: z.boolean(),
      fesServerAlive: z.boolean(),
      fesAvailable: z.boolean(),
    })
    .exactOptional(),
});

/** IDnow's operations of `POST /control`. */
export const idnowRequest = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("idnow/orders") }),
  z.strictObject({ do: z.literal("idnow/choose"), order, method }),
  z.strictObject({ do: z.literal("idnow/start"), order, method: method.exactOptional() }),
  z.strictObject({ do: z.literal("idnow/identify"), order, method: method.exactOptional() }),
  z.strictObject({ do: z.literal("idnow/break-off"), order, subKind: code.exactOptional() }),
  z.strictObject({ do: z.literal("idnow/negative"), order, subKind: code.exactOptional() }),
  z.strictObject({ do: z.literal("idnow/suspect-fraud"), order }),
  z.strictObject({ do: z.literal("idnow/send-tan"), order }),
  z.strictObject({ do: z.literal("idnow/sign"), order }),
  z.strictObject({
    do: z.literal("idnow/end"),
    order,
    kind: code,
    subKind: code.exactOptional(),
    text: z.string().max(200).exactOptional(),
  }),
  z.strictObject({ do: z.literal("idnow/messages") }),
  z.strictObject({ do: z.literal("idnow/webhook-attempts") }),
  z.strictObject({ do: z.literal("idnow/account"), change: account }),
  z.strictObject({ do: z.literal("idnow/flaws"), change: flaws }),
  z.strictObject({ do: z.literal("idnow/system-status"), change: systemStatus }),
  z.strictObject({ do: z.literal("idnow/sign-me-user"), email: z.string(), exists: z.boolean(), able: z.boolean() }),
  z.strictObject({
    do: z.literal("idnow/certificate-status"),
    order,
    status: z.enum(["good", "revoked", "unknown"]),
  }),
  z.strictObject({ do: z.literal("idnow/certificate-chain"), person: personName }),
]);

type IdnowRequest = z.infer<typeof idnowRequest>;

/** Does it. The result is JSON; `null` where there is nothing to say. */
export async function performIdnow(control: IdnowControl, request: IdnowRequest): Promise<unknown> {
  switch (request.do) {
    case "idnow/orders":
      return control.orders();
    case "idnow/choose":
      return control.choose(request.order, request.method);
    case "idnow/start":
      return control.start(request.order, request.method);
    case "idnow/identify":
      return control.identify(request.order, request.method);
    case "idnow/break-off":
      return control.breakOff(request.order, request.subKind);
    case "idnow/negative":
      return control.negative(request.order, request.subKind);
    case "idnow/suspect-fraud":
      return control.suspectFraud(request.order);
    case "idnow/send-tan":
      return control.sendTan(request.order);
    case "idnow/sign":
      return control.sign(request.order);
    case "idnow/end": {
      const { do: _operation, order: id, ...end } = request;
      return control.end(id, end);
    }
    case "idnow/messages":
      return control.messages();
    case "idnow/webhook-attempts":
      return control.webhookAttempts();
    case "idnow/account":
      control.setAccount(request.change);
      return null;
    case "idnow/flaws":
      control.setFlaws(request.change);
      return null;
    case "idnow/system-status":
      control.setSystemStatus(request.change);
      return null;
    case "idnow/sign-me-user":
      control.setSignMeUser(request.email, { exists: request.exists, able: request.able });
      return null;
    case "idnow/certificate-status":
      await control.setCertificateStatus(request.order, request.status);
      return null;
    case "idnow/certificate-chain":
      return control.certificateChain(request.person);
  }
}
