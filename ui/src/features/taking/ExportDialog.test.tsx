import { afterEach, describe, expect, it, vi } from "vitest";
import { show } from "../../shared/testing/show";
import { ExportDialog } from "./ExportDialog";

vi.mock("../../host", () => ({ toApiError: (error: unknown) => error }));

let shown: ReturnType<typeof show>;
afterEach(() => shown.end());

const dialog = (possible: boolean) => (
  <ExportDialog
    opened
    onClose={() => {}}
    selected={0}
    total={2_999}
    possible={possible}
    columns={["Id"]}
    connection="c"
    onExport={async () => {}}
  />
);

describe("what is written to a file", () => {
  it("is not said to match where it only may, and the column that is left out is named", async () => {
    shown = show(dialog(false));
    await shown.drawn;
    expect(shown.text()).toContain("All 2,999 people who match");
    expect(shown.text()).not.toContain("Why only possible");
    await shown.draw(dialog(true));
    expect(shown.text()).toContain("All 2,999 people who may match");
    expect(shown.text()).toContain("Only the column “Why only possible” is not part of the file.");
  });
});
