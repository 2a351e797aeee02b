import type { Page } from "@playwright/test";
import { qrPicture } from "../../../electron/providers/bankid/qr-code.ts";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { Interaction } from "../../../shared/interaction.ts";
import { RUN, appState, documentView, idOf, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

// The tokens of BankID's own sample code.
const START = { token: "67df3917-fa0d-44e5-b327-edcc928297f8", secret: "d28db9a7-4cde-429e-a983-359be676944c" };

async function dialogShown(page: Page): Promise<void> {
  await page.getByRole("dialog").waitFor();
  await page.waitForTimeout(300);
}

/** The approval dialog while an order runs at BankID. */
export function bankidScreens(size: number): readonly Screen[] {
  const deadline = new Date(Date.now() + 3 * 60_000).toISOString();
  const documents = [1, 2].map((number) =>
    documentView(number, size, { state: { kind: "waiting-for-you", transaction: RUN } }),
  );
  const showing = (name: string, interaction: Interaction): Screen => {
    const transaction: TransactionView = {
      id: RUN,
      provider: "bankid",
      practice: true,
      environment: "sandbox",
      documents: [1, 2].map((number) => ({ document: idOf(number), name: `Contract ${number}.pdf` })),
      interaction,
      outcome: null,
      resumed: false,
    };
    return {
      name,
      script: script(appState({ documents, transactions: [transaction] }), "sample"),
      prepare: dialogShown,
    };
  };
  const code = { kind: "qr", id: "1", message: "bankid.scan", deadline, picture: qrPicture(START, 17) } as const;
  return [
    showing("80-bankid-code", { ...code, canOpenApp: true, problem: null }),
    showing("81-bankid-code-again", { ...code, canOpenApp: true, problem: { code: "bankid.not-started" } }),
    showing("82-bankid-app", {
      kind: "waiting",
      id: "1",
      message: "bankid.RFA13",
      device: "computer",
      deadline,
      canShowQr: true,
    }),
    showing("83-bankid-code-scanned", { kind: "waiting", id: "1", message: "bankid.RFA9", device: "phone", deadline }),
  ];
}
