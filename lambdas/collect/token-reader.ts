import { secretOf } from '../../core/connector/secrets.ts';
import type { Source } from '../../core/connector/source.ts';
import type { Log } from '../shared/logger.ts';

/** What Secrets Manager answers where asking again helps nobody: our role, its key, its name. */
const ours = ['AccessDeniedException', 'DecryptionFailure', 'InvalidRequestException', 'ResourceNotFoundException'];

/**
 * Reads the token of a vendor's API from the secret of the connectors. Undefined: it has none.
 * Where the secret may not be read the alarm rings at once, because that is our fault and no
 * vendor's. Throws what the secret's store threw, so the vendor is asked later.
 */
export const tokenReader = (source: Source, secret: () => Promise<string>, log: Log) => async (): Promise<string | undefined> => {
  try {
    return secretOf(await secret(), source)?.token;
  } catch (error) {
    const isOurs = error instanceof Error && ours.includes(error.name);
    log.error('secret not read', error, { source, ...(isOurs && { held: 'urgent' }) });
    throw error;
  }
};
