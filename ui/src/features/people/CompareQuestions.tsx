// The question beside a saved view or one that was asked before.
import { useQuery } from "@tanstack/react-query";
import type { FilterReading, Who } from "../../generated/types";
import { CompareDialog } from "../query/compare/CompareDialog";
import { recentsOf, useViews } from "../views/views";

type Props = {
  opened: boolean;
  onClose: () => void;
  who: Who;
  text: string;
  onShow: (reading: FilterReading) => void;
};

export function CompareQuestions({ opened, who, text, ...props }: Props) {
  const views = useViews(who.connection);
  const recents = useQuery({ ...recentsOf(who.connection), enabled: opened });
  const others = [
    ...views.flatMap(({ name, state }) => (state ? [{ name, text: state.text }] : [])),
    ...(recents.data ?? []).map((recent) => ({ name: recent.text, text: recent.text })),
  ].filter((other) => other.text.trim() !== text.trim());
  return <CompareDialog opened={opened} who={who} text={text} others={others} {...props} />;
}
