import { startupErrors } from './startupErrors';

describe('startupErrors', () => {
  it('names each cause once', () => {
    const log = [
      '\u001b[31merror\u001b[39m Plugin \'events\' threw an error stack="Error: bad\\n at x"',
      'Unhandled rejection Backend startup failed due to the following errors:',
      "  Plugin 'catalog' startup failed; caused by Error: 'bad host' is not a valid host",
      "  Plugin 'techdocs' startup failed; caused by Error: Failed to instantiate service 'core.urlReader' for 'techdocs' because the factory function threw an error, Error: 'bad host' is not a valid host",
      "  Plugin 'auth' startup failed; caused by Error: No secret",
      'info "GET /.backstage/health/v1/readiness"',
    ].join('\n');
    expect(startupErrors(log)).toBe(
      "Error: 'bad host' is not a valid host\nError: No secret",
    );
  });

  it('shows errors without their stacks where no cause is named', () => {
    expect(
      startupErrors(
        'info fine\n\u001b[31merror\u001b[39m No database type="x" stack="Error: No\\n at y"\ninfo bye',
      ),
    ).toBe('error No database');
  });

  it('shows the end of a log without errors', () => {
    expect(startupErrors('one\ntwo\n')).toBe('one\ntwo');
  });
});
