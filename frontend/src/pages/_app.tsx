import type { AppProps } from "next/app";
import "../app/globals.css";

/**
 * The sign-in pages use the Pages Router: its browser runtime is 23 kB (gzip) smaller than the App Router's, which keeps
 * what a visitor waits for within its budget. Everything behind the sign-in is in `src/app`.
 */
export default function SignInApp({ Component, pageProps }: AppProps) {
  return <Component {...pageProps} />;
}
