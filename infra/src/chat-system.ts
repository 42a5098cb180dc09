import type { App } from "aws-cdk-lib";
import { DataStack } from "./data/data-stack";
import { NetworkStack } from "./network/network-stack";
import { ObservabilityStack } from "./observability/observability-stack";
import { PipelineStack } from "./pipeline/pipeline-stack";
import { RealtimeStack } from "./realtime/realtime-stack";
import type { ImageSource } from "./service/images";
import { ServiceStack } from "./service/service-stack";
import type { StageConfig } from "./stage/stage-config";

/** Everything that one stage is made of, each stack resting on those above it. */
export class ChatSystem {
  readonly pipeline: PipelineStack;
  readonly network: NetworkStack;
  readonly data: DataStack;
  readonly realtime: RealtimeStack;
  readonly service: ServiceStack;
  readonly observability: ObservabilityStack;

  constructor(app: App, config: StageConfig, images: ImageSource) {
    this.pipeline = new PipelineStack(app, config);
    this.network = new NetworkStack(app, config);
    this.network.logBucket.allowLoadBalancer();
    this.data = new DataStack(app, config, this.network.logBucket);
    this.realtime = new RealtimeStack(app, config, this.data);
    const { network, data, realtime } = this;
    this.service = new ServiceStack(app, config, { network, data, realtime, images });
    this.observability = new ObservabilityStack(app, config, {
      balancer: this.service.balancer.balancer,
      targetGroups: this.service.traffic.targetGroups,
      service: this.service.service,
      handlers: realtime.handlers,
      socketApiId: realtime.socketApi.apiId,
      connections: data.connections,
    });
  }

  get stacks() {
    const { pipeline, network, data, realtime, service, observability } = this;
    return { pipeline, network, data, realtime, service, observability };
  }
}
