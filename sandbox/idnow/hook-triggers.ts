import type { ChangeListener } from "./order-store.ts";
import { isESign } from "./order.ts";
import type { AccountOptions } from "./account-options.ts";
import { isFinal, KIND } from "./status-codes.ts";
import type { Webhooks } from "./webhooks.ts";

/** Calls the order's webhooks for what is new in its history. */
export function hookTriggers(webhooks: () => Webhooks, account: () => AccountOptions): ChangeListener {
  return (before, order) => {
    const fresh = order.history.slice(before?.history.length ?? 0);
    const eSign = isESign(order);
    for (const { kind } of fresh) {
      for (const hook of hooksOf(kind, eSign)) {
        const url = order.request.hooks[hook];
        if (url !== undefined) webhooks().call(hook, url, order);
      }
      const url = order.request.hooks["OnStatusChange"];
      if (url !== undefined && account().statusHooks.includes(kind))
        webhooks().call("OnStatusChange", url, order, kind);
    }
  };
}

function hooksOf(kind: number, eSign: boolean): readonly string[] {
  const left = kind === KIND.videoDone || kind === KIND.callLeft ? ["AfterVideo"] : [];
  const conducted = kind === KIND.identified || kind === KIND.negative ? ["AfterIdent"] : [];
  const failed = kind === KIND.externalFailure || kind === KIND.eidBrokenOff ? ["OnError"] : [];
  const troubled = kind === KIND.brokenOff ? ["OnVideoError"] : [];
  return [...left, ...conducted, ...failed, ...troubled, ...(isFinal(kind, eSign) ? ["OnFinal"] : [])];
}
