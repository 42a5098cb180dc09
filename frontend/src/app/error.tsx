"use client";

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry(): void;
}

/** Kept bare: every page loads it before it is needed. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <main className="flex min-h-dvh bg-n2">
      <div role="alert" className="m-auto flex max-w-[420px] flex-col items-start px-6 py-10">
        <h1 className="text-title font-semibold">This page has stopped working</h1>
        <p className="mt-1.5 text-message text-n10">What you wrote and have not sent is kept on this device.</p>
        {error.digest && <p className="mt-2 text-frame text-n10">For your administrator: {error.digest}</p>}
        <button
          type="button"
          onClick={() => retry()}
          className="mt-5 h-9 rounded-sm bg-accent px-3.5 text-sm font-medium text-on-accent hover:bg-accent-strong"
        >
          Retry
        </button>
      </div>
    </main>
  );
}
