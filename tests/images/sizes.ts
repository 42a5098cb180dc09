import { BuiltImages, names } from "./built-images";
import { sizeOf } from "./file-tree";

/** `npm run images`: performs the Dockerfiles and tells how much of each image is ours. */
async function main(): Promise<void> {
  const images = await BuiltImages.build();
  for (const name of names)
    process.stdout.write(`${name.padEnd(10)} ${(sizeOf(images.get(name).folder) / 1e6).toFixed(1).padStart(6)} MB\n`);
  images.remove();
}
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
