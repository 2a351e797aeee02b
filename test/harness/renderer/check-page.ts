import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

interface AxeFinding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds wrong with the page as it is now, one line a place. */
export async function checkPage(page: Page): Promise<readonly string[]> {
  // Through the debugger, which the content security policy does not bind; the page's own rules stay as they are.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: await readFile(axeFile, "utf8") });
  await session.detach();
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: unknown): Promise<{ violations: unknown }> } };
    const result = await axe.run({ resultTypes: ["violations"] });
    return result.violations;
  });
  return (findings as readonly AxeFinding[]).flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id}: ${help} (${target.join(" ")}) ${failureSummary ?? ""}`),
  );
}
