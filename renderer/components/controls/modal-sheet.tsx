import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import styles from "./modal-sheet.module.css";

interface ModalSheetProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly buttons: ReactNode;
  /** Escape, or null when closing needs an explicit choice. */
  readonly onClose: (() => void) | null;
  /** For lists: as wide as the window allows. */
  readonly isWide?: boolean;
}

/** A dialog in front of everything; the rest of the window is out of reach until it is closed. */
export function ModalSheet({ title, children, buttons, onClose, isWide = false }: ModalSheetProps) {
  return (
    <ModalOverlay
      className={styles["overlay"] ?? ""}
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled={onClose === null}
      onOpenChange={(open) => {
        if (!open) onClose?.();
      }}
    >
      <Modal className={`${styles["modal"]} ${isWide ? styles["wide"] : ""}`}>
        <Dialog className={styles["dialog"] ?? ""}>
          <Heading slot="title" className={styles["dialogTitle"] ?? ""}>
            {title}
          </Heading>
          {/* Long content scrolls, and what scrolls must be reachable by keyboard. */}
          <div className={styles["dialogBody"]}>{children}</div>
          <div className={styles["dialogButtons"]}>{buttons}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
