import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

const DURATION_BUCKETS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.3, 0.5, 1, 2.5, 5, 10,
];

/** Each with the two limits of web.dev's "good" and "poor" among its buckets. */
const VITALS = {
  LCP: {
    name: 'web_vitals_lcp_seconds',
    help: 'Largest Contentful Paint: when the main content was seen.',
    buckets: [0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 10],
  },
  INP: {
    name: 'web_vitals_inp_seconds',
    help: 'Interaction to Next Paint: the longest wait after a click or key.',
    buckets: [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2],
  },
  CLS: {
    name: 'web_vitals_cls',
    help: 'Cumulative Layout Shift: how much the page moved by itself.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1],
  },
  FCP: {
    name: 'web_vitals_fcp_seconds',
    help: 'First Contentful Paint: when anything was seen.',
    buckets: [0.25, 0.5, 1, 1.8, 2.5, 3, 5, 10],
  },
  TTFB: {
    name: 'web_vitals_ttfb_seconds',
    help: 'Time to First Byte, as the browser saw it.',
    buckets: [0.05, 0.1, 0.2, 0.4, 0.8, 1.2, 1.8, 3, 5],
  },
} as const;

export type VitalName = keyof typeof VITALS;
export const VITAL_NAMES = Object.keys(VITALS) as VitalName[];

export type Metrics = ReturnType<typeof createMetrics>;

/** All metrics of the process, with those that Node.js has of itself. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds.',
    labelNames: [
      'http_request_method',
      'http_route',
      'http_response_status_code',
    ],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  const vitals = new Map(
    VITAL_NAMES.map(vital => {
      const { name, help, buckets } = VITALS[vital];
      const labelNames = ['http_route'];
      return [
        vital,
        new Histogram({
          name,
          help,
          buckets: [...buckets],
          labelNames,
          registers: [registry],
        }),
      ];
    }),
  );
  return {
    registry,
    observeRequest(
      method: string,
      route: string,
      status: number,
      seconds: number,
    ) {
      duration.observe(
        {
          http_request_method: method,
          http_route: route,
          http_response_status_code: String(status),
        },
        seconds,
      );
    },
    observeVital(vital: VitalName, route: string, value: number) {
      vitals.get(vital)?.observe({ http_route: route }, value);
    },
  };
}

/** A second, private server that only answers Prometheus. */
export function createMetricsServer({ registry }: Metrics): Server {
  return createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    const body = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(body);
  });
}
