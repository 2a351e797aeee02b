import type { AppState, ProviderView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { VAULT_OPENING } from "../../../shared/vault.ts";
import type { ApplicationPorts } from "../ports.ts";
import { viewsUnderPolicy } from "../policy/policy-views.ts";
import type { ProfileService } from "../profiles/profile-service.ts";
import { certificateView } from "../signing/certificate-environments.ts";
import type { StateStore } from "../state-store.ts";
import type { Stores } from "./open-stores.ts";
import { settingsView } from "./settings-commands.ts";
import type { SigningMode } from "./signing-mode.ts";

export interface StateTellerParts {
  readonly state: StateStore;
  readonly stores: Pick<Stores, "current" | "policy">;
  readonly mode: SigningMode;
  readonly profiles: Pick<ProfileService, "view">;
  readonly environments: { readonly providerViews: () => Promise<readonly ProviderView[]> };
  /** Judges all open documents once more. */
  readonly judgeAgain: () => void;
  readonly unexpected?: ((error: unknown) => void) | undefined;
}

/** Puts into the window's state what follows from settings, profiles and policy, whenever one of them has changed. */
export class StateTeller {
  readonly #parts: StateTellerParts;
  // As they are without the policy, which depends on what is chosen.
  #unruled: readonly ProviderView[];
  #asked = 0;
  #unfit: Failure | null = null;

  constructor(parts: StateTellerParts) {
    this.#parts = parts;
    this.#unruled = [certificateView(parts.stores.current())];
  }

  /** What the self-check found: nothing is signed then. Empty: all is well. */
  unfit(found: readonly Failure[]): void {
    const [worst] = found;
    if (worst === undefined) {
      return;
    }
    const { state } = this.#parts;
    this.#unfit = worst;
    state.update({ app: { ...state.current.app, notices: [...found, ...state.current.app.notices] } });
    this.#showSettings();
  }

  settings(): void {
    this.#showSettings();
    if (this.#judgeAnew()) {
      this.providers();
    }
  }

  providers(): void {
    const asked = (this.#asked += 1);
    this.#parts.environments.providerViews().then(
      // Only the newest answer counts: an older one is about what is no longer in use.
      (views) => (asked === this.#asked ? this.#take(views) : undefined),
      (error: unknown) => this.#parts.unexpected?.(error),
    );
  }

  profiles(): void {
    this.#parts.state.update({ profiles: this.#parts.profiles.view() });
    this.#showSettings();
    this.#judgeAnew();
    this.providers();
  }

  #showSettings(): void {
    const { state, stores, mode } = this.#parts;
    const current = stores.current();
    state.update({
      settings: settingsView(current, stores.policy),
      app: { ...state.current.app, ...mode.info() },
      providers: this.#offered(
        this.#unruled.map((view) => (view.id === "certificate" ? certificateView(current) : view)),
      ),
    });
  }

  /** What was judged before may have been judged against other roots. */
  #judgeAnew(): boolean {
    const isOther = this.#parts.mode.trustHasChanged();
    if (isOther) {
      this.#parts.judgeAgain();
    }
    return isOther;
  }

  notice(notice: Failure): void {
    const { state } = this.#parts;
    state.update({ app: { ...state.current.app, notices: [...state.current.app.notices, notice] } });
  }

  #take(views: readonly ProviderView[]): void {
    this.#unruled = views;
    this.#parts.state.update({ providers: this.#offered(views) });
  }

  #offered(views: readonly ProviderView[]): readonly ProviderView[] {
    const { current, policy } = this.#parts.stores;
    const ruled = viewsUnderPolicy(views, policy, current().provider);
    const problem = this.#unfit;
    return problem === null ? ruled : ruled.map((view) => ({ ...view, problem }));
  }
}

/** What the window shows until more is known. */
export function initialState(
  ports: Pick<ApplicationPorts, "version" | "platform">,
  { current, policy, notices, presets }: Stores,
  mode: SigningMode,
  profiles: Pick<ProfileService, "view">,
): AppState {
  const settings = current();
  return {
    app: {
      version: ports.version,
      ...mode.info(),
      sandbox: "off",
      keychain: "session-only",
      notices,
      platform: ports.platform,
    },
    documents: [],
    // Remote providers follow when they are ready; a certificate on this computer waits for nobody.
    providers: viewsUnderPolicy([certificateView(settings)], policy, settings.provider),
    transactions: [],
    vault: VAULT_OPENING,
    settings: settingsView(settings, policy),
    marks: presets.current(),
    profiles: profiles.view(),
  };
}
