import { Repository } from "aws-cdk-lib/aws-ecr";
import { Platform } from "aws-cdk-lib/aws-ecr-assets";
import { ContainerImage } from "aws-cdk-lib/aws-ecs";
import { repository } from "../paths";
import type { StageStack } from "../stage/stage-stack";
import type { ContainerName } from "./routing";

const platforms = { x86_64: Platform.LINUX_AMD64, arm64: Platform.LINUX_ARM64 };

/** Where a container's image comes from. */
export interface ImageSource {
  /** The tag that the pipeline gave to what it built. Absent: the machine that deploys builds, from this repository. */
  imageTag?: string | undefined;
  /** Told by the running system: the commit it was built from. */
  commit?: string | undefined;
  version?: string | undefined;
}

export const repositoryName = (stage: string, name: ContainerName): string => `connectbest/${stage}/${name}`;

export function imageOf(stack: StageStack, name: ContainerName, source: ImageSource): ContainerImage {
  const { config } = stack;
  if (source.imageTag) {
    const images = Repository.fromRepositoryName(stack, `${name}Images`, repositoryName(config.stage, name));
    return ContainerImage.fromEcrRepository(images, source.imageTag);
  }
  return ContainerImage.fromAsset(repository, {
    file: `${name}/Dockerfile`,
    platform: platforms[config.task.architecture],
    buildArgs: {
      ...(source.version && { BUILD_VERSION: source.version }),
      ...(source.commit && { BUILD_COMMIT: source.commit }),
      ...(name === "frontend" && config.assets && { ASSET_PREFIX: `https://${config.assets.domainName}` }),
    },
  });
}
