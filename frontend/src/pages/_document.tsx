import { Head, Html, Main, NextScript } from "next/document";
import { fontPath } from "@/lib/theme/font";
import { themeScript } from "@/lib/theme/theme-script";

export default function SignInDocument() {
  return (
    <Html lang="en" suppressHydrationWarning>
      <Head>
        <link rel="preload" href={fontPath} as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  );
}
