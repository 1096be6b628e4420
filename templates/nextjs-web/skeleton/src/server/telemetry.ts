import type { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import {
  defaultResource,
  detectResources,
  envDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  type Span,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import type { RequestRecord } from './requests';

/** Leaves out what nobody asks a trace about: probes, files, vitals. */
class PagesSampler implements Sampler {
  readonly #rest = new AlwaysOnSampler();

  shouldSample(
    ...[, , , kind, attributes]: Parameters<Sampler['shouldSample']>
  ) {
    const target = String(attributes['http.target'] ?? '');
    return kind === SpanKind.SERVER &&
      /^\/(healthz$|readyz$|vitals$|_next\/static\/)/.test(target)
      ? { decision: SamplingDecision.NOT_RECORD }
      : this.#rest.shouldSample();
  }

  toString() {
    return 'PagesSampler';
  }
}

/** Notes the first span of a request, for the log line at its end. */
class RequestSpans implements SpanProcessor {
  readonly #current: AsyncLocalStorage<RequestRecord>;

  constructor(current: AsyncLocalStorage<RequestRecord>) {
    this.#current = current;
  }

  onStart(span: Span, _parent: Context) {
    const record = this.#current.getStore();
    if (record) record.span ??= span.spanContext();
  }

  onEnd() {}
  async forceFlush() {}
  async shutdown() {}
}

/**
 * Starts tracing with W3C propagation when an OTLP endpoint is given; without
 * one nothing is recorded and nothing is sent. The spans are those that Next.js
 * makes of each request.
 *
 * @returns sends what is still buffered
 */
export function startTelemetry(
  endpoint: string | undefined,
  current: AsyncLocalStorage<RequestRecord>,
): () => Promise<void> {
  if (!endpoint) return async () => {};
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(
      detectResources({ detectors: [envDetector] }),
    ),
    sampler: new ParentBasedSampler({ root: new PagesSampler() }),
    spanProcessors: [
      new RequestSpans(current),
      new BatchSpanProcessor(
        new OTLPTraceExporter({
          url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
        }),
      ),
    ],
  });
  // Sets W3C trace context and baggage as the way traces are passed on.
  provider.register();

  // Calls made with fetch carry the trace on to the parcels API.
  const outgoing = new UndiciInstrumentation({ requireParentforSpans: true });
  outgoing.setTracerProvider(provider);
  outgoing.enable();
  return () => provider.shutdown();
}
