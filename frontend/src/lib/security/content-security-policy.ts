export interface PolicyOptions {
  /** Fresh for every answer. */
  nonce: string;
  /** Of the WebSocket. */
  realtimeOrigin: string;
  /** Of the server that files are read from, when it is not ours: S3. */
  filesOrigin: string | null;
  /** Of the server of what never changes, when it is not ours: a CDN. */
  assetOrigin: string | null;
  /** The public address is https. */
  isSecure: boolean;
  /** The development server evaluates code and inserts style elements of its own. */
  isProduction: boolean;
}

/**
 * What a page of ours may load: scripts that we named in its HTML and what those load, styles and pictures from here, calls
 * to here and to the WebSocket. No element carries a style attribute in HTML, so styles need no exception.
 */
export function contentSecurityPolicy(options: PolicyOptions): string {
  const { nonce, realtimeOrigin, filesOrigin, assetOrigin, isSecure, isProduction } = options;
  const own = ["'self'", ...(assetOrigin ? [assetOrigin] : [])].join(" ");
  const files = filesOrigin ? ` ${filesOrigin}` : "";
  const directives = [
    "default-src 'self'",
    `script-src ${own} 'nonce-${nonce}' 'strict-dynamic'${isProduction ? "" : " 'unsafe-eval'"}`,
    `style-src ${own} ${isProduction ? `'nonce-${nonce}'` : "'unsafe-inline'"}`,
    `img-src ${own} data: blob:${files}`,
    `media-src 'self' blob:${files}`,
    `font-src ${own}`,
    `connect-src ${own} ${realtimeOrigin}${files}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
