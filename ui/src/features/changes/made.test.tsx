import { act } from "react";
import { expect, it } from "vitest";
import type { PlanMade, PlanSummary } from "../../generated/types";
import { show } from "../../shared/testing/show";
import { forgetMade, noteMade, useMade } from "./made";

const made = (plan: string | null, unchanged: number[]): PlanMade => ({
  plan: plan === null ? null : ({ id: plan } as PlanSummary),
  problems: [],
  unchanged,
});

function Left({ plan }: { plan: string }) {
  return <p>{useMade(plan)?.unchanged.join() ?? "nothing"}</p>;
}

const left = () => document.querySelector("p")?.textContent;

it("what was left out is told at the plan that was made, until it was read", async () => {
  const shown = show(<Left plan="p" />);
  await shown.drawn;
  expect(left()).toBe("nothing");
  await act(async () => noteMade(made("p", [1, 4])));
  expect(left()).toBe("1,4");
  await shown.draw(<Left plan="another" />);
  expect(left()).toBe("nothing");
  await shown.draw(<Left plan="p" />);
  await act(async () => forgetMade("p"));
  expect(left()).toBe("nothing");
  await shown.end();
});

it("where no plan was made it is told at the plan that it was made of; if nothing was left out, nowhere", async () => {
  const shown = show(<Left plan="of" />);
  await shown.drawn;
  await act(async () => noteMade(made("p", []), "of"));
  expect(left()).toBe("nothing");
  await act(async () => noteMade(made(null, [2]), "of"));
  expect(left()).toBe("2");
  await shown.end();
});
