import type { HistoryDocument } from "../../../shared/history.ts";
import { digestGroups } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import styles from "./history.module.css";

interface DigestsProps {
  readonly entry: HistoryDocument;
  readonly name: string;
}

/** The digests by which the files can be found again, folded away. */
export function EntryDigests({ entry, name }: DigestsProps) {
  const { source, result } = entry;
  if (source === null && result === null) return null;
  return (
    <details className={styles["digests"]}>
      <summary aria-label={text("history.digests-of", { name })}>{text("history.digests")}</summary>
      <dl>
        {source === null ? null : <Digest label={text("history.source")} digest={source} />}
        {result === null ? null : <Digest label={text("history.result")} digest={result} />}
      </dl>
    </details>
  );
}

function Digest({ label, digest }: { readonly label: string; readonly digest: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={styles["digest"]}>{digestGroups(digest).join(" ")}</dd>
    </div>
  );
}
