import { now } from '../context';
import { invalid } from '../errors';
import { isVariableName } from '../names';
import { Secret, Variable } from '../store/records';

/** What can hold variables and secrets. */
export interface Vault {
  variables: Record<string, Variable>;
  secrets: Record<string, Secret>;
}

/** Names are stored in capitals, as GitHub stores them. @throws ApiError 422 */
export function vaultName(name: string): string {
  if (!isVariableName(name) || name.length > 255) {
    throw invalid(
      'Variable',
      'name',
      'can only contain alphanumeric characters and underscores, and must not start with a digit or GITHUB_',
    );
  }
  return name.toUpperCase();
}

/** The vault with a variable put in; keeps when it was made. */
export function withVariable<T extends Vault>(
  vault: T,
  name: string,
  value: string,
): T {
  const known = vault.variables[name];
  return {
    ...vault,
    variables: {
      ...vault.variables,
      [name]: {
        value,
        createdAt: known?.createdAt ?? now(),
        updatedAt: now(),
      },
    },
  };
}

/** The vault with a sealed secret put in. */
export function withSecret<T extends Vault>(
  vault: T,
  name: string,
  encryptedValue: string,
  keyId: string,
): T {
  const known = vault.secrets[name];
  return {
    ...vault,
    secrets: {
      ...vault.secrets,
      [name]: {
        encryptedValue,
        keyId,
        createdAt: known?.createdAt ?? now(),
        updatedAt: now(),
      },
    },
  };
}

/** A record without one of its keys. */
export function without<V>(
  record: Record<string, V>,
  name: string,
): Record<string, V> {
  return Object.fromEntries(
    Object.entries(record).filter(([key]) => key !== name),
  );
}
