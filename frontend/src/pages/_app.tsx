import type { AppProps } from "next/app";
import type { PageText } from "@/lib/text/server-text";
import { TextProvider } from "@/lib/text/text-context";
import "../app/globals.css";

/**
 * The sign-in pages use the Pages Router: its browser runtime is 23 kB (gzip) smaller than the App Router's, which keeps
 * what a visitor waits for within its budget. Everything behind the sign-in is in `src/app`.
 */
export default function SignInApp({ Component, pageProps }: AppProps<{ text?: PageText }>) {
  const { text } = pageProps;
  const page = <Component {...pageProps} />;
  return text ? <TextProvider {...text}>{page}</TextProvider> : page;
}
