import type { TransactionView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { HttpExchange } from "../../net/http-client.ts";
import { isLoopback } from "../../pki/loopback.ts";
import type { StateStore } from "../state-store.ts";

/**
 * Whether requests leave this computer at all, told by what became of them. What waits goes on by itself when there is a
 * network again, since every flow asks again; until then nobody shall read that a provider does not answer.
 */
export class NetworkWatch {
  readonly #onChange: () => void;
  #notice: Failure | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** What the person is told; empty: there is a network, as far as is known. */
  get notices(): readonly Failure[] {
    return this.#notice === null ? [] : [this.#notice];
  }

  heard({ host, failure }: HttpExchange): void {
    // An answer, or a server that was reached and failed, says that there is a network; being cancelled says nothing.
    const isOffline = failure === "network.offline";
    if (isOffline === (this.#notice !== null) || failure === "provider.cancelled" || isHere(host)) {
      return;
    }
    this.#notice = isOffline ? { code: "network.offline", params: { host } } : null;
    this.#onChange();
  }

  /** Runs as the window shows them: without a network it is not the provider that does not answer. */
  shown(views: readonly TransactionView[]): readonly TransactionView[] {
    return this.#notice === null ? views : views.map(waitingForNetwork);
  }
}

/** The watch whose findings stand in the window's state. */
export function networkInState(state: StateStore, runs: () => readonly TransactionView[]): NetworkWatch {
  const watch = new NetworkWatch(() => {
    const { app } = state.current;
    const others = app.notices.filter(({ code }) => code !== "network.offline");
    state.update({ app: { ...app, notices: [...others, ...watch.notices] }, transactions: watch.shown(runs()) });
  });
  return watch;
}

function waitingForNetwork(view: TransactionView): TransactionView {
  const { interaction } = view;
  return interaction?.kind === "waiting" && interaction.message.endsWith(".reconnecting")
    ? { ...view, interaction: { ...interaction, message: "network.waiting" } }
    : view;
}

/** Practice is on this computer: that it answers says nothing of the network. */
const isHere = (host: string): boolean => isLoopback(URL.parse(`http://${host}`)?.hostname ?? "");
