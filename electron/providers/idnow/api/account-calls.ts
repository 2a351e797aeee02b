import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { readObject, textField } from "../../loose-json.ts";
import { email, phone } from "./field-types.ts";
import type { IdnowCall } from "./idnow-call.ts";
import { readSignMeUser, readSystemStatus } from "./order-answers.ts";
import type { SignMeUser, SystemStatus } from "./order-answers.ts";
import { failureOfIssue } from "./order-request.ts";
import { accepted, readWith } from "./read-with.ts";

/** As `checkSignmeUser` calls them. */
const SIGN_ME_TYPES = { QES: "QES", AES: "ADV", BES: "BAS" } as const;

/** The service's health, the sign-me account of a person, and this account's password (manual chapters 8 and 9). */
export function accountCalls(call: IdnowCall) {
  return {
    /** Whether the servers answer at all. */
    async serverStatus(signal: AbortSignal): Promise<Result<boolean, Failure>> {
      const sent = await call({ method: "GET", path: ["serverStatus"], signal, accept: "*/*" });
      if (!sent.ok && sent.failure.code === "provider.server-error") {
        return success(false);
      }
      return sent.ok ? success(true) : sent;
    },

    systemStatus: async (signal: AbortSignal): Promise<Result<SystemStatus, Failure>> =>
      readWith(await call({ method: "GET", path: ["systemStatus"], signal }), readSystemStatus),

    async checkSignmeUser(
      user: { readonly email: string; readonly signatureType?: keyof typeof SIGN_ME_TYPES },
      signal: AbortSignal,
    ): Promise<Result<SignMeUser, Failure>> {
      const Email = email(50).safeParse(user.email);
      if (!Email.success) {
        return named(failureOfIssue(Email.error.issues[0]), "Email");
      }
      const { signatureType } = user;
      const body = {
        Email: Email.data,
        ...(signatureType === undefined ? {} : { signatureType: SIGN_ME_TYPES[signatureType] }),
      };
      return readWith(await call({ method: "POST", path: ["checkSignmeUser"], body, signal }), readSignMeUser);
    },

    /** Sends a code to the number that is registered for this. */
    async requestNewPassword(mobile: string, signal: AbortSignal): Promise<Result<null, Failure>> {
      const checked = phone(64).safeParse(mobile);
      return checked.success
        ? accepted(
            await call({ method: "POST", path: ["requestNewPassword"], body: { mobile }, signal, purpose: "password" }),
          )
        : named(failureOfIssue(checked.error.issues[0]), "mobile");
    },

    /**
     * The old password is void as soon as this succeeds. SECURITY: the new one goes to the vault and nowhere else, so it is
     * handed to `keep` and not returned. A wrong code means starting again.
     */
    async confirmNewPassword(
      tan: string,
      keep: (password: string) => Promise<boolean>,
      signal: AbortSignal,
    ): Promise<Result<{ readonly kept: boolean }, Failure>> {
      if (!/^\d{6}$/u.test(tan)) {
        return failed({ code: "idnow.tan-format" });
      }
      const sent = await call({
        method: "POST",
        path: ["confirmNewPassword"],
        body: { tan },
        signal,
        purpose: "password",
      });
      const password = readWith(sent, ({ body }) => textField(readObject(body), "password"));
      return password.ok ? success({ kept: await keep(password.value) }) : password;
    },
  };
}

function named(failure: Failure, field: string): { readonly ok: false; readonly failure: Failure } {
  return failed({ ...failure, params: { ...failure.params, field } });
}
