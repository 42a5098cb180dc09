import { resourcesOf, show, stages, type Stage } from "../testing/templates";

interface Condition {
  Field: string;
  PathPatternConfig?: { Values?: string[]; RegexValues?: string[] };
  HttpHeaderConfig?: { HttpHeaderName: string; Values: string[] };
}

interface Request {
  path: string;
  headers?: Record<string, string>;
}

/** A load balancer's wildcards: `*` any characters, `?` one. */
const wildcards = (pattern: string, flags = "") =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, ".*")
      .replace(/\?/g, ".")}$`,
    flags,
  );

function fits({ PathPatternConfig, HttpHeaderConfig }: Condition, { path, headers = {} }: Request): boolean {
  if (PathPatternConfig) {
    const { Values = [], RegexValues = [] } = PathPatternConfig;
    return [...Values.map((value) => wildcards(value)), ...RegexValues.map((value) => new RegExp(value))].some((one) =>
      one.test(path),
    );
  }
  if (!HttpHeaderConfig) throw new Error("This condition is not known here.");
  const { HttpHeaderName, Values } = HttpHeaderConfig;
  const sent = Object.entries(headers).filter(([name]) => name.toLowerCase() === HttpHeaderName.toLowerCase());
  return sent.some(([, value]) => Values.some((pattern) => wildcards(pattern, "i").test(value)));
}

/** Where the rules of a template send a request: the container behind the target group that has all the weight. */
function destination(stage: Stage, request: Request): string {
  const rules = Object.values(resourcesOf(stage, "Service", "AWS::ElasticLoadBalancingV2::ListenerRule"))
    .map(({ Properties }) => Properties as { Priority: number; Conditions: Condition[]; Actions: unknown[] })
    .sort((a, b) => a.Priority - b.Priority);
  const rule = rules.find(({ Conditions }) => Conditions.every((condition) => fits(condition, request)));
  const groups = resourcesOf(stage, "Service", "AWS::ElasticLoadBalancingV2::TargetGroup");
  const text = JSON.stringify(rule?.Actions);
  const [chosen] = Object.keys(groups).filter((id) => text.includes(`"${id}"`));
  return groups[chosen ?? ""]?.Properties["Port"] === 5001 ? "backend" : "frontend";
}

const bearer = { authorization: "Bearer abc" };

const cases: [Request, "frontend" | "backend"][] = [
  [{ path: "/" }, "frontend"],
  [{ path: "/login" }, "frontend"],
  [{ path: "/chat/0123456789abcdef01234567" }, "frontend"],
  [{ path: "/_next/static/chunks/main.js" }, "frontend"],
  // The browser's calls carry a cookie: the frontend adds the bearer.
  [{ path: "/api/chat/channels", headers: { cookie: "session=1" } }, "frontend"],
  [{ path: "/api/auth/login" }, "frontend"],
  [{ path: "/api/hooks/abc" }, "frontend"],
  ...["signin", "signout", "session", "csrf", "providers", "callback", "error", "_log"].flatMap(
    (name): [Request, "frontend"][] => [
      [{ path: `/api/auth/${name}` }, "frontend"],
      [{ path: `/api/auth/${name}/google`, headers: bearer }, "frontend"],
      [{ path: `/api/auth/${name}`, headers: bearer }, "frontend"],
    ],
  ),
  [{ path: "/api/auth/sessions", headers: bearer }, "backend"],
  [{ path: "/api/auth/signing", headers: bearer }, "backend"],
  [{ path: "/api/chat/channels", headers: bearer }, "backend"],
  [{ path: "/api/chat/channels", headers: { Authorization: "bearer abc" } }, "backend"],
  [{ path: "/api/chat/channels", headers: { authorization: "Basic abc" } }, "frontend"],
  [{ path: "/api/internal/realtime/messages", headers: bearer }, "backend"],
  [{ path: "/api/health" }, "backend"],
  [{ path: "/api/health/ready" }, "backend"],
  [{ path: "/api/healthy" }, "frontend"],
  [{ path: "/health" }, "frontend"],
  [{ path: "/docs" }, "backend"],
  [{ path: "/docs/swagger-ui.css" }, "backend"],
  [{ path: "/documents" }, "frontend"],
];

describe.each(stages)("%s", (stage) => {
  it.each(cases)("%j goes to the %s", (request, container) => {
    expect(destination(stage, request)).toBe(container);
  });

  it("keeps within what a rule may hold: five values, six wildcards, expressions of 128 characters", () => {
    for (const { Properties } of Object.values(
      resourcesOf(stage, "Service", "AWS::ElasticLoadBalancingV2::ListenerRule"),
    )) {
      const values = (Properties["Conditions"] as Condition[]).flatMap(({ PathPatternConfig, HttpHeaderConfig }) => [
        ...(PathPatternConfig?.Values ?? []),
        ...(PathPatternConfig?.RegexValues ?? []),
        ...(HttpHeaderConfig?.Values ?? []),
      ]);
      expect(values.length).toBeLessThanOrEqual(5);
      for (const value of values) expect(value.length).toBeLessThanOrEqual(128);
    }
  });

  it("shifts no traffic at a listener that answers by itself", () => {
    const listeners = Object.values(resourcesOf(stage, "Service", "AWS::ElasticLoadBalancingV2::Listener"));
    const https = listeners.find(({ Properties }) => Properties["Protocol"] === "HTTPS");
    expect(https?.Properties["DefaultActions"]).toEqual([expect.objectContaining({ Type: "forward" })]);
    expect(show(https?.Properties["LoadBalancerArn"])).toContain("LoadBalancer");
  });
});
