interface ProductMarkProps {
  size?: number;
}

/** Two people's speech, joined: the product's mark. Always beside its name, so it has none of its own. */
export function ProductMark({ size = 32 }: ProductMarkProps) {
  // eslint-disable-next-line @next/next/no-img-element -- a drawing of 600 bytes needs no optimizer
  return <img src="/icon.svg" alt="" width={size} height={size} />;
}
