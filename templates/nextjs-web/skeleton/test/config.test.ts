import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '@/server/config';

describe('loadConfig', () => {
  it('needs nothing, and takes an empty variable as not set', () => {
    expect(loadConfig({ PORT: '' })).toEqual(loadConfig({}));
    expect(loadConfig({})).toMatchObject({
      HOST: '0.0.0.0',
      PORT: 8080,
      METRICS_PORT: 9464,
      SHUTDOWN_DELAY_SECONDS: 5,
      SHUTDOWN_TIMEOUT_SECONDS: 20,
    });
  });

  it('names every wrong variable and repeats no value', () => {
    const load = () =>
      loadConfig({
        PORT: '99999',
        LOG_LEVEL: 'chatty',
        PARCELS_API_URL: 'parcels.internal',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://user:secret@collector',
      });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/PORT: /);
    expect(load).toThrow(/LOG_LEVEL: /);
    expect(load).toThrow(/PARCELS_API_URL: /);
    expect(load).toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT: /);
    expect(load).not.toThrow(/99999|chatty|parcels\.internal|secret/);
  });
});
