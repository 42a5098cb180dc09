import { ListenerCondition } from "aws-cdk-lib/aws-elasticloadbalancingv2";

/** The two containers of a task. */
export const containers = {
  frontend: { port: 3000, healthPath: "/health" },
  // Not whether the database answers: a task that cannot reach it is not made better by being replaced.
  backend: { port: 5001, healthPath: "/api/health/started" },
} as const;
export type ContainerName = keyof typeof containers;

/** The load balancer's regular expressions: the whole path is looked at. */
class PathMatches extends ListenerCondition {
  constructor(readonly expression: string) {
    super();
  }
  renderRawCondition() {
    return { field: "path-pattern", pathPatternConfig: { regexValues: [this.expression] } };
  }
}

export interface Route {
  name: string;
  /** The lower, the earlier it is asked. */
  priority: number;
  to: ContainerName;
  conditions: ListenerCondition[];
}

/** What next-auth answers; the API has paths of its own below `/api/auth`. */
const nextAuthPaths = ["signin", "signout", "session", "csrf", "providers", "callback", "error", "_log"];

/** Which requests go where, by the first rule that fits. */
export const routes: Route[] = [
  {
    name: "NextAuth",
    priority: 10,
    to: "frontend",
    conditions: [new PathMatches(`^/api/auth/(${nextAuthPaths.join("|")})(/.*)?$`)],
  },
  {
    name: "Bearer",
    priority: 20,
    to: "backend",
    conditions: [ListenerCondition.httpHeader("authorization", ["Bearer *"])],
  },
  {
    name: "Open",
    priority: 30,
    to: "backend",
    conditions: [ListenerCondition.pathPatterns(["/api/health", "/api/health/*", "/docs", "/docs/*"])],
  },
  { name: "Rest", priority: 40, to: "frontend", conditions: [ListenerCondition.pathPatterns(["/*"])] },
];
