// The images' HEALTHCHECK, for they hold no curl: `node health-check.mjs /path` exits 0 if what listens on PORT answers 200 there.
const path = process.argv[2] ?? "/health";
try {
  const { status } = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, { signal: AbortSignal.timeout(4000) });
  if (status !== 200) throw new Error(`It answered ${status}.`);
} catch (error) {
  console.error(`${path}: ${error.cause?.code ?? error.message}`);
  process.exitCode = 1;
}
