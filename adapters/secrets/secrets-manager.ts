import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { sdkRequestHandler } from '../aws/sdk-request-handler.ts';

/** A secret that was replaced because it leaked must not open a warm container for hours. */
const keptMs = 5 * 60_000;

/**
 * Reads secrets, each once in five minutes and then from memory; one that could not be read is
 * asked for again the next time.
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
 * A secret's text, asked for once a container. Endpoint, region and credentials come from the
 * environment, as on Lambda.
 */
export const readSecret = secretsReader(new SecretsManagerClient({ requestHandler: sdkRequestHandler() }));

async function fetchSecret(client: SecretsManagerClient, arn: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error('the secret has no text');
  return SecretString;
}
