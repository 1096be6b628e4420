/** Why a portal could not be asked, in words for whoever runs the command. */
export class PortalError extends Error {
  constructor(
    message: string,
    /** What it answered, where it did. */
    readonly status?: number,
  ) {
    super(message);
    this.name = 'PortalError';
  }
}

const NOT_TRUSTED = [
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

interface Failure {
  name?: string;
  message?: string;
  code?: string;
  cause?: unknown;
  /** Of several attempts. */
  errors?: unknown[];
}

/** Why no answer came from a host. */
export function whyNoAnswer(error: unknown, host: string): string {
  const causes = causesOf(error);
  const codes = causes.map(({ code }) => code ?? '');
  const has = (...wanted: string[]) =>
    codes.find(code => wanted.includes(code));
  if (causes.some(({ name }) => name === 'TimeoutError')) {
    return `${host} does not answer: it took too long. Are you online, or does it need a VPN?`;
  }
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    return `The name ${host} is not known here. Are you online, and is it spelled right?`;
  }
  if (has('ECONNREFUSED')) {
    return `Nothing listens at ${host}. Is the portal running?`;
  }
  if (
    has('ENETUNREACH', 'EHOSTUNREACH', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT')
  ) {
    return `${host} cannot be reached. Are you online, or does it need a VPN?`;
  }
  if (has('CERT_HAS_EXPIRED')) {
    return `The certificate of ${host} is over. Tell whoever runs the portal; or is the clock here wrong?`;
  }
  if (has('ERR_TLS_CERT_ALTNAME_INVALID')) {
    return `The certificate of ${host} is of another name. Is the address right?`;
  }
  const distrust = has(...NOT_TRUSTED);
  if (distrust) {
    return `The certificate of ${host} is not trusted here (${distrust}). Where your company signs its own, name its CA file in NODE_EXTRA_CA_CERTS.`;
  }
  if (codes.some(code => /^(ERR_SSL|EPROTO)/.test(code))) {
    return `${host} does not speak TLS there. Is it an address with http:, or another port?`;
  }
  if (causes.some(({ message }) => message?.includes('unexpected redirect'))) {
    return `${host} leads elsewhere: name the address that the portal has in the browser.`;
  }
  const last = causes.at(-1);
  return `${host} cannot be asked: ${
    last?.message || last?.code || 'no answer'
  }.`;
}

/** The error and what it came from; of several attempts the first. */
function causesOf(error: unknown): Failure[] {
  const causes: Failure[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && causes.length < 8) {
    const failure: Failure = next;
    causes.push(failure);
    next = failure.errors?.[0] ?? failure.cause;
  }
  return causes;
}
