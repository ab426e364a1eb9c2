const yearSeconds = 365 * 24 * 60 * 60;

/**
 * Headers of every answer. Written out instead of taken from `@middy/http-security-headers`: its defaults forbid forms,
 * put pages in a sandbox and block the bucket's pictures, and with those switched off little is left of it.
 * No script and no style but our files; forms go to ourselves and to the evidence bucket alone.
 * @param evidenceOrigin where papers are uploaded to and shown from, `https://….amazonaws.com`
 */
export function securityHeaders(evidenceOrigin?: string): Readonly<Record<string, string>> {
  const bucket = evidenceOrigin ? ` ${evidenceOrigin}` : '';
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      `img-src 'self' data:${bucket}`,
      `form-action 'self'${bucket}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'strict-transport-security': `max-age=${yearSeconds}; includeSubDomains`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  };
}
