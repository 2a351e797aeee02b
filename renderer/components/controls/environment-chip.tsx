import type { EnvironmentKind } from "../../../shared/profiles.ts";
import { text } from "../../text/text.ts";
import styles from "./environment-chip.module.css";

/** Where signatures go: practice, tests, or where they count. The words say it; the colour only helps to find it. */
export function EnvironmentChip({ environment }: { readonly environment: EnvironmentKind }) {
  return <span className={`${styles["chip"]} ${styles[environment]}`}>{text(`environment.${environment}`)}</span>;
}
