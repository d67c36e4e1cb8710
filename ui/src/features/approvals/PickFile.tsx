// Asks for a file about a second person.
import type { PlanFileOpening } from "../../generated/types";
import { FileChoice } from "../../shared/pickers/FileChoice";
import forms from "../connections/Forms.module.css";

type Props = {
  extension: string;
  title: string;
  text: string;
  onPick: (opening: PlanFileOpening) => void;
};

export function PickFile({ extension, title, text, onPick }: Props) {
  return (
    <div className={forms.form}>
      <p className={forms.text}>{text}</p>
      <div className={forms.buttons}>
        <span className={forms.gap} />
        <FileChoice
          extensions={[extension]}
          title={title}
          autoFocus
          onChoose={async ({ path, file }) =>
            onPick({ path: path ?? null, content: file ? await file.text() : null })
          }
        />
      </div>
    </div>
  );
}
