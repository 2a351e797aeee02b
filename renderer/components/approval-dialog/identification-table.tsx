import type { IdentificationRow } from "../../../shared/interaction.ts";
import { compare } from "../../text/identification.ts";
import type { Comparison } from "../../text/identification.ts";
import { text, textOr } from "../../text/text.ts";
import { Icon } from "../icon/icon.tsx";
import styles from "./identification-table.module.css";

interface IdentificationTableProps {
  readonly rows: readonly IdentificationRow[];
  readonly provider: string;
}

/** What was ordered beside what was checked; a difference is said in words, with a sign and in bold. */
export function IdentificationTable({ rows, provider }: IdentificationTableProps) {
  return (
    // Scrolls when there is much of it, so it takes the focus.
    <div className={styles["frame"]} role="region" aria-label={text("identification.table")} tabIndex={0}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{text("identification.fact")}</th>
            <th scope="col">{text("identification.ordered")}</th>
            <th scope="col">{text("identification.checked", { provider })}</th>
            <th scope="col">{text("identification.comparison")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.field} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: IdentificationRow }) {
  const comparison = compare(row);
  const isDifferent = comparison === "different";
  return (
    <tr className={isDifferent ? styles["different"] : undefined}>
      <th scope="row">{fieldName(row.field)}</th>
      <td>{row.ordered ?? text("identification.nothing")}</td>
      <td>{row.checked ?? text("identification.nothing")}</td>
      <td>
        <span className={styles["comparison"]}>
          {isDifferent ? <Icon name="warning" /> : null}
          {comparisonText(comparison)}
        </span>
      </td>
    </tr>
  );
}

/** A fact that only a newer program has words for is called as the provider calls it. */
function fieldName(field: string): string {
  return textOr(`identification.field.${field}`, "identification.field.other", { field });
}

function comparisonText(comparison: Comparison): string {
  return text(`identification.${comparison}`);
}
