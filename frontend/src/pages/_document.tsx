import Document, { Head, Html, Main, NextScript } from "next/document";
import type { DocumentContext, DocumentInitialProps } from "next/document";
import { fontPath } from "@/lib/theme/font";
import { themeScript } from "@/lib/theme/theme-script";

interface WithNonce {
  nonce: string | undefined;
}

export default class SignInDocument extends Document<WithNonce> {
  static override async getInitialProps(context: DocumentContext): Promise<DocumentInitialProps & WithNonce> {
    const nonce = context.req?.headers["x-nonce"];
    return { ...(await Document.getInitialProps(context)), nonce: typeof nonce === "string" ? nonce : undefined };
  }

  override render() {
    const { nonce } = this.props;
    return (
      <Html lang="en" suppressHydrationWarning>
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
