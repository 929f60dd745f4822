import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { sdkRequestHandler } from '../aws/sdk-request-handler.ts';

/** The limit keeps a replaced, leaked secret from being accepted for hours in a warm container. */
const keptMs = 5 * 60_000;

/**
 * Reads each secret at most once in five minutes and otherwise from memory. After a failed read the
 * next call asks again.
 */
export function secretsReader(client: SecretsManagerClient, elapsed = () => performance.now()): (arn: string) => Promise<string> {
  const known = new Map<string, { readonly secret: Promise<string>; readonly at: number }>();
  return (arn) => {
    const kept = known.get(arn);
    if (kept && elapsed() - kept.at < keptMs) return kept.secret;
    const secret = fetchSecret(client, arn);
    known.set(arn, { secret, at: elapsed() });
    secret.catch(() => known.delete(arn));
    return secret;
  };
}

/**
 * Reads the text of a secret, at most once in five minutes per container. Endpoint, region and
 * credentials come from the environment, as on Lambda.
 */
export const readSecret = secretsReader(new SecretsManagerClient({ requestHandler: sdkRequestHandler() }));

async function fetchSecret(client: SecretsManagerClient, arn: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error('the secret has no text');
  return SecretString;
}
