import type { Dispatch } from "react";
import type { Bridge } from "../../shared/bridge.ts";
import type { Failure } from "../../shared/failure.ts";
import type { DocumentId, ProviderId, TransactionId } from "../../shared/ids.ts";
import type { InteractionAnswer } from "../../shared/interaction.ts";
import type { CommandArgument, CommandName, CommandOutput, SignRequest } from "../../shared/ipc.ts";
import { keepPagePassword } from "../pdf/page-passwords.ts";
import type { MarkDesign } from "../../shared/mark-design.ts";
import type { CertificatePurpose } from "../../shared/profiles.ts";
import type { WindowAction } from "./window-state.ts";

/** Everything a person can do that main must hear of. A failure ends in the problem bar, never in nothing. */
export type WindowActions = ReturnType<typeof createWindowActions>;

export function createWindowActions(bridge: Bridge, dispatch: Dispatch<WindowAction>) {
  const problem = (failure: Failure): void => dispatch({ kind: "problem", problem: failure });

  async function ask<Name extends CommandName>(
    name: Name,
    argument: CommandArgument<Name>,
  ): Promise<CommandOutput<Name> | null> {
    const answer = await bridge.invoke(name, argument);
    if (answer.ok) return answer.value;
    problem(answer.failure);
    return null;
  }

  /** For commands that answer nothing: did main take it? */
  async function tell<Name extends CommandName>(name: Name, argument: CommandArgument<Name>): Promise<boolean> {
    const answer = await bridge.invoke(name, argument);
    if (!answer.ok) problem(answer.failure);
    return answer.ok;
  }

  async function opening(outcome: Promise<CommandOutput<"documents.choose"> | null>): Promise<void> {
    const value = await outcome;
    if (value !== null) dispatch({ kind: "opened", outcome: value });
  }

  return {
    openDialog: () => opening(ask("documents.choose", {})),
    openSample: () => opening(ask("documents.openSample", {})),
    async openFiles(files: readonly unknown[]): Promise<void> {
      const answer = await bridge.openFiles(files);
      if (answer.ok) dispatch({ kind: "opened", outcome: answer.value });
      else problem(answer.failure);
    },
    async close(documents: readonly DocumentId[]): Promise<void> {
      if (documents.length > 0) await ask("documents.close", { documents: [...documents] });
    },
    /** Resolves to what is wrong with the password, or null. SECURITY: it goes to main and to pdf.js, and nowhere else. */
    async unlock(document: DocumentId, password: string): Promise<Failure | null> {
      const answer = await bridge.invoke("documents.unlock", { document, password });
      if (!answer.ok) return answer.failure;
      keepPagePassword(document, password);
      dispatch({ kind: "unlocked", document });
      return null;
    },
    async verify(document: DocumentId): Promise<void> {
      dispatch({ kind: "verifying", document });
      const report = await ask("documents.verify", { document });
      dispatch({ kind: "verified", document, report });
    },
    cancelVerification: (document: DocumentId) => ask("documents.cancelVerification", { document }),
    openExternally: (document: DocumentId) => ask("documents.openExternally", { document }),
    showInFolder: (document: DocumentId) => ask("documents.showInFolder", { document }),
    async review(request: SignRequest): Promise<void> {
      dispatch({ kind: "review", review: { kind: "asking" } });
      const value = await ask("signing.review", { request });
      dispatch({
        kind: "review",
        review:
          value === null
            ? { kind: "none" }
            : { kind: "shown", ...value, details: request.details ?? null, starting: false },
      });
    },
    async start(review: CommandArgument<"signing.start">["review"]): Promise<void> {
      await ask("signing.start", { review });
      dispatch({ kind: "review", review: { kind: "none" } });
    },
    answer: (transaction: TransactionId, interaction: string, answer: InteractionAnswer) =>
      tell("signing.answer", { transaction, interaction, answer }),
    cancel: (transaction: TransactionId) => tell("signing.cancel", { transaction }),
    retry: (transaction: TransactionId, withoutTimestamp: boolean) =>
      ask("signing.retry", { transaction, withoutTimestamp }),
    dismiss: (transaction: TransactionId) => ask("signing.dismiss", { transaction }),
    changeSettings: (change: CommandArgument<"settings.change">) => ask("settings.change", change),
    chooseOutputFolder: (reset: boolean) => ask("settings.chooseOutputFolder", { reset }),
    saveMark: (id: string | null, name: string, design: MarkDesign) => ask("marks.save", { id, name, design }),
    removeMark: (id: string) => ask("marks.remove", { id }),
    setDefaultMark: (id: string | null) => ask("marks.setDefault", { id }),
    addTrustAnchors: () => ask("settings.addTrustAnchors", {}),
    removeTrustAnchor: (sha256: string) => ask("settings.removeTrustAnchor", { sha256 }),
    addBankIdRoots: () => ask("settings.addBankIdRoots", {}),
    removeBankIdRoot: (sha256: string) => ask("settings.removeBankIdRoot", { sha256 }),
    /** SECURITY: the draft may hold secrets; they go to main and come back from nowhere. */
    saveProfile: (draft: CommandArgument<"profiles.save">) => ask("profiles.save", draft),
    testProfile: (draft: CommandArgument<"profiles.test">) => ask("profiles.test", draft),
    removeProfile: (provider: ProviderId, name: string) => ask("profiles.remove", { provider, name }),
    /** Null: practice again. */
    takeProfile: (provider: ProviderId, name: string | null) => ask("profiles.use", { provider, name }),
    importCertificate: (purpose: CertificatePurpose) => ask("profiles.importCertificate", { purpose }),
    unlockCertificate: (file: string, password: string) => ask("profiles.unlockCertificate", { file, password }),
    chooseAuthorities: () => ask("profiles.chooseAuthorities", {}),
    // What goes wrong with the keychain is told beside the button that was pressed.
    askKeychain: () => bridge.invoke("vault.tryAgain", {}),
    renewKey: () => bridge.invoke("vault.renewKey", {}),
    removeAccessData: () => bridge.invoke("vault.removeAll", {}),
    startVaultAfresh: () => bridge.invoke("vault.startAfresh", {}),
    chooseCertificate: () => ask("certificate.chooseFile", {}),
    practiseWithCertificate: () => ask("certificate.usePractice", {}),
    listTokens: () => ask("certificate.listTokens", {}),
    takeToken: (id: string) => ask("certificate.useToken", { id }),
    openPhone: () => ask("practice.openPhone", {}),
    historyDocuments: (query: CommandArgument<"history.documents">) => ask("history.documents", query),
    historyEvents: (query: CommandArgument<"history.events">) => ask("history.events", query),
    /** Null: it could not be looked up, which nobody asked for and nobody is told. */
    async historyOf(document: DocumentId): Promise<CommandOutput<"history.ofDocument"> | null> {
      const answer = await bridge.invoke("history.ofDocument", { document });
      return answer.ok ? answer.value : null;
    },
    checkTrail: () => ask("history.check", {}),
    trailFacts: () => ask("history.facts", {}),
    async exportTrail(): Promise<boolean> {
      return (await ask("history.export", {}))?.saved === true;
    },
    /** Opens what a signing made; did it open? */
    async openSigned(run: string, item: string): Promise<boolean> {
      const value = await ask("history.open", { run, item });
      if (value !== null) dispatch({ kind: "opened", outcome: value });
      return value !== null;
    },
    goOn: (run: string) => tell("history.goOn", { run }),
    leftOverFiles: () => ask("history.leftOver", {}),
    removeLeftOver: (id: string) => tell("history.removeLeftOver", { id }),
    showLeftOver: (id: string) => tell("history.showLeftOver", { id }),
    /** Null: it could not be made; the problem bar says why. */
    async readDiagnostics(): Promise<string | null> {
      return (await ask("diagnostics.read", {}))?.text ?? null;
    },
    async saveDiagnostics(): Promise<boolean> {
      return (await ask("diagnostics.save", {}))?.saved === true;
    },
    report: problem,
  };
}
