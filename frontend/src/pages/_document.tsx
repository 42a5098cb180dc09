import Document, { Head, Html, Main, NextScript } from "next/document";
import type { DocumentContext, DocumentInitialProps } from "next/document";
import { languageOfHeaders } from "@/lib/text/header-language";
import type { Language } from "@/lib/text/language";
import { fontPath } from "@/lib/theme/font";
import { themeScript } from "@/lib/theme/theme-script";

interface OfRequest {
  nonce: string | undefined;
  language: Language;
}

export default class SignInDocument extends Document<OfRequest> {
  static override async getInitialProps(context: DocumentContext): Promise<DocumentInitialProps & OfRequest> {
    const nonce = context.req?.headers["x-nonce"];
    return {
      ...(await Document.getInitialProps(context)),
      nonce: typeof nonce === "string" ? nonce : undefined,
      language: languageOfHeaders(context.req?.headers),
    };
  }

  override render() {
    const { nonce, language } = this.props;
    return (
      <Html lang={language} suppressHydrationWarning>
        <Head nonce={nonce}>
          <link rel="preload" href={fontPath} as="font" type="font/woff2" crossOrigin="anonymous" />
          <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          <script nonce={nonce} dangerouslySetInnerHTML={{ __html: themeScript }} />
        </Head>
        <body>
          <Main />
          <NextScript nonce={nonce} />
        </body>
      </Html>
    );
  }
}
