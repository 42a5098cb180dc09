import { CrossStackReferences, Duration, ReferenceStrength } from "aws-cdk-lib";
import type { IVpc } from "aws-cdk-lib/aws-ec2";
import { AlternateTarget, ListenerRuleConfiguration, type FargateService } from "aws-cdk-lib/aws-ecs";
import {
  ApplicationListenerRule,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  TargetType,
  type ApplicationListener,
} from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { ManagedPolicy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { LoadBalancer } from "./load-balancer";
import { containers, routes, type ContainerName, type Route } from "./routing";

/** Seconds in which a task that is going may finish what it was asked: more than the API itself takes (20 s). */
export const drainSeconds = 30;

/** Between the load balancer and the containers: who is healthy, and which request goes where. */
export abstract class Traffic extends Construct {
  /** All that may carry traffic. */
  abstract readonly targetGroups: ApplicationTargetGroup[];

  constructor(
    scope: Construct,
    id: string,
    readonly vpc: IVpc,
  ) {
    super(scope, id);
  }

  /** Brings a service's tasks under the rules. */
  abstract attach(service: FargateService): void;

  protected group(id: string, to: ContainerName): ApplicationTargetGroup {
    const { port, healthPath } = containers[to];
    const group = new ApplicationTargetGroup(this, id, {
      vpc: this.vpc,
      port,
      protocol: ApplicationProtocol.HTTP,
      targetType: TargetType.IP,
      deregistrationDelay: Duration.seconds(drainSeconds),
      healthCheck: {
        path: healthPath,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
    // Alarms are in another stack. An export that they use could not be removed, so nor could the group, when `deployment` changes.
    CrossStackReferences.of(group).produce(ReferenceStrength.WEAK);
    return group;
  }

  protected rule(listener: ApplicationListener, { name, priority, conditions }: Route, action: ListenerAction) {
    return new ApplicationListenerRule(this, `${name}Rule`, { listener, priority, conditions, action });
  }
}

const endpointOf = (to: ContainerName) => ({ containerName: to, containerPort: containers[to].port });

/** One group a container; a deployment adds tasks to it and takes the old ones out. */
export class RollingTraffic extends Traffic {
  readonly frontend = this.group("Frontend", "frontend");
  readonly backend = this.group("Backend", "backend");
  readonly targetGroups = [this.frontend, this.backend];

  constructor(scope: Construct, id: string, vpc: IVpc, balancer: LoadBalancer) {
    super(scope, id, vpc);
    const listener = balancer.listen(this.frontend);
    for (const route of routes) this.rule(listener, route, ListenerAction.forward([this[route.to]]));
  }

  attach(service: FargateService): void {
    this.frontend.addTarget(service.loadBalancerTarget(endpointOf("frontend")));
    this.backend.addTarget(service.loadBalancerTarget(endpointOf("backend")));
  }
}

interface Pair {
  route: Route;
  blue: ApplicationTargetGroup;
  green: ApplicationTargetGroup;
  rule: ApplicationListenerRule;
}

/**
 * ECS shifts the weights of one rule for each pair of groups, so every rule has a pair of its own (a service may have five).
 */
export class BlueGreenTraffic extends Traffic {
  readonly #pairs: Pair[];

  constructor(scope: Construct, id: string, vpc: IVpc, balancer: LoadBalancer) {
    super(scope, id, vpc);
    const groups = routes.map((route) => ({
      route,
      blue: this.group(`${route.name}Blue`, route.to),
      green: this.group(`${route.name}Green`, route.to),
    }));
    const rest = groups.at(-1);
    if (!rest) throw new Error("There is no route.");
    const listener = balancer.listen(rest.blue);
    this.#pairs = groups.map(({ route, blue, green }) => {
      const action = ListenerAction.weightedForward([
        { targetGroup: blue, weight: 100 },
        { targetGroup: green, weight: 0 },
      ]);
      return { route, blue, green, rule: this.rule(listener, route, action) };
    });
  }

  get targetGroups(): ApplicationTargetGroup[] {
    return this.#pairs.flatMap(({ blue, green }) => [blue, green]);
  }

  attach(service: FargateService): void {
    const role = new Role(this, "ShiftRole", {
      description: "By which ECS moves the traffic from the old tasks to the new ones",
      assumedBy: new ServicePrincipal("ecs.amazonaws.com"),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName("AmazonECSInfrastructureRolePolicyForLoadBalancers")],
    });
    for (const { route, blue, green, rule } of this.#pairs) {
      const alternateTarget = new AlternateTarget(`${route.name}Alternate`, {
        role,
        alternateTargetGroup: green,
        productionListener: ListenerRuleConfiguration.applicationListenerRule(rule),
      });
      blue.addTarget(service.loadBalancerTarget({ ...endpointOf(route.to), alternateTarget }));
    }
  }
}
