import type { HttpClient } from "../../../net/http-client.ts";
import type { BankIdProfile, BankIdSecrets } from "../bankid-profile.ts";
import type { BankIdClient } from "./bankid-client.ts";
import { phenixIdClient } from "./phenixid-client.ts";
import { rpApiClient } from "./rp-api-client.ts";

export interface ClientParts {
  readonly profile: BankIdProfile;
  readonly http: HttpClient;
  readonly secrets: BankIdSecrets;
}

/** For the server that the profile names. */
export function clientOf({ profile: { connection }, http, secrets }: ClientParts): BankIdClient {
  switch (connection.kind) {
    case "phenixid":
      return phenixIdClient({ connection, http, secrets });
    case "rp-api":
      return rpApiClient({ connection, http });
  }
}
