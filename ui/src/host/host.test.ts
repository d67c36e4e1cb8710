import { afterEach, describe, expect, it } from "vitest";
import { named } from "./host";
import { http } from "./http";

describe("a file's name", () => {
  it("has its extension once", () => {
    expect(named("people", "csv")).toBe("people.csv");
    expect(named("People.CSV", "csv")).toBe("People.CSV");
    expect(named("people.csv", "xlsx")).toBe("people.csv.xlsx");
  });
});

describe("a browser", () => {
  afterEach(() => {
    document.head.innerHTML = "";
  });

  it("exports to the folder that devhost names, and nowhere else", async () => {
    const choice = { name: "../Clients: all", extension: "csv", title: "Export" };
    expect(await http.chooseSave(choice)).toBeNull();
    document.head.innerHTML = '<meta name="muster-downloads" content="/profile/downloads" />';
    expect(await http.chooseSave(choice)).toBe("/profile/downloads/.._Clients_ all.csv");
  });

  it("cannot ask which file to read", async () => {
    expect(http.choosesFiles).toBe(false);
    expect(await http.chooseOpen({ extensions: ["musterview"], title: "Open" })).toBeNull();
  });
});
