// What stands in for a part of the window that broke.
import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, type ComponentType, Fragment, type ReactNode } from "react";
import { type WithTranslation, withTranslation } from "react-i18next";
import type { ApiError } from "../generated/types";
import { CommandError, toApiError } from "../host";
import { RemedyButton } from "../shared/errors/RemedyButton";
import { ErrorState } from "../shared/states/ErrorState";
import { PlaceState } from "../shared/states/PlaceState";

type Around = ComponentType<{ children: ReactNode }>;
type Props = WithTranslation & { children: ReactNode; reset: () => void; around: Around };

class Boundary extends Component<Props, { error: ApiError | null; own: boolean }> {
  override state = { error: null as ApiError | null, own: false };

  static getDerivedStateFromError(thrown: unknown) {
    return { error: toApiError(thrown), own: !(thrown instanceof CommandError) };
  }

  again = () => {
    this.props.reset();
    this.setState({ error: null });
  };

  override render() {
    const { error, own } = this.state;
    if (!error) return this.props.children;
    const { t, around: Around } = this.props;
    if (!own) {
      return (
        <Around>
          <ErrorState error={error} remedies={{ try_again: this.again }} />
        </Around>
      );
    }
    return (
      <Around>
        <PlaceState
          icon={<IconAlertTriangle size={26} stroke={1.6} />}
          tone="warn"
          title={t("broken.title")}
          body={t("broken.body")}
          button={
            <>
              <Button onClick={this.again}>{t("remedies.try_again")}</Button>{" "}
              <RemedyButton error={error} remedies={{}} variant="default" />
            </>
          }
        />
      </Around>
    );
  }
}

const Translated = withTranslation()(Boundary);

/** `around` is what the message needs around it, where nothing above gives it. */
export function ErrorBoundary({ children, around = Fragment }: { children: ReactNode; around?: Around }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Translated reset={reset} around={around}>
          {children}
        </Translated>
      )}
    </QueryErrorResetBoundary>
  );
}
