import { Input, Label, TextField } from "react-aria-components";
import { HISTORY_OUTCOMES } from "../../../shared/history.ts";
import { ENVIRONMENT_KINDS } from "../../../shared/profiles.ts";
import { isFiltered, NO_FILTER } from "../../state/history-filter.ts";
import type { HistoryFilter } from "../../state/history-filter.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Choice } from "../controls/choice.tsx";
import controls from "../controls/controls.module.css";
import { TextInput } from "../controls/text-input.tsx";
import styles from "./history.module.css";

interface FiltersProps {
  readonly filter: HistoryFilter;
  readonly isAboutDocuments: boolean;
  readonly onChange: (filter: HistoryFilter) => void;
}

const MAXIMUM_SEARCH = 200;
/** Keeps the field's years at four digits; the day after it has four in every time zone. */
const LAST_DAY = "9999-12-30";

/** Words, days, outcome and environment: what of the history is shown. */
export function HistoryFilters({ filter, isAboutDocuments, onChange }: FiltersProps) {
  return (
    <div className={styles["filters"]} role="search" aria-label={text("history.filters")}>
      <div className={styles["search"]}>
        <TextInput
          label={text("history.search")}
          value={filter.text}
          maximumLength={MAXIMUM_SEARCH}
          kind="name"
          placeholder={text(isAboutDocuments ? "history.search-placeholder" : "history.search-events-placeholder")}
          onChange={(words) => onChange({ ...filter, text: words })}
        />
      </div>
      {isAboutDocuments ? (
        <>
          <Choice
            label={text("history.outcome")}
            value={filter.outcome}
            options={(["all", ...HISTORY_OUTCOMES] as const).map((value) => ({
              value,
              label: text(`history.outcome-${value}`),
            }))}
            onChange={(outcome) => onChange({ ...filter, outcome })}
          />
          <Choice
            label={text("history.environment")}
            value={filter.environment}
            options={(["all", ...ENVIRONMENT_KINDS] as const).map((value) => ({
              value,
              label: value === "all" ? text("history.environment-all") : text(`environment.${value}`),
            }))}
            onChange={(environment) => onChange({ ...filter, environment })}
          />
        </>
      ) : null}
      <DayInput label={text("history.from")} value={filter.from} onChange={(from) => onChange({ ...filter, from })} />
      <DayInput label={text("history.to")} value={filter.to} onChange={(to) => onChange({ ...filter, to })} />
      {isFiltered(filter) ? (
        <ActionButton onPress={() => onChange(NO_FILTER)}>{text("history.clear")}</ActionButton>
      ) : null}
    </div>
  );
}

interface DayInputProps {
  readonly label: string;
  /** "2026-11-28", or "" for none. */
  readonly value: string;
  readonly onChange: (day: string) => void;
}

function DayInput({ label, value, onChange }: DayInputProps) {
  return (
    <TextField className={controls["field"] ?? ""} type="date" value={value} onChange={onChange}>
      <Label className={controls["label"] ?? ""}>{label}</Label>
      <Input className={controls["input"] ?? ""} max={LAST_DAY} />
    </TextField>
  );
}
