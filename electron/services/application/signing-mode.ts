import type { AppInfo } from "../../../shared/app-state.ts";
import type { EnvironmentKind } from "../../../shared/profiles.ts";
import type { Settings } from "../../storage/settings.ts";
import type { ProfileService } from "../profiles/profile-service.ts";
import { SETUPS } from "../profiles/setups.ts";
import { certificateKind } from "../signing/certificate-choice.ts";

type KnownProfiles = Pick<ProfileService, "environmentOf" | "bankIdRoots">;

/** Where what is signed now would go: nothing else decides how the window looks and whom signatures are judged against. */
export class SigningMode {
  readonly #settings: () => Settings;
  readonly #profiles: KnownProfiles;
  #judgedBy: string | null = null;

  constructor(settings: () => Settings, profiles: KnownProfiles) {
    this.#settings = settings;
    this.#profiles = profiles;
  }

  info(): Pick<AppInfo, "practice" | "environment"> {
    const environment = this.#environment();
    return { environment, practice: environment === "sandbox" };
  }

  /**
   * SECURITY: who has set up a real provider must not read "valid" over something that was made for practice. A person who
   * practises, or has nothing but a certificate of his own, sees earlier practice as what it is (decision 14).
   */
  trustsPractice(): boolean {
    const { provider } = this.#settings();
    const hasReal = SETUPS.some((setup) => this.#profiles.environmentOf(setup.provider) !== "sandbox");
    return provider === "certificate" ? !hasReal : this.#environment() === "sandbox";
  }

  /** Whether documents would be judged against other roots than when it was last asked. */
  trustHasChanged(): boolean {
    const { trustAnchors, bankidRoots } = this.#settings();
    const forBankId = [bankidRoots, this.#profiles.bankIdRoots(), this.info().practice];
    const now = JSON.stringify([this.trustsPractice(), trustAnchors, forBankId]);
    const before = this.#judgedBy;
    this.#judgedBy = now;
    return before !== null && before !== now;
  }

  #environment(): EnvironmentKind {
    const settings = this.#settings();
    return settings.provider === "certificate"
      ? certificateKind(settings)
      : this.#profiles.environmentOf(settings.provider);
  }
}
