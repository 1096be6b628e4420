import type { NextConfig } from 'next';

/** For every answer; the Content-Security-Policy is in src/proxy.ts. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

export default {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  // What starts the standalone server; see src/start.ts.
  outputFileTracingIncludes: {
    '/*': ['./src/start.ts', './src/server/{config,logger}.ts'],
  },
  // Nothing is optimised at run time, so the image needs no image library.
  outputFileTracingExcludes: { '*': ['node_modules/{@img,sharp}/**'] },
  // Kept as packages of the image, so that src/start.ts finds them too.
  serverExternalPackages: ['@opentelemetry/api', 'pino', 'prom-client', 'zod'],
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  images: { unoptimized: true },
  // Next.js writes no file into the repository.
  agentRules: false,
  // What browsers ask for by themselves.
  redirects: async () => [
    { source: '/favicon.ico', destination: '/icon.svg', permanent: true },
  ],
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    },
  ],
} satisfies NextConfig;
