import type { RefObject } from "react";
import type { TestReport, TestStep } from "../../../shared/profiles.ts";
import { TEST_STEP_NAMES } from "../../../shared/test-step-names.ts";
import { failureText, text } from "../../text/text.ts";
import { MessageBar } from "../controls/message-bar.tsx";
import { CopyDetails } from "../controls/copy-details.tsx";
import { Icon } from "../icon/icon.tsx";
import type { IconName } from "../icon/icon.tsx";
import styles from "./settings.module.css";

const LOOKS: Readonly<Record<TestStep["state"], { readonly icon: IconName; readonly style: string }>> = {
  passed: { icon: "check", style: "passed" },
  warning: { icon: "warning", style: "warned" },
  failed: { icon: "error", style: "failed" },
  "not-tried": { icon: "minus", style: "untried" },
  "not-needed": { icon: "minus", style: "untried" },
};

/** How far a test of the connection came, step by step. */
export function TestSteps({
  report,
  region,
}: {
  readonly report: TestReport;
  readonly region: RefObject<HTMLElement | null>;
}) {
  const failed = report.some(({ state }) => state === "failed");
  return (
    <section ref={region} className={styles["section"]} tabIndex={-1} aria-label={text("probe.title")}>
      <MessageBar tone={failed ? "bad" : "good"}>
        <p>{text(failed ? "probe.failed" : "probe.good")}</p>
      </MessageBar>
      <ol className={styles["steps"]}>
        {report.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
      <details className={styles["more"]}>
        <summary>{text("common.details")}</summary>
        <CopyDetails lines={report.map(technicalLine)} />
      </details>
    </section>
  );
}

function Step({ step }: { readonly step: TestStep }) {
  const { id, state, note, failure } = step;
  const { icon, style } = LOOKS[state];
  return (
    <li className={`${styles["step"]} ${styles[style]}`} data-step={id} data-state={state}>
      <span className={styles["stepIcon"]}>
        <Icon name={icon} />
      </span>
      <div className={styles["stepText"]}>
        <span>
          <span className={styles["stepName"]}>{text(TEST_STEP_NAMES[id])}</span>{" "}
          <span className={styles["muted"]}>{text(`probe.state.${state}`)}</span>
        </span>
        {note === null ? null : <span className={styles["muted"]}>{text(note.key, note.params)}</span>}
        {failure === null ? null : (
          <>
            <span className={styles["problem"]}>{failureText(failure, "what")}</span>
            <span>{failureText(failure, "why")}</span>
            <span>{failureText(failure, "next")}</span>
          </>
        )}
      </div>
    </li>
  );
}

function technicalLine({ id, state, note, failure }: TestStep): string {
  const params = { ...note?.params, ...failure?.params };
  const details = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return [id, state, ...(failure === null ? [] : [failure.code]), ...details].join(" ");
}
