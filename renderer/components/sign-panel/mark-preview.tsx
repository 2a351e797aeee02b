import { useWindow } from "../../state/window-context.tsx";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import styles from "./mark-preview.module.css";
import { markLines } from "./mark-lines.ts";

/** What the mark will say; the same lines in the panel and in the box on the page. */
export function MarkPreview({ look }: { readonly look: "panel" | "box" }) {
  const { app, view } = useWindow();
  const provider = providerName(app.settings.provider);
  const lines = markLines({
    name: text("mark.name-later", { provider }),
    time: text("mark.date-later"),
    provider,
    reason: view.choices.reason,
    practice: app.app.practice,
  });
  return (
    <ul className={`${styles["preview"]} ${styles[look]}`}>
      {lines.map(({ role, text: line }) => (
        <li key={role} className={styles[role]}>
          {line}
        </li>
      ))}
    </ul>
  );
}
