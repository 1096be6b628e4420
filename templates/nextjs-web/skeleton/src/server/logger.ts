import { format, stripVTControlCharacters } from 'node:util';
import { trace } from '@opentelemetry/api';
import {
  type DestinationStream,
  type Logger,
  pino,
  stdSerializers,
} from 'pino';

/**
 * A JSON logger: one line per event, with the trace it belongs to.
 *
 * @param context - what else a line says, asked for each line
 */
export function createLogger(
  level: string,
  context: () => object = () => ({}),
  destination: DestinationStream = pino.destination({ fd: 1, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      // The build shortens the names of classes; an error's own name stays.
      serializers: {
        err: (error: Error) => ({
          ...stdSerializers.err(error),
          type: error.name,
        }),
      },
      mixin() {
        const span = trace.getActiveSpan()?.spanContext();
        return {
          ...context(),
          ...(span && { trace_id: span.traceId, span_id: span.spanId }),
        };
      },
    },
    destination,
  );
}

/** Next.js and React write to the console: those lines become JSON as well. */
export function captureConsole(logger: Logger): void {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      const err = parts.find(part => part instanceof Error);
      const rest = parts.filter(part => part !== err);
      const text = stripVTControlCharacters(format(...rest)).trim();
      // What instrumentation.ts logs with its request.
      if (text === '⨯' && err && 'digest' in err) return;
      if (text || err) logger[level]({ err }, text || err?.message);
    };
  Object.assign(console, {
    debug: write('debug'),
    log: write('debug'),
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
  });
}
