import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";
import { Icon } from "../icon/icon.tsx";
import styles from "./controls.module.css";

export interface ChoiceOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Shown below the label while the list is open. */
  readonly description?: string;
  readonly disabled?: boolean;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly ChoiceOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly help?: string;
  /** `help` says why. */
  readonly isDisabled?: boolean;
}

/** One of several, as a drop-down list with a label. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  help,
  isDisabled = false,
}: ChoiceProps<Value>) {
  const disabled = options.filter((option) => option.disabled === true).map((option) => option.value);
  return (
    <div className={styles["field"]}>
      <Select
        className={styles["field"] ?? ""}
        value={value}
        isDisabled={isDisabled}
        disabledKeys={disabled}
        onChange={(key) => {
          const chosen = options.find((option) => option.value === key);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        <Label className={styles["label"] ?? ""}>{label}</Label>
        <Button className={styles["select"] ?? ""}>
          {/* Only the label: the descriptions are for choosing. */}
          <SelectValue className={styles["selectValue"] ?? ""}>
            {({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}
          </SelectValue>
          <Icon name="down" />
        </Button>
        <Popover className={styles["popover"] ?? ""}>
          <ListBox>
            {options.map((option) => (
              <ListBoxItem
                key={option.value}
                id={option.value}
                textValue={option.label}
                className={styles["option"] ?? ""}
              >
                {option.description === undefined ? option.label : <DescribedOption option={option} />}
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </Select>
      {help === undefined ? null : <p className={styles["help"]}>{help}</p>}
    </div>
  );
}

function DescribedOption<Value extends string>({ option }: { readonly option: ChoiceOption<Value> }) {
  return (
    <>
      {/* Both are the option's spoken name, as both can be seen. */}
      <span>{option.label}</span> <span className={styles["optionHelp"]}>{option.description}</span>
    </>
  );
}
