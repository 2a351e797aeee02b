import { useEffect, useRef, useState } from "react";
import type { CommandArgument } from "../../../shared/ipc.ts";
import type { InitialsDesign, MarkDesign } from "../../../shared/mark-design.ts";
import type { MarkPreview } from "../../../shared/mark-drawing.ts";
import { bridge } from "../../bridge.ts";
import { useWindow } from "../../state/window-context.tsx";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";

export type Previewed =
  | { readonly kind: "mark"; readonly design: MarkDesign }
  | { readonly kind: "initials"; readonly design: InitialsDesign };

type Argument = CommandArgument<"marks.preview">;

/** The drawing of main for a box of this size (points, as seen); null until the first one is there. */
export function useMarkPreview(what: Previewed, width: number, height: number): MarkPreview | null {
  const { app, view } = useWindow();
  const provider = app.settings.provider;
  const argument: Argument = {
    what,
    // Half points: finer steps change nothing that can be seen, but ask again at every pixel of a drag.
    width: Math.max(1, Math.round(width * 2) / 2),
    height: Math.max(1, Math.round(height * 2) / 2),
    name: text("mark.name-later", { provider: providerName(provider) }),
    provider: provider === "certificate" ? null : providerName(provider),
    reason: view.choices.reason.trim(),
    location: view.choices.location.trim(),
  };
  return useLatest(JSON.stringify(argument), argument);
}

/** One question at a time: while one is under way only the newest of those behind it is asked. */
function useLatest(key: string, argument: Argument): MarkPreview | null {
  const [drawing, setDrawing] = useState<MarkPreview | null>(null);
  const wanted = useRef({ key, argument });
  const asking = useRef(false);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  useEffect(() => {
    wanted.current = { key, argument };
    if (asking.current) return;
    const ask = async (): Promise<void> => {
      asking.current = true;
      try {
        for (let asked = ""; shown.current && asked !== wanted.current.key;) {
          asked = wanted.current.key;
          const answer = await bridge.invoke("marks.preview", wanted.current.argument);
          // The newest answer stays on the screen until there is a better one.
          if (shown.current && answer.ok) setDrawing(answer.value);
        }
      } finally {
        asking.current = false;
      }
    };
    void ask();
    // The key is the argument.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
  return drawing;
}
