import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { languageOfRequest } from "@/lib/text/request-language";
import { textOf } from "@/lib/text/server-text";
import { TextProvider } from "@/lib/text/text-context";
import { translator } from "@/lib/text/translate";
import { fontPath } from "@/lib/theme/font";
import { themeScript } from "@/lib/theme/theme-script";
import "./globals.css";

/** Without a title: every page has one of its own, and of two the browser would show this. */
export async function generateMetadata(): Promise<Metadata> {
  const { language, messages } = textOf(await languageOfRequest(), "ui");
  return {
    description: translator(language, messages)("page.description"),
    icons: { icon: { url: "/icon.svg", type: "image/svg+xml" }, apple: "/apple-touch-icon.png" },
    manifest: "/manifest.webmanifest",
    appleWebApp: { capable: true, title: "ConnectBest" },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f9fb" },
    { media: "(prefers-color-scheme: dark)", color: "#101217" },
  ],
};

/** Reads the request's nonce, which also means that no page is rendered ahead of its request, without one. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const text = textOf(await languageOfRequest(), "ui");
  return (
    <html lang={text.language} suppressHydrationWarning>
      <head>
        <link rel="preload" href={fontPath} as="font" type="font/woff2" crossOrigin="anonymous" />
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <TextProvider {...text}>{children}</TextProvider>
      </body>
    </html>
  );
}
