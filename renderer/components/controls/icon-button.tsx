import { Button, ToggleButton } from "react-aria-components";
import { Icon } from "../icon/icon.tsx";
import type { IconName } from "../icon/icon.tsx";
import styles from "./controls.module.css";
import { Hint } from "./hint.tsx";

interface IconButtonProps {
  readonly icon: IconName;
  /** Spoken name and tooltip. */
  readonly label: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  /** Given: a button that stays pressed. */
  readonly isSelected?: boolean;
}

/** A button that shows only a picture; its name is spoken and shown as a tooltip. */
export function IconButton({ icon, label, onPress, isDisabled = false, isSelected }: IconButtonProps) {
  const className = styles["iconButton"] ?? "";
  return (
    <Hint text={label}>
      {isSelected === undefined ? (
        <Button aria-label={label} className={className} isDisabled={isDisabled} onPress={onPress}>
          <Icon name={icon} />
        </Button>
      ) : (
        <ToggleButton
          aria-label={label}
          className={className}
          isDisabled={isDisabled}
          isSelected={isSelected}
          onChange={onPress}
        >
          <Icon name={icon} />
        </ToggleButton>
      )}
    </Hint>
  );
}
