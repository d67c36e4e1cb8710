// A button that asks for a file: in the window by its place, in a browser by what stands in it.
import { Button, type ButtonProps, FileButton } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { chooseOpen, choosesFiles } from "../../host";
import { useAct } from "../errors/notify";

/** Where a file lies, or the file itself: a browser never says where it lies. */
export type Chosen = { path: string; file?: never } | { file: File; path?: never };

type Props = Pick<ButtonProps, "variant" | "size"> & {
  /** How the names of such files end. */
  extensions: readonly [string, ...string[]];
  /** What the person is asked. */
  title: string;
  onChoose: (chosen: Chosen) => unknown;
  /** What stands on the button; nothing: "Choose a file…". */
  label?: string;
  autoFocus?: boolean;
};

export function FileChoice({ extensions, title, onChoose, label, autoFocus, ...look }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const reset = useRef<() => void>(null);
  const choose = () =>
    act(async () => {
      const path = await chooseOpen({ extensions, title });
      if (path !== null) await onChoose({ path });
    });
  const read = (file: File | null) => {
    // The same file may be chosen again, with something else in it.
    reset.current?.();
    if (file) act(async () => onChoose({ file }));
  };
  const button = {
    ...look,
    leftSection: <IconFileUpload size={16} stroke={1.7} />,
    children: label ?? t("views.choose_file"),
    "data-autofocus": autoFocus || undefined,
  };
  if (choosesFiles) return <Button {...button} onClick={choose} />;
  return (
    <FileButton resetRef={reset} onChange={read} accept={extensions.map((own) => `.${own}`).join()}>
      {(props) => <Button {...button} {...props} />}
    </FileButton>
  );
}
