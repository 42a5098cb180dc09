/** Something to be copied by eye or by hand, letter for letter. */
export function SecretText({ label, children }: { label: string; children: string }) {
  return (
    <code
      aria-label={label}
      className="mt-2 block rounded-sm border border-n5 bg-n1 px-3 py-2 font-mono text-frame break-all text-n12 select-all"
    >
      {children}
    </code>
  );
}
