import { averageTasks, costOf } from "./cost";
import { sizes } from "./usage";

const dollars = (value: number) => (value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString("en-US"));

/** The table of docs/deployment/cost.md, in Markdown. */
export function costTable(): string {
  const costs = sizes.map(costOf);
  const rows = Object.keys(costs[0] ?? {}).map((name) => [name, ...costs.map((cost) => dollars(cost[name] ?? 0))]);
  const totals = costs.map((cost) => Object.values(cost).reduce((sum, one) => sum + one, 0));
  const lines = [
    ["US dollars a month", ...sizes.map(({ users }) => `${users.toLocaleString("en-US")} users`)],
    ["---", ...sizes.map(() => "--:")],
    ...rows,
    ["**Together**", ...totals.map((total) => `**${dollars(total)}**`)],
    ["A user", ...totals.map((total, i) => dollars(total / (sizes[i]?.users ?? 1)))],
    ["Tasks on the average", ...sizes.map((size) => averageTasks(size).toFixed(1))],
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
