// The dialogs of People: another question beside this one, and what is written to a file.
import type { Connection, FilterReading, Who } from "../../generated/types";
import { ExportDialog } from "../taking/ExportDialog";
import type { Taking } from "../taking/useTaking";
import { CompareQuestions } from "./CompareQuestions";

export type PeopleDialog = "compare" | "export" | null;

type Props = {
  opened: PeopleDialog;
  onClose: () => void;
  connection: Connection;
  /** The question to compare, and its text. */
  who: Who;
  text: string;
  onShow: (reading: FilterReading) => void;
  taking: Taking;
  selected: number;
  /** How many can be written; null while there are no rows. */
  total: number | null;
  /** Those who may match are shown. */
  possible: boolean;
};

export function PeopleDialogs(props: Props) {
  const { opened, onClose, connection, who, text, onShow, taking, selected, total, possible } = props;
  return (
    <>
      <CompareQuestions
        opened={opened === "compare"}
        onClose={onClose}
        who={who}
        text={text}
        onShow={onShow}
      />
      {total !== null && (
        <ExportDialog
          opened={opened === "export"}
          onClose={onClose}
          selected={selected}
          total={total}
          possible={possible}
          columns={taking.headings}
          connection={connection.name}
          onExport={taking.write}
        />
      )}
    </>
  );
}
