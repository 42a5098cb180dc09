export interface PolicyOptions {
  /** Fresh for every answer. */
  nonce: string;
  /** Of the WebSocket. */
  realtimeOrigin: string;
  /** The public address is https. */
  isSecure: boolean;
  /** The development server evaluates code and inserts style elements of its own. */
  isProduction: boolean;
}

/**
 * What a page of ours may load: scripts that we named in its HTML and what those load, styles and pictures from here, calls
 * to here and to the WebSocket. No element carries a style attribute in HTML, so styles need no exception.
 */
export function contentSecurityPolicy({ nonce, realtimeOrigin, isSecure, isProduction }: PolicyOptions): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isProduction ? "" : " 'unsafe-eval'"}`,
    `style-src 'self' ${isProduction ? `'nonce-${nonce}'` : "'unsafe-inline'"}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${realtimeOrigin}`,
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
