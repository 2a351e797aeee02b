import { z } from "zod";
import type { ItsmeControl } from "./itsme-control.ts";

/** itsme's operations of `POST /control`. */
export const itsmeRequest = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("itsme/sessions") }),
  z.strictObject({ do: z.literal("itsme/accounts") }),
  z.strictObject({ do: z.literal("itsme/enter-phone"), session: z.string(), phone: z.string() }),
  z.strictObject({ do: z.literal("itsme/visit"), session: z.string() }),
  z.strictObject({
    do: z.literal("itsme/decide"),
    session: z.string(),
    outcome: z.enum(["approved", "refused", "expired", "blocked", "failed"]),
  }),
  z.strictObject({
    do: z.literal("itsme/contract"),
    batch: z.boolean().exactOptional(),
    redirectUrl: z.url({ protocol: /^https$/ }).exactOptional(),
  }),
  z.strictObject({
    do: z.literal("itsme/certificate-status"),
    phone: z.string(),
    status: z.enum(["good", "revoked", "unknown"]),
  }),
]);

type ItsmeRequest = z.infer<typeof itsmeRequest>;

/** Does it. The result is JSON; `null` where there is nothing to say. */
export async function performItsme(control: ItsmeControl, request: ItsmeRequest): Promise<unknown> {
  switch (request.do) {
    case "itsme/sessions":
      return control.sessions();
    case "itsme/accounts":
      return control.accounts();
    case "itsme/enter-phone":
      return control.enterPhone(request.session, request.phone);
    case "itsme/visit":
      return control.visit(request.session);
    case "itsme/decide":
      return control.decide(request.session, request.outcome);
    case "itsme/contract": {
      const { do: _operation, ...change } = request;
      control.setContract(change);
      return null;
    }
    case "itsme/certificate-status":
      await control.setCertificateStatus(request.phone, request.status);
      return null;
  }
}
