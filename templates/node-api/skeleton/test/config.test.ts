import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../src/config.ts';

describe('loadConfig', () => {
  it('needs nothing, and takes an empty variable as not set', () => {
    expect(loadConfig({ PORT: '' })).toEqual(loadConfig({}));
  });

  it('names every wrong variable and repeats no value', () => {
    const load = () =>
      loadConfig({
        PORT: '99999',
        LOG_LEVEL: 'chatty',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://user:secret@collector',
      });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/PORT: /);
    expect(load).toThrow(/LOG_LEVEL: /);
    expect(load).toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT: /);
    expect(load).not.toThrow(/secret/);
  });
});
