import { Component } from "react";
import type { ReactNode } from "react";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./error-boundary.module.css";

interface Props {
  readonly children: ReactNode;
}

/**
 * A bug while drawing must not leave a blank window: the person is told, and drawing starts again from main's state.
 * Runs in progress are main's and go on meanwhile.
 */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <main className={styles["failed"]} role="alert">
        <h1>{text("app.broken-title")}</h1>
        <p>{text("app.broken-text")}</p>
        <ActionButton onPress={() => this.setState({ failed: false })}>{text("app.broken-again")}</ActionButton>
      </main>
    );
  }
}
