import { useEffect, useState } from "react";
import { duration } from "../../../shared/duration.ts";
import { text } from "../../text/text.ts";
import styles from "./approval-dialog.module.css";

interface WaitingTimeProps {
  /** ISO 8601, or null when nothing ends the wait. */
  readonly deadline: string | null;
  /** Null: nobody can say. */
  readonly typical: string | null;
}

/** How long the person has waited, how long is left, how long it usually takes. Not read aloud every second. */
export function WaitingTime({ deadline, typical }: WaitingTimeProps) {
  const [start] = useState(() => Date.now());
  const [now, setNow] = useState(start);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const left = deadline === null ? null : Date.parse(deadline) - now;
  return (
    <div className={styles["time"]}>
      <p role="timer" aria-live="off" className={styles["clock"]}>
        {text("approval.elapsed", { time: duration(now - start) })}
        {left === null ? "" : ` · ${remaining(left)}`}
      </p>
      {typical === null ? null : <p className={styles["muted"]}>{typical}</p>}
    </div>
  );
}

function remaining(milliseconds: number): string {
  return milliseconds <= 0 ? text("approval.ran-out") : text("approval.remaining", { time: duration(milliseconds) });
}
