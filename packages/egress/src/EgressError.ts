/** A call that was not made because of where it leads. */
export class EgressError extends Error {
  readonly code = 'EGRESS_REFUSED';

  /**
   * @param host - as the caller wrote it
   * @param what - what its address is, such as `a link-local address`
   * @param address - what the host resolved to, where it is a name
   */
  constructor(host: string, what: string, address?: string) {
    super(
      `Refused to call ${host}: ${
        address ? `it resolves to ${address}, ` : 'it is '
      }${what} that the configuration does not name (see waymark.egress.allow)`,
    );
    this.name = 'EgressError';
  }
}
